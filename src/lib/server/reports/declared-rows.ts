import { groupCounts } from '#lib/domain/declared-count.ts';
import type { Finding } from '#lib/domain/declaration-unusual.ts';
import type { Cents } from '#lib/domain/money.ts';
import type { Period } from '#lib/domain/period.ts';
import type { DeclarationRecord, EvidenceFile } from '#lib/server/declarations/queries.ts';
import type { ComparedPeriod } from '#lib/server/reports/compared.ts';
import type { Remark } from '#lib/server/reports/declaration-history.ts';
import { countsOf, isLasting, labelOfLine, linesOf } from '#lib/server/reports/judgement.ts';
import type { SentBooks, SentLineRow } from '#lib/server/reports/sent-declarations.ts';

/** A row of a declaration: what was sent, and what stands beside it. */
export type DeclaredRow = {
	key: string;
	label: string;
	/** 0 for a measure, 1 and more for what it includes. */
	depth: number;
	asksAmount: boolean;
	/** Whether a line was sent for it: else it is here for what was said before. */
	wasSent: boolean;
	/** Null where nothing was said. */
	amountCents: Cents | null;
	counts: ReturnType<typeof groupCounts>;
	comment: string | null;
	corrects: Period | null;
	newOperation: { landlord: string; commune: string | null } | null;
	/** In the order of the compared periods. */
	before: { amountCents: Cents | null; counts: ReturnType<typeof groupCounts> }[];
	findings: Finding[];
	files: EvidenceFile[];
	remarks: Remark[];
};

type Parts = {
	declaration: DeclarationRecord;
	books: SentBooks;
	compared: readonly ComparedPeriod[];
	findings: readonly Finding[];
	files: readonly EvidenceFile[];
	remarks: readonly Remark[];
};

/** The rows of which something is or was said, in the order of the act; what is new comes last. */
export function buildRows(parts: Parts): DeclaredRow[] {
	const { declaration, books, compared, remarks, files } = parts;
	const asked = books.envelopes.get(declaration.envelopeId)?.rows ?? [];
	const lines = linesOf(books, declaration.id, declaration.submission);
	const lineOf = new Map(lines.map((line) => [line.rowKey, line]));
	const isOf = (key: string) => (one: { rowKey: string | null }) => one.rowKey === key;
	const known = asked.filter(
		({ key }) =>
			lineOf.has(key) ||
			compared.some(({ amounts, counts }) => amounts.has(key) || counts.has(key)) ||
			remarks.some(isOf(key)) ||
			files.some(isOf(key))
	);
	const others = lines.filter(({ rowKey }) => !asked.some(({ key }) => key === rowKey));
	return declaration.submission === 0
		? []
		: [
				...known.map((row) => buildRow(parts, { ...row, line: lineOf.get(row.key) ?? null })),
				...others.map((line) =>
					buildRow(parts, {
						key: line.rowKey,
						label: labelOfLine(line, { rows: asked }),
						depth: 0,
						asksAmount: true,
						line
					})
				)
			];
}

type Row = Pick<DeclaredRow, 'key' | 'label' | 'depth' | 'asksAmount'> & {
	line: SentLineRow | null;
};

function buildRow(
	{ books, compared, findings, files, remarks }: Parts,
	{ key, label, depth, asksAmount, line }: Row
): DeclaredRow {
	const { correctsFrom, correctsTo, newOperationLandlord, commune } = line ?? {};
	const own = <One extends { rowKey: string | null }>(list: readonly One[]) =>
		list.filter(({ rowKey }) => rowKey === key);
	return {
		key,
		label,
		depth,
		asksAmount,
		wasSent: line !== null,
		amountCents: line?.amountCents ?? null,
		counts: line ? groupCounts(countsOf(books, line.id), label) : [],
		comment: line?.comment ?? null,
		corrects: correctsFrom && correctsTo ? { startsOn: correctsFrom, endsOn: correctsTo } : null,
		newOperation: newOperationLandlord
			? { landlord: newOperationLandlord, commune: commune ?? null }
			: null,
		before: compared.map(({ amounts, counts }) => ({
			amountCents: isLasting(key) ? (amounts.get(key) ?? null) : null,
			counts: isLasting(key) ? groupCounts(counts.get(key) ?? [], label) : []
		})),
		findings: own(findings),
		files: own(files),
		remarks: own(remarks)
	};
}
