import type { EnvelopeStatus } from '#lib/domain/assessment.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Cents } from '#lib/domain/money.ts';

/** The way the money takes. Three circuits, never merged. */
export type Circuit = 'off_budget' | 'earmarked_revenue' | 'own_expenditure';

export const CIRCUIT_LABELS: Record<Circuit, string> = {
	off_budget: 'hors budget',
	earmarked_revenue: 'recette fléchée',
	own_expenditure: 'dépense propre'
};

/** How strongly the funder is bound by the words of the act. */
export type Strength = 'intention' | 'firm';

export const STRENGTH_LABELS: Record<Strength, string> = {
	intention: 'intention',
	firm: 'engagement ferme'
};

/** What is given. A guarantee is not cash: it is never added to the others. */
export type Instrument = 'grant' | 'loan' | 'guarantee' | 'service';

/** Whether what is given is paid out, and may be added up. */
export const isCash = ({ instrument }: { instrument?: Instrument | null }): boolean =>
	instrument !== 'guarantee';

/** What an envelope is, whatever was paid. Days are included; the horizon is what was hoped for beyond the act. */
export type EnvelopeFacts = {
	id: string;
	label: string;
	circuit: Circuit;
	strength: Strength;
	/** Left out where the envelope is paid in cash. */
	instrument?: Instrument;
	funder: string;
	programmeSlug: string;
	programmeName: string;
	startsOn: Day;
	endsOn: Day;
	/** The day from which its agreement binds, which may be later than its first day; null while no act is known. */
	inForceOn?: Day | null;
	horizonEndsOn: Day | null;
	hasSuccessor: boolean;
	citationId: string | null;
	deliberationId: string | null;
};

/** The sums of the ledger for an envelope, from one viewpoint. */
export type EnvelopeTotals = {
	promisedCents: Cents;
	committedCents: Cents;
	receivedCents: Cents;
	disbursedCents: Cents;
};

/** An envelope with its sums and all that is computed from them: see `assessEnvelope`. */
export type EnvelopeSituation = EnvelopeFacts &
	Measures & { timeElapsed: number; status: EnvelopeStatus };

/** What is computed from the sums, for one envelope or for several together. Rates are shares: 0.762 is 76,2 %. */
export type Measures = EnvelopeTotals & {
	leftToCommitCents: Cents;
	committedNotDisbursedCents: Cents;
	leftToDisburseCents: Cents;
	executionRate: number | null;
	planRate: number | null;
	instalmentsDueCents: Cents | null;
	expectedRate: number | null;
	timeElapsed: number | null;
	gapPoints: number | null;
};
