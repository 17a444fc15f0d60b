import type { Day } from '#lib/domain/day.ts';
import type { Circuit, Instrument, Strength } from '#lib/domain/envelope.ts';

/**
 * A span of an act to be cited. It is found in the text, never placed by hand: `within` is what
 * stands around the quote, as much of it as makes it stand there once; without it the quote must.
 */
export type Passage = {
	quote: string;
	within?: string;
	kind: 'amount' | 'count' | 'percentage' | 'date' | 'words';
	section: 'header' | 'statement_of_reasons' | 'decision';
	/** The passage whose figure this one is a part of; all its parts together make it up. */
	partOf?: string;
};

/** What a deliberation says, beside its text: the passages to cite and what was decided. */
export type Act = {
	slug: string;
	/** A file of `texts/`, byte for byte as it was received. */
	file: string;
	title: string;
	theme: string;
	president: string;
	secretary: string;
	/** Every act cites `sitting` and `convened`, the days of its head. */
	passages: Record<string, Passage> & { sitting: Passage; convened: Passage };
	/** The verb in the infinitive, then its object as the act writes it. */
	decisions: readonly { verb: string; quote: string }[];
};

/** A party of an act: its name as the organisations list it. */
export type Party = 'Dijon Métropole' | 'Action Logement Services' | 'État (DIHAL)';

/** What an act promises, in the terms of the application. Names of passages are those of its act. */
export type PromisedProgramme = {
	act: Act;
	slug: string;
	name: string;
	summary: string;
	startsOn: Day;
	endsOn: Day;
	horizon?: { endsOn: Day; passage: string };
	/** The root first, then its amendments by rank. */
	agreements: readonly PromisedAgreement[];
	envelopes: readonly PromisedEnvelope[];
	indicators: readonly PromisedIndicator[];
	/** Passages that are undertakings in words. */
	undertakings: readonly string[];
	districts: readonly { name: string; communeCode: string; passage: string }[];
};

export type PromisedAgreement = {
	title: string;
	passage: string;
	/** Whether this act is the one that adopted it. */
	adoptedHere: boolean;
	effectiveOn: Day;
	startsOn?: Day;
	endsOn?: Day;
};

export type PromisedEnvelope = {
	label: string;
	/** The passage whose words are the purpose. */
	purpose: string;
	/** The passage that promises the sum. */
	passage: string;
	funder: Party;
	circuit: Circuit;
	strength: Strength;
	/** One a fiscal year; the amount is the one of the envelope's passage. */
	allocations: readonly { fiscalYear: number; label: string }[];
	instalments: readonly Day[];
	measures: readonly PromisedMeasure[];
};

export type PromisedMeasure = {
	label: string;
	passage?: string;
	instrument?: Instrument;
	children?: readonly PromisedMeasure[];
};

export type PromisedIndicator = {
	label: string;
	unit: 'euros' | 'aids' | 'households' | 'dwellings' | 'percent';
	/** Label of its envelope. */
	envelope: string;
	/** Label of its measure. */
	measure?: string;
	/** Already inside another count: never added to the others. */
	included?: boolean;
	baselines: readonly { passage: string; product?: 'PLAI' | 'PLUS' | 'PLS' | 'LI' }[];
	baselinePeriod: { startsOn: Day; endsOn: Day };
};
