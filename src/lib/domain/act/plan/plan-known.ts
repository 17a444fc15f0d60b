import type { Circuit } from '#lib/domain/envelope.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Cents } from '#lib/domain/money.ts';
import type { PlannedNewParty } from '#lib/domain/act/plan/plan.ts';

/** What is in the application already, and an act may add to. */
export type KnownThings = {
	organisations: readonly { id: string; name: string; kind: PlannedNewParty['kind'] }[];
	programmes: readonly KnownProgramme[];
	communes: readonly { code: string; name: string }[];
};

export type KnownProgramme = {
	id: string;
	slug: string;
	name: string;
	startsOn: Day;
	endsOn: Day;
	/** Roots and amendments; an amendment amends a root. */
	agreements: readonly { id: string; title: string; isRoot: boolean; effectiveOn: Day }[];
	envelopes: readonly KnownEnvelope[];
};

export type KnownEnvelope = {
	id: string;
	label: string;
	circuit: Circuit;
	startsOn: Day;
	endsOn: Day;
	/** What was promised so far, altogether and for each fiscal year. */
	promisedCents: Cents;
	years: readonly { fiscalYear: number; promisedCents: Cents }[];
};
