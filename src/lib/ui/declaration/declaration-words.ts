import { yearOf, type Day } from '#lib/domain/day.ts';
import { yearMovedTo } from '#lib/domain/fiscal-year.ts';
import { formatEuros, sumCents, type Cents } from '#lib/domain/money.ts';
import { formatCount, plural } from '#lib/domain/numeral.ts';
import { typeset } from '#lib/domain/typography.ts';

/** The title of a declaration, which is its answer: who, when, how much. */
export function titleOfDeclaration(
	declaration: { organisation: string; submission: number; nothingToDeclare: boolean },
	totalCents: Cents | null,
	period: string
): string {
	const { organisation, submission, nothingToDeclare } = declaration;
	const who = `${organisation}, ${period}`;
	if (submission === 0) return typeset(`${who} : en cours de saisie`);
	if (nothingToDeclare) return typeset(`${who} : rien à déclarer`);
	if (totalCents === null) return typeset(`${who} : aucun montant déclaré`);
	return typeset(`${who} : ${formatEuros(totalCents)} déclarés`);
}

type Entry = {
	amountCents: Cents;
	effectiveOn: Day;
	fiscalYear: number;
	reversesEntryId: bigint | null;
};

/** What accepting did: `4 écritures, 1 117 910 €, sont au grand livre.` */
export function describePosted(entries: readonly Entry[]): string {
	const posted = standing(entries);
	if (posted.length === 0) return 'Elle ne déclare aucun montant : aucune écriture n’est faite.';
	const count = `${formatCount(posted.length)} ${plural(posted.length, 'écriture')}`;
	const sum = formatEuros(sumCents(posted.map(({ amountCents }) => amountCents)));
	const verb = plural(posted.length, 'est', 'sont');
	return typeset(
		[`${count}, ${sum}, ${verb} au grand livre.`, describeMove(posted)].join(' ').trim()
	);
}

/** `L’exercice 2021 est clos : écrit dans l’exercice 2022.`; empty where every fact is in its own year. */
export function describeMove(entries: readonly Entry[]): string {
	const movedTo = yearMovedTo(entries);
	if (movedTo === null) return '';
	const closed = entries
		.filter(({ effectiveOn, fiscalYear }) => fiscalYear > yearOf(effectiveOn))
		.map(({ effectiveOn }) => yearOf(effectiveOn));
	const year = Math.max(...closed);
	return typeset(
		`L’exercice ${year} est clos : écrit dans l’exercice ${movedTo}, à sa vraie date.`
	);
}

/** Those that were not taken back. */
const standing = <One extends Entry>(entries: readonly One[]): One[] => {
	const last = entries.findLastIndex(({ reversesEntryId }) => reversesEntryId !== null);
	return entries.slice(last + 1);
};
