import { compareToBaseline } from '#lib/domain/chart.ts';
import type { Day } from '#lib/domain/day.ts';
import { isCash, type Instrument } from '#lib/domain/envelope.ts';
import { addCents, NO_CENTS, type Cents } from '#lib/domain/money.ts';

/** The sentence of an act that a value was read in. */
export type CitationLink = {
	citationId: string;
	deliberationId: string;
	quote: string;
	satOn: Day;
};

/** A value of an act with its sentence; what nobody has said is null. */
export type Cited<Value> = { value: Value; citation: CitationLink | null };

/** A line of use of an envelope as it is stored: the tree is in the parents. */
export type MeasureNode = {
	id: string;
	parentId: string | null;
	label: string;
	instrument: Instrument | null;
	citation: CitationLink | null;
};

/** What is known of a measure besides the ledger: amounts and counts of reference, target and actual. */
export type MeasureFacts = {
	baselineCents: Cited<Cents> | null;
	baselineCount: Cited<number> | null;
	targetCount: Cited<number> | null;
	/** Null where nobody has counted: it is not zero. */
	actualCount: number | null;
};

/** A row of the table of measures. Depth is 0 for a measure, 1 and more for what it includes. */
export type MeasureLine = MeasureFacts & {
	id: string;
	label: string;
	depth: number;
	citation: CitationLink | null;
	/** Null for a guarantee: it is not cash. */
	disbursedCents: Cents | null;
	/** Actual count against the count of reference, as a share; null where either is unknown. */
	change: number | null;
};

const NOTHING_KNOWN: MeasureFacts = {
	baselineCents: null,
	baselineCount: null,
	targetCount: null,
	actualCount: null
};

/**
 * The lines of an envelope in the order of the act, children under their parent. What a parent
 * disbursed includes its children, guarantees left out, so a total is taken over depth 0 alone.
 */
export function buildMeasureLines(
	nodes: readonly MeasureNode[],
	disbursed: ReadonlyMap<string, Cents>,
	facts: ReadonlyMap<string, MeasureFacts>
): MeasureLine[] {
	const childrenOf = Map.groupBy(nodes, ({ parentId }) => parentId);

	function disbursedBy(node: MeasureNode): Cents {
		const children = childrenOf.get(node.id) ?? [];
		return children
			.filter(isCash)
			.reduce(
				(sum, child) => addCents(sum, disbursedBy(child)),
				disbursed.get(node.id) ?? NO_CENTS
			);
	}

	function linesFrom(parentId: string | null, depth: number): MeasureLine[] {
		return (childrenOf.get(parentId) ?? []).flatMap((node) => {
			const known = facts.get(node.id) ?? NOTHING_KNOWN;
			const { change } = compareToBaseline(
				node.label,
				known.baselineCount?.value ?? null,
				known.actualCount
			);
			return [
				{
					...known,
					id: node.id,
					label: node.label,
					depth,
					citation: node.citation,
					disbursedCents: isCash(node) ? disbursedBy(node) : null,
					change
				},
				...linesFrom(node.id, depth + 1)
			];
		});
	}

	return linesFrom(null, 0);
}

/** Sums over the lines of depth 0; null where a value is known for none of them. */
export function sumMeasureLines(lines: readonly MeasureLine[]) {
	const top = lines.filter(({ depth }) => depth === 0);
	const counts = (pick: (line: MeasureLine) => number | null | undefined) => {
		const known = top.map(pick).filter((value) => value !== null && value !== undefined);
		return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
	};
	const amounts = top
		.map((line) => line.baselineCents?.value)
		.filter((value) => value !== undefined);
	const baselineCount = counts((line) => line.baselineCount?.value);
	const actualCount = counts((line) => line.actualCount);
	return {
		baselineCents: amounts.length === 0 ? null : amounts.reduce(addCents, NO_CENTS),
		disbursedCents: top.reduce(
			(sum, line) => addCents(sum, line.disbursedCents ?? NO_CENTS),
			NO_CENTS
		),
		baselineCount,
		actualCount,
		change: compareToBaseline('Total', baselineCount, actualCount).change
	};
}
