import type { Day } from '#lib/domain/day.ts';
import type { Circuit, Instrument, Strength } from '#lib/domain/envelope.ts';

/** A passage of the act by its key: the id of its proposal at the desk, a name in an act that we ship. */
export type PassageKey = string;

/** An organisation that is known, or one that is to be created with the act, by its key. */
export type PlannedParty = { organisationId: string } | { newParty: string };

/** An agreement that is there already, or one of the same plan, by its key. */
export type AgreementReference = { agreementId: string } | { planned: string };

/**
 * What becomes of an act, in the terms of the application: everything it creates, each thing on its
 * passage. One writer turns it into rows, for the acts that we ship and for those read at the desk.
 * Amounts are never in it: they are those of the passages. What is null where it is owed is not said
 * yet: a plan may be kept half done, and is entered only once `planProblems` finds nothing to mend.
 */
export type ActPlan = {
	/** Organisations that the act makes known, by a key of their own. */
	newParties: readonly PlannedNewParty[];
	programme: PlannedProgramme | null;
};

export type PlannedNewParty = {
	key: string;
	name: string;
	kind: 'authority' | 'state' | 'funder' | 'landlord' | 'operator' | 'association';
	siren: string | null;
};

export type PlannedProgramme = {
	/** A new programme, or one that is there already and is added to. */
	of:
		| {
				kind: 'new';
				slug: string;
				name: string;
				summary: string | null;
				startsOn: Day;
				endsOn: Day;
		  }
		| {
				kind: 'existing';
				programmeId: string;
				/** The last day that an act covers, where this one moves it. */
				endsOn: Day | null;
		  };
	horizon: { endsOn: Day; passage: PassageKey } | null;
	/** Whether partners and elected officials see it as soon as it is entered. */
	visible: boolean;
	/** In the order of their ranks. */
	agreements: readonly PlannedAgreement[];
	envelopes: readonly PlannedEnvelope[];
	indicators: readonly PlannedIndicator[];
	undertakings: readonly PlannedUndertaking[];
	districts: readonly PlannedDistrict[];
};

/** A district of urban policy that the act names. */
export type PlannedDistrict = {
	name: string;
	communeCode: string;
	/** The name of its commune, where that is not known here yet: it is entered with the act. */
	communeName?: string;
	passage: PassageKey;
};

export type PlannedAgreement = {
	key: string;
	title: string;
	passage: PassageKey;
	/** A root, an amendment to a root that is there already, or to one of the same plan. */
	amends: AgreementReference | null;
	/** Whether this act is the one that adopted it; else the act only names it. */
	adoptedHere: boolean;
	/** The day from which it binds: the day of the vote where no signature is known. */
	effectiveOn: Day;
	startsOn: Day | null;
	endsOn: Day | null;
};

export type PlannedEnvelope = {
	key: string;
	/** A new envelope, or the change of one that is there already. */
	of:
		| {
				kind: 'new';
				label: string;
				/** The passage whose words are the purpose. */
				purpose: PassageKey | null;
				funder: PlannedParty | null;
				/** Who declares on it, where it is not its funder. */
				partner: PlannedParty | null;
				circuit: Circuit | null;
				/** An intention in the statement of reasons is not a firm sum. */
				strength: Strength | null;
				instrument: Instrument | null;
				startsOn: Day;
				endsOn: Day;
		  }
		| {
				kind: 'existing';
				envelopeId: string;
				/** The last day, where this act moves it later. */
				endsOn: Day | null;
				gives: SumGiven;
		  };
	/** What it comes from; the plan of payments belongs to it too. */
	agreement: AgreementReference | null;
	/** The passage that promises the sum; null for an envelope whose sum stays as it was. */
	passage: PassageKey | null;
	/** What is posted, one a fiscal year; see `SumGiven` for an envelope that is there already. */
	allocations: readonly PlannedAllocation[];
	/**
	 * When it is planned to be paid. By an amendment it replaces the plan that was, from the day on
	 * which the amendment binds; empty, it leaves the plan as it is.
	 */
	instalments: readonly PlannedInstalment[];
	measures: readonly PlannedMeasure[];
};

/**
 * What the passages of an envelope that is there already give: its new sum altogether (one
 * allocation), the new sum of each fiscal year, what is added, or what is taken away. What is posted
 * is always the difference, with its sign, on the day of the sitting.
 */
export type SumGiven = 'sum' | 'sum_of_year' | 'increase' | 'decrease';

export type PlannedAllocation = {
	fiscalYear: number;
	label: string;
	/** Null where it is the passage of its envelope. */
	passage: PassageKey | null;
};

export type PlannedInstalment = {
	dueOn: Day;
	/** Null where it is the passage of its envelope. */
	passage: PassageKey | null;
};

export type PlannedMeasure = {
	key: string;
	label: string;
	passage: PassageKey | null;
	instrument: Instrument | null;
	children: readonly PlannedMeasure[];
};

export type PlannedIndicator = {
	/** One that is there already and only gets the values; the rest is then left as it is. */
	indicatorId: string | null;
	label: string;
	unit: 'euros' | 'aids' | 'households' | 'dwellings' | 'percent';
	/** Keys of the planned envelope and measure it belongs to; null for one of the whole programme. */
	envelope: string | null;
	measure: string | null;
	/** Already inside another count: never added to the others. */
	included: boolean;
	values: readonly PlannedValue[];
};

/** A figure of reference or a target, read in a passage. */
export type PlannedValue = {
	kind: 'baseline' | 'target';
	passage: PassageKey;
	product: 'PLAI' | 'PLUS' | 'PLS' | 'LI' | null;
	startsOn: Day;
	endsOn: Day;
};

export type PlannedUndertaking = {
	/** Its words are those of the passage. */
	passage: PassageKey;
	/** Who has to keep it; null while the act or the person does not say. */
	owner: PlannedParty | null;
};

/** A plan of nothing: the act is kept and cited, and no money comes of it. */
export const EMPTY_PLAN: ActPlan = { newParties: [], programme: null };
