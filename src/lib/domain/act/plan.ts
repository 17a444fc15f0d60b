import type { Day } from '#lib/domain/day.ts';
import type { Circuit, Instrument, Strength } from '#lib/domain/envelope.ts';

/** A passage of the act by its key: the id of its proposal at the desk, a name in an act that we ship. */
export type PassageKey = string;

/** An organisation that is known, or one that is to be created with the act. */
export type PlannedParty = { organisationId: string } | { newParty: string };

/**
 * What becomes of an act, in the terms of the application: everything it creates, each thing on its
 * passage. One writer turns it into rows, for the acts that we ship and for those read at the desk.
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
	districts: readonly { name: string; communeCode: string; passage: PassageKey }[];
};

export type PlannedAgreement = {
	key: string;
	title: string;
	passage: PassageKey;
	/** A root, an amendment to a root that is there already, or to one of the same plan. */
	amends: null | { agreementId: string } | { planned: string };
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
				purpose: PassageKey;
				funder: PlannedParty;
				/** Who declares on it, where it is not its funder. */
				partner: PlannedParty | null;
				circuit: Circuit;
				/** An intention in the statement of reasons is not a firm sum. */
				strength: Strength;
				instrument: Instrument | null;
				startsOn: Day;
				endsOn: Day;
		  }
		| { kind: 'existing'; envelopeId: string; endsOn: Day | null };
	/** The agreement of this plan that it comes from. */
	agreement: string;
	/** The passage that promises the sum. */
	passage: PassageKey;
	/**
	 * What is posted, one a fiscal year. The amount is the one of the passage; of an envelope that is
	 * there already it is the new sum, and what is posted is the difference, with its sign.
	 */
	allocations: readonly { fiscalYear: number; label: string; passage: PassageKey | null }[];
	/** When it is planned to be paid; the amount is the one of the passage. */
	instalments: readonly { dueOn: Day; passage: PassageKey | null }[];
	measures: readonly PlannedMeasure[];
};

export type PlannedMeasure = {
	key: string;
	label: string;
	passage: PassageKey | null;
	instrument: Instrument | null;
	children: readonly PlannedMeasure[];
};

export type PlannedIndicator = {
	label: string;
	unit: 'euros' | 'aids' | 'households' | 'dwellings' | 'percent';
	/** Keys of the envelope and the measure it belongs to; null for one of the whole programme. */
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
