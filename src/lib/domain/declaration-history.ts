import { formatEuros, type Cents } from '#lib/domain/money.ts';
import { formatCount, plural } from '#lib/domain/numeral.ts';
import { typeset } from '#lib/domain/typography.ts';

/** What is told of a declaration. */
export type HistoryAction =
	| 'create'
	| 'submit'
	| 'withdraw'
	| 'accept'
	| 'return'
	| 'reopen'
	| 'message'
	| 'remark'
	| 'attach'
	| 'detach'
	| 'import';

export type HistoryEvent = {
	action: HistoryAction;
	submission: number;
	/** The row that a remark is about, by its name. */
	row: string | null;
	/** The reason or the remark. */
	text: string | null;
	details: Readonly<Record<string, string | number | boolean | null>> | null;
};

/** A row as it was sent one time, by its name. */
export type SentRow = {
	rowKey: string;
	label: string;
	amountCents: Cents | null;
	counts: readonly { label: string; number: number }[];
	comment: string | null;
};

/** What a person did, after their name: `a renvoyé la déclaration`. What is quoted follows by itself. */
export function describeStep({ action, submission, row, details }: HistoryEvent): string {
	switch (action) {
		case 'create':
			return 'a commencé la déclaration';
		case 'submit':
			return submission > 1
				? `a transmis la déclaration pour la ${submission}e fois`
				: 'a transmis la déclaration';
		case 'withdraw':
			return 'a retiré la déclaration pour la corriger';
		case 'accept':
			return `a validé la déclaration${posted(details)}${admitted(details)}`;
		case 'return':
			return 'a renvoyé la déclaration à corriger';
		case 'reopen':
			return 'a rouvert la déclaration, dont les écritures sont contre-passées';
		case 'message':
			return 'a écrit un message';
		case 'remark':
			return row === null ? 'a fait une remarque' : typeset(`a fait une remarque sur « ${row} »`);
		case 'attach':
			return `a joint ${fileOf(details)}`;
		case 'detach':
			return `a retiré ${fileOf(details)}`;
		case 'import':
			return `a repris un tableur${named(details, 'fileName', 'name', 'file')}`;
	}
}

/**
 * What changed from one time it was sent to the next, a sentence a row: `Mobilité : 21 400 € → 24 100 €`.
 * Empty where every row says the same.
 */
export function compareSubmissions(
	before: readonly SentRow[],
	after: readonly SentRow[]
): string[] {
	const previous = new Map(before.map((row) => [row.rowKey, row]));
	const changed = after.flatMap((row) => changesOf(previous.get(row.rowKey) ?? null, row));
	const kept = new Set(after.map(({ rowKey }) => rowKey));
	const gone = before
		.filter((row) => !kept.has(row.rowKey) && saysSomething(row))
		.map(({ label, amountCents }) => `${label} : ${amountOf(amountCents)} → retirée`);
	return [...changed, ...gone].map(typeset);
}

/** What was said of the declaration as a whole from one time to the next: what is not known is not compared. */
export function compareWords(
	before: Readonly<Record<string, unknown>>,
	after: Readonly<Record<string, unknown>>
): string[] {
	const quoted = (text: unknown): string => (text === null ? 'aucun' : `« ${String(text)} »`);
	return [
		['comment', 'Commentaire'],
		['overrunReason', 'Motif du dépassement']
	]
		.filter(([field = '']) => field in before && field in after && before[field] !== after[field])
		.map(([field = '', label]) =>
			typeset(`${label} : ${quoted(before[field])} → ${quoted(after[field])}`)
		);
}

function changesOf(before: SentRow | null, after: SentRow): string[] {
	const { label } = after;
	const changes: string[] = [];
	if ((before?.amountCents ?? null) !== after.amountCents) {
		changes.push(
			`${label} : ${amountOf(before?.amountCents ?? null)} → ${amountOf(after.amountCents)}`
		);
	}
	const counts = new Set([...(before?.counts ?? []), ...after.counts].map((count) => count.label));
	for (const name of counts) {
		const [then, now] = [countOf(before, name), countOf(after, name)];
		if (then !== now) changes.push(`${label}, ${name} : ${then} → ${now}`);
	}
	if (before && (before.comment ?? '') !== (after.comment ?? '')) {
		changes.push(`${label} : commentaire ${after.comment ? 'modifié' : 'retiré'}`);
	}
	return changes;
}

const saysSomething = ({ amountCents, counts }: SentRow): boolean =>
	amountCents !== null || counts.length > 0;

const amountOf = (amount: Cents | null): string =>
	amount === null ? 'non renseigné' : formatEuros(amount);

function countOf(row: SentRow | null, label: string): string {
	const count = row?.counts.find((one) => one.label === label);
	return count ? formatCount(count.number) : 'non renseigné';
}

/** `, ce qui a fait 4 écritures`. */
function posted(details: HistoryEvent['details']): string {
	const count = details?.['entries'];
	const movedTo = details?.['movedTo'];
	if (typeof count !== 'number') return '';
	if (count === 0) return ', sans écriture';
	const year = typeof movedTo === 'number' ? ` dans l’exercice ${movedTo}` : '';
	return `, ce qui a fait ${formatCount(count)} ${plural(count, 'écriture')}${year}`;
}

/** `, en admettant le dépassement : « … »`. */
const admitted = (details: HistoryEvent['details']): string => {
	const reason = details?.['overrunReason'];
	return typeof reason === 'string' ? typeset(`, en admettant le dépassement : « ${reason} »`) : '';
};

const fileOf = (details: HistoryEvent['details']): string =>
	`un justificatif${named(details, 'name', 'fileName', 'file')}`;

function named(details: HistoryEvent['details'], ...fields: string[]): string {
	const name = fields.map((field) => details?.[field]).find((value) => typeof value === 'string');
	return name === undefined ? '' : typeset(` : « ${name} »`);
}
