import { assessEnvelope, type Thresholds } from '#lib/domain/assessment.ts';
import { day } from '#lib/domain/day.ts';
import type { EnvelopeFacts, EnvelopeSituation, EnvelopeTotals } from '#lib/domain/envelope.ts';
import { cents, type Cents } from '#lib/domain/money.ts';

/** What an authority has that chose nothing else. */
export const THRESHOLDS: Thresholds = { behindPoints: 10, aheadPoints: 10, endingNoticeDays: 365 };

/** Whole euros, as an accountant would write them in a test. */
export const euros = (amount: number): Cents => cents(BigInt(amount) * 100n);

/** The envelope of the act of 17 December 2020, unless told otherwise. */
export const envelope = (facts: Partial<EnvelopeFacts> = {}): EnvelopeFacts => ({
	id: 'parcours-residentiel',
	label: 'Parcours résidentiel',
	circuit: 'off_budget',
	strength: 'intention',
	funder: 'Action Logement',
	programmeSlug: 'action-logement-2020-2022',
	programmeName: 'Action Logement 2020-2022',
	startsOn: day('2020-01-01'),
	endsOn: day('2022-12-31'),
	horizonEndsOn: null,
	hasSuccessor: false,
	citationId: null,
	deliberationId: null,
	...facts
});

/** Sums in whole euros: promised, committed, received, disbursed. */
export const totals = (
	promised: number,
	committed: number,
	received: number,
	disbursed: number
): EnvelopeTotals => ({
	promisedCents: euros(promised),
	committedCents: euros(committed),
	receivedCents: euros(received),
	disbursedCents: euros(disbursed)
});

export const situationOn = (
	asOf: string,
	facts: EnvelopeFacts,
	sums: EnvelopeTotals,
	instalmentsDue: number | null = null
): EnvelopeSituation =>
	assessEnvelope(
		facts,
		sums,
		instalmentsDue === null ? null : euros(instalmentsDue),
		day(asOf),
		THRESHOLDS
	);
