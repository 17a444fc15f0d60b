import type { PlannedIndicator, PlannedNewParty } from '#lib/domain/act/plan/plan.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Circuit, Strength } from '#lib/domain/envelope.ts';
import type { Cents } from '#lib/domain/money.ts';
import type { AgreedInstalment } from '#lib/domain/plan.ts';

/** What is in the books already of all that a plan touches, as it is when the plan is looked at. */
export type TouchedBooks = {
	organisations: readonly { id: string; name: string; kind: PlannedNewParty['kind'] }[];
	communes: readonly { code: string; name: string }[];
	/** Years that take no entry any more. */
	closedYears: readonly number[];
	/** All programmes, whose names and addresses are taken. */
	programmes: readonly { id: string; slug: string; name: string }[];
	/** The programme that the plan adds to; null for a new one. */
	programme: TouchedProgramme | null;
	/** The agreements that the plan names by their ids. */
	agreements: readonly TouchedAgreement[];
	/** The districts that it names, where they are known already. */
	districts: readonly TouchedDistrict[];
	/** What this act posted already, where it is opened again. */
	posted: readonly PostedPassage[];
};

/** Money that an act posted: on which words of it, in which envelope and year. */
export type PostedPassage = {
	/** Where the words stand, or those of its whole or of its parts, the end excluded. */
	start: number;
	end: number;
	quote: string;
	envelopeId: string;
	label: string;
	fiscalYear: number;
	amountCents: Cents;
};

export type TouchedProgramme = {
	id: string;
	slug: string;
	name: string;
	startsOn: Day;
	endsOn: Day;
	horizonEndsOn: Day | null;
	envelopes: readonly TouchedEnvelope[];
	indicators: readonly { id: string; label: string; unit: PlannedIndicator['unit'] }[];
	/** The last place taken among its envelopes, indicators and undertakings; 0 where there is none. */
	lastEnvelope: number;
	lastIndicator: number;
	lastUndertaking: number;
};

export type TouchedEnvelope = {
	id: string;
	label: string;
	funder: string;
	funderId: string;
	circuit: Circuit;
	strength: Strength;
	startsOn: Day;
	endsOn: Day;
	/** Its allocations so far, altogether and one by one, whatever day they count from. */
	promisedCents: Cents;
	allocations: readonly { fiscalYear: number; effectiveOn: Day; amountCents: Cents }[];
	disbursedCents: Cents;
	instalments: readonly AgreedInstalment[];
	/** The last place taken among its measures. */
	lastMeasure: number;
};

export type TouchedAgreement = {
	id: string;
	programmeId: string;
	title: string;
	/** 0 for a root. */
	rank: number;
	effectiveOn: Day;
	/** The rank of its last amendment; 0 where it has none. */
	lastRank: number;
};

export type TouchedDistrict = {
	id: string;
	name: string;
	communeCode: string;
	/** Whether the programme that the plan adds to names it already. */
	isNamed: boolean;
};

/** Books in which nothing is touched: what an act that we ship meets. */
export const UNTOUCHED_BOOKS: TouchedBooks = {
	organisations: [],
	communes: [],
	closedYears: [],
	programmes: [],
	programme: null,
	agreements: [],
	districts: [],
	posted: []
};

/** The envelope that a plan changes, where it is in the programme that the plan adds to. */
export const findTouchedEnvelope = (
	books: TouchedBooks,
	envelopeId: string
): TouchedEnvelope | null => books.programme?.envelopes.find(({ id }) => id === envelopeId) ?? null;
