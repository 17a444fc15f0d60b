import type { Day } from '#lib/domain/day.ts';
import type { Product, Stage } from '#lib/domain/dwelling.ts';
import type { Circuit, EnvelopeTotals } from '#lib/domain/envelope.ts';
import type { IndicatorUnit } from '#lib/domain/indicator.ts';
import type { EntryKind } from '#lib/domain/ledger.ts';
import { subtractCents, type Cents } from '#lib/domain/money.ts';

/** Where a declaration stands (design §5.5). */
export type DeclarationState = 'draft' | 'submitted' | 'returned' | 'accepted' | 'reopened';

export const DECLARATION_STATES: readonly DeclarationState[] = [
	'draft',
	'submitted',
	'returned',
	'accepted',
	'reopened'
];

export const DECLARATION_STATE_LABELS: Record<DeclarationState, string> = {
	draft: 'brouillon',
	submitted: 'transmise',
	returned: 'à corriger',
	accepted: 'validée',
	reopened: 'rouverte'
};

/** What a person does to a declaration as a whole. */
export type DeclarationStep = 'submit' | 'withdraw' | 'accept' | 'return' | 'reopen';

/** From which states a step goes, and to which. The database holds the same table. */
export const DECLARATION_STEPS: Record<
	DeclarationStep,
	{ from: readonly DeclarationState[]; to: DeclarationState }
> = {
	submit: { from: ['draft', 'returned', 'reopened'], to: 'submitted' },
	withdraw: { from: ['submitted'], to: 'draft' },
	accept: { from: ['submitted'], to: 'accepted' },
	return: { from: ['submitted'], to: 'returned' },
	reopen: { from: ['accepted'], to: 'reopened' }
};

/** Whether its organisation can still change what it says. */
export const isEditable = (state: DeclarationState): boolean =>
	DECLARATION_STEPS.submit.from.includes(state);

/**
 * What a declared amount becomes in the ledger. What the State pays to the métropole is received there,
 * and is not spending (design §3); elsewhere what is declared was disbursed.
 */
export const declaredKind = (circuit: Circuit): Extract<EntryKind, 'receipt' | 'disbursement'> =>
	circuit === 'earmarked_revenue' ? 'receipt' : 'disbursement';

/** What of an envelope is in the ledger already, of the kind that its partner declares. */
export const validatedOf = (
	circuit: Circuit,
	{ receivedCents, disbursedCents }: Pick<EnvelopeTotals, 'receivedCents' | 'disbursedCents'>
): Cents => (declaredKind(circuit) === 'receipt' ? receivedCents : disbursedCents);

/** What can still be declared before it is more than what was promised; below zero once it is. */
export const leftToDeclare = (circuit: Circuit, totals: EnvelopeTotals): Cents =>
	subtractCents(totals.promisedCents, validatedOf(circuit, totals));

/** A count that a row asks for. The dimensions are those of an observation; null is none. */
export type CountField = {
	indicatorId: string;
	label: string;
	unit: IndicatorUnit;
	product: Product | null;
	stage: Stage | null;
	communeCode: string | null;
};

/**
 * A row of the form of a declaration: a measure, an operation, a new operation, or the envelope as a
 * whole. A guarantee is counted and asks for no amount.
 */
export type DeclarationRow = {
	/** The name of the row, the same from one submission to the next: see `declaration-cell.ts`. */
	key: string;
	kind: 'measure' | 'operation' | 'new_operation' | 'envelope';
	label: string;
	/** Of the measure, operation or nothing. */
	measureId: string | null;
	operationId: string | null;
	/** 0 for a measure, 1 and more for what it includes (`dont garanties VISALE`). */
	depth: number;
	asksAmount: boolean;
	counts: CountField[];
};

/** What a declaration asks: of whom, on what, for which period, row by row. */
export type DeclarationShape = {
	envelopeId: string;
	envelopeLabel: string;
	circuit: Circuit;
	periodStartsOn: Day;
	periodEndsOn: Day;
	byOperation: boolean;
	rows: DeclarationRow[];
	/** What is counted of an operation that is not known yet, where operations are asked for. */
	newOperationCounts: CountField[];
	/** Earlier periods that a negative amount may correct, the latest first. */
	earlierPeriods: { startsOn: Day; endsOn: Day }[];
	communes: { code: string; name: string }[];
};

/** A line as it is sent. Amounts in cents; null is nothing said. */
export type DeclaredLine = {
	rowKey: string;
	measureId: string | null;
	operationId: string | null;
	newOperation: { name: string; landlord: string; communeCode: string } | null;
	amountCents: Cents | null;
	comment: string | null;
	/** The earlier period that a negative amount corrects. */
	corrects: { startsOn: Day; endsOn: Day } | null;
	counts: DeclaredCount[];
};

export type DeclaredCount = Pick<
	CountField,
	'indicatorId' | 'product' | 'stage' | 'communeCode'
> & { number: number };
