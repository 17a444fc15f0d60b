import { dayInParis, earlierDay, type Day } from '#lib/domain/day.ts';
import { leftToDeclare, type DeclarationState } from '#lib/domain/declaration.ts';
import { listUnusual, type Finding, type JudgedLine } from '#lib/domain/declaration-unusual.ts';
import type { IndicatorUnit } from '#lib/domain/indicator.ts';
import type { Cents } from '#lib/domain/money.ts';
import { dueOn } from '#lib/domain/period.ts';
import type {
	EnvelopeAsked,
	SentBooks,
	SentCountRow,
	SentDeclaration,
	SentLineRow
} from '#lib/server/reports/sent-declarations.ts';

type Judged = SentDeclaration & { state: DeclarationState; overrunReason: string | null };

/** What is unusual in a declaration as it was sent last, seen on a day, the most serious first. */
export function judge(declaration: Judged, books: SentBooks, today: Day): Finding[] {
	const asked = books.envelopes.get(declaration.envelopeId);
	if (!asked) return [];
	const { periodStartsOn: startsOn, periodEndsOn: endsOn } = declaration;
	const firstSentAt = books.firstSentAt.get(declaration.id);
	const isPosted = declaration.state === 'accepted';
	return listUnusual({
		lines: linesOf(books, declaration.id, declaration.submission).map((line) =>
			judgedLine(line, books, asked)
		),
		fileCount: books.fileCounts.get(declaration.id) ?? 0,
		// What is posted has taken its part of what was left.
		leftCents: asked.totals && !isPosted ? leftToDeclare(declaration.circuit, asked.totals) : null,
		overrunReason: declaration.overrunReason,
		earlier: acceptedBefore(declaration, books),
		labels: new Map(
			asked.rows.filter(({ asksAmount }) => asksAmount).map(({ key, label }) => [key, label])
		),
		// A demonstration stands still: what is sent in it is sent on its day.
		sentOn: firstSentAt ? earlierDay(dayInParis(firstSentAt), today) : null,
		dueOn: asked.dueDays === null ? null : dueOn({ startsOn, endsOn }, { dueDays: asked.dueDays })
	});
}

/** The lines of one time that a declaration was sent. */
export const linesOf = (
	{ lines }: SentBooks,
	declarationId: string,
	submission: number
): SentLineRow[] =>
	lines.filter((line) => line.declarationId === declarationId && line.submission === submission);

export const countsOf = ({ counts }: SentBooks, lineId: string): SentCountRow[] =>
	counts.filter((count) => count.lineId === lineId);

/** What a line is about, by name. */
export const labelOfLine = (line: SentLineRow, { rows }: Pick<EnvelopeAsked, 'rows'>): string =>
	line.newOperationName ??
	line.operation ??
	line.measure ??
	rows.find(({ key }) => key === line.rowKey)?.label ??
	'Ensemble de l’enveloppe';

/** Whether a row is the same thing from one period to the next; a new operation is new each time. */
export const isLasting = (rowKey: string): boolean => !rowKey.startsWith('n.');

function judgedLine(line: SentLineRow, books: SentBooks, asked: EnvelopeAsked): JudgedLine {
	const counts = countsOf(books, line.id);
	const row = asked.rows.find(({ key }) => key === line.rowKey);
	const baseline = line.measureId === null ? null : (asked.baselines.get(line.measureId) ?? null);
	const { newOperationName: name, newOperationLandlord: landlord, commune } = line;
	const { correctsFrom, correctsTo } = line;
	return {
		rowKey: line.rowKey,
		label: labelOfLine(line, asked),
		amountCents: line.amountCents,
		asksAmount: row?.asksAmount ?? true,
		asksCount: unitAsked(row),
		// What the reference period counts comes first: it is what a cost is compared by.
		counts: counts
			.toSorted((left, right) => rank(left) - rank(right))
			.map(({ unit, number, stage }) => ({ unit, number, staged: stage !== null })),
		corrects: correctsFrom && correctsTo ? { startsOn: correctsFrom, endsOn: correctsTo } : null,
		heldCents: books.held.get(line.id) ?? null,
		newOperation: name && landlord ? { name, landlord, commune: commune ?? 'non renseigné' } : null,
		baseline: counts.some(isOfBaseline) ? baseline : null
	};

	function isOfBaseline({ indicatorId }: SentCountRow): boolean {
		return indicatorId === baseline?.indicatorId;
	}

	function rank(count: SentCountRow): number {
		return isOfBaseline(count) ? 0 : 1;
	}
}

const unitAsked = (row: EnvelopeAsked['rows'][number] | undefined): IndicatorUnit | null =>
	row?.counts.find(({ stage }) => stage === null)?.unit ?? null;

/** The amounts of the accepted periods of the envelope before this one, the latest first. */
function acceptedBefore(declaration: SentDeclaration, { lines }: SentBooks) {
	const accepted = lines.filter(
		({ envelopeId, declarationId, state, submission, lastSubmission, periodStartsOn }) =>
			envelopeId === declaration.envelopeId &&
			declarationId !== declaration.id &&
			state === 'accepted' &&
			submission === lastSubmission &&
			periodStartsOn < declaration.periodStartsOn
	);
	return [...Map.groupBy(accepted, ({ declarationId }) => declarationId).values()]
		.flatMap((own) => {
			const [first] = own;
			if (!first) return [];
			const amounts = own
				.filter(({ rowKey }) => isLasting(rowKey))
				.map(({ rowKey, amountCents }): [string, Cents | null] => [rowKey, amountCents]);
			const period = { startsOn: first.periodStartsOn, endsOn: first.periodEndsOn };
			return [{ period, amounts: new Map(amounts) }];
		})
		.toSorted((left, right) => (left.period.startsOn < right.period.startsOn ? 1 : -1));
}
