import type { CountField, DeclarationRow, DeclarationShape } from '#lib/domain/declaration.ts';
import {
	ENVELOPE_ROW,
	measureRow,
	MOST_NEW_OPERATIONS,
	newOperationRow,
	operationRow
} from '#lib/domain/declaration-cell.ts';
import { PRODUCTS, STAGES } from '#lib/domain/dwelling.ts';
import { isCash, type Circuit, type Instrument } from '#lib/domain/envelope.ts';
import type { IndicatorUnit } from '#lib/domain/indicator.ts';

/** What an envelope consists of, as far as a declaration asks about it. */
export type DeclarableEnvelope = {
	label: string;
	circuit: Circuit;
	byOperation: boolean;
	/** In the order of the act, parents before their children. */
	measures: readonly {
		id: string;
		parentId: string | null;
		label: string;
		instrument: Instrument | null;
	}[];
	operations: readonly { id: string; name: string; communeCode: string }[];
	indicators: readonly {
		id: string;
		measureId: string | null;
		label: string;
		unit: IndicatorUnit;
	}[];
};

/**
 * The rows that a declaration asks for: a row a leaf measure with its counts, a row an operation with its
 * dwellings by product and stage, else one for the envelope as a whole. What the State pays to the
 * métropole is one sum: its measures say what the métropole then does with it.
 */
export function buildDeclarationRows(envelope: DeclarableEnvelope): DeclarationRow[] {
	if (envelope.circuit === 'earmarked_revenue') return [wholeRow(envelope, true, [])];
	const counted = envelope.indicators.filter(({ unit }) => unit !== 'euros' && unit !== 'percent');
	const operations = envelope.byOperation
		? envelope.operations.map((operation) => operationRowOf(operation, counted))
		: [];
	const measures = envelope.measures.map((measure) => measureRowOf(measure, envelope, counted));
	const asked = [...measures, ...operations];
	const whole = wholeCounts(envelope, counted);
	const needsWhole = whole.length > 0 || (asked.length === 0 && !envelope.byOperation);
	return needsWhole ? [...asked, wholeRow(envelope, asked.length === 0, whole)] : asked;
}

type Counted = DeclarableEnvelope['indicators'];
type Measure = DeclarableEnvelope['measures'][number];

function measureRowOf(
	measure: Measure,
	{ measures }: DeclarableEnvelope,
	counted: Counted
): DeclarationRow {
	const hasCashBelow = measures.some((child) => child.parentId === measure.id && isCash(child));
	return {
		key: measureRow(measure.id),
		kind: 'measure',
		label: measure.label,
		measureId: measure.id,
		operationId: null,
		depth: depthOf(measure, measures),
		asksAmount: isCash(measure) && !hasCashBelow,
		counts: counted
			.filter(({ measureId }) => measureId === measure.id)
			.flatMap((indicator) => countFields(indicator))
	};
}

function operationRowOf(
	operation: DeclarableEnvelope['operations'][number],
	counted: Counted
): DeclarationRow {
	return {
		key: operationRow(operation.id),
		kind: 'operation',
		label: operation.name,
		measureId: null,
		operationId: operation.id,
		depth: 0,
		asksAmount: true,
		counts: operationCounts(counted)
	};
}

/** The dwellings that an operation is asked for, known or new. */
export const operationCounts = (indicators: Counted): CountField[] =>
	indicators
		.filter(({ unit, measureId }) => unit === 'dwellings' && measureId === null)
		.flatMap((indicator) => countFields(indicator));

/** The rows in which operations that are not known yet can be described; none where none are asked for. */
export const newOperationRows = ({
	byOperation,
	newOperationCounts
}: Pick<DeclarationShape, 'byOperation' | 'newOperationCounts'>): DeclarationRow[] =>
	Array.from({ length: byOperation ? MOST_NEW_OPERATIONS : 0 }, (_, index) => ({
		key: newOperationRow(index + 1),
		kind: 'new_operation',
		label: `Nouvelle opération ${index + 1}`,
		measureId: null,
		operationId: null,
		depth: 0,
		asksAmount: true,
		counts: newOperationCounts
	}));

const wholeRow = (
	{ label }: DeclarableEnvelope,
	asksAmount: boolean,
	counts: CountField[]
): DeclarationRow => ({
	key: ENVELOPE_ROW,
	kind: 'envelope',
	label: asksAmount ? label : 'Ensemble de l’enveloppe',
	measureId: null,
	operationId: null,
	depth: 0,
	asksAmount,
	counts
});

/**
 * What is counted for the envelope as a whole. A headline over counts that its measures ask for already
 * (aids of all measures) is their sum, and is not asked again.
 */
function wholeCounts({ byOperation }: DeclarableEnvelope, counted: Counted): CountField[] {
	const byMeasure = new Set(
		counted.filter(({ measureId }) => measureId !== null).map(({ unit }) => unit)
	);
	return counted
		.filter(({ measureId, unit }) => measureId === null && !byMeasure.has(unit))
		.filter(({ unit }) => !(byOperation && unit === 'dwellings'))
		.flatMap((indicator) => countFields(indicator));
}

/** Dwellings are counted by product and by stage, which are never added together; anything else by itself. */
function countFields({ id, label, unit }: Counted[number]): CountField[] {
	const field = { indicatorId: id, label, unit, communeCode: null };
	if (unit !== 'dwellings') return [{ ...field, product: null, stage: null }];
	return STAGES.flatMap((stage) => PRODUCTS.map((product) => ({ ...field, product, stage })));
}

function depthOf(measure: Measure, measures: readonly Measure[]): number {
	const parent = measures.find(({ id }) => id === measure.parentId);
	return parent ? depthOf(parent, measures) + 1 : 0;
}
