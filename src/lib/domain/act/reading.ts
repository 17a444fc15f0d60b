import type { Check } from '#lib/domain/act/checks.ts';
import type { CitationSection } from '#lib/domain/act/cited-value.ts';
import type { Span } from '#lib/domain/act/text.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Cents } from '#lib/domain/money.ts';

/** A value where it stands in the text; the quote is the text between its places, to the sign. */
export type Found<Value> = Span & { quote: string; value: Value };

/**
 * What an act says of one thing. All that was found is kept, in the order of the text; the value is
 * null where nothing was found, and where what was found differs: nobody chooses here.
 */
export type Field<Value> = { value: Value | null; found: Found<Value>[] };

export type ReadHeader = {
	authority: Field<string>;
	number: Field<string>;
	/** The day of the sitting. */
	sitting: Field<Day>;
	/** The day on which the convocation was sent. */
	convened: Field<Day>;
	/** The day on which it was posted or published. */
	published: Field<Day>;
	/** The day on which the State’s representative received it. */
	received: Field<Day>;
	/** Names without their civility, as written. */
	president: Field<string>;
	secretary: Field<string>;
	theme: Field<string>;
	title: Field<string>;
};

/** How many, as the act states it and as its list of names counts; each null where the act lacks it. */
export type Headcount = { stated: Field<number>; counted: number | null };

export type ReadAttendance = {
	/** Members that the council has by law, where the act tells them from those in office. */
	members: Headcount;
	inOffice: Headcount;
	present: Headcount;
	/** Present by somebody: those who gave a proxy, in acts that call them represented. */
	represented: Headcount;
	proxies: Headcount;
	/** Absent without proxy. */
	absent: Headcount;
	voting: Headcount;
};

export type ReadVote = Span & {
	quote: string;
	for: number | null;
	against: number | null;
	abstention: number | null;
	/** Present and without a vote: “ne se prononce pas”, “non votants”. */
	notVoting: number | null;
	/** Took no part, as somebody with an interest does. */
	notTakingPart: number | null;
	/** Null where the act does not say. */
	unanimous: boolean | null;
	/** Whether the counts are not written but follow from unanimity and a stated number of voters. */
	implied: boolean;
};

export type ReadDecision = Span & {
	/** In the infinitive, as the field writes it: approuver, autoriser, attribuer, prélever. */
	verb: string;
	/** What is decided, without its verb; the quote is the whole item. */
	text: string;
	quote: string;
};

export type AmountKind = 'amount' | 'rate' | 'ceiling' | 'range' | 'derived';

export type ReadAmount = Span & {
	quote: string;
	cents: Cents;
	/** Half the width of what the writing leaves open, as in `precision.ts`. */
	precisionCents: Cents;
	kind: AmountKind;
	/** `year`, `month`, `quarter` for what recurs; for a rate its unit as written (`habitant`, `m²`); null else. */
	per: string | null;
	/** Without or with value-added tax, where the act says so. */
	tax: 'excluded' | 'included' | null;
	section: CitationSection;
	/** What a derived amount was reckoned from, in words: `494 000 € × 2 années`. Null for what is written. */
	formula: string | null;
	/** The place in the list of the amount that this one is a part of; null when it is of none. */
	partOf: number | null;
};

export type ReadCount = Span & {
	quote: string;
	value: number;
	/** What is counted, as written: `aides financières et services`. */
	of: string | null;
	section: CitationSection;
	partOf: number | null;
};

export type ReadPercentage = Span & {
	quote: string;
	/** In points. */
	value: number;
	precision: number;
	/** Of what, as written: `PLUS`. */
	of: string | null;
	section: CitationSection;
};

export type ReadPeriod = Span & {
	quote: string;
	startsOn: Day;
	endsOn: Day;
	section: CitationSection;
};

/** An amount whose figures the transcription lost: the words around the gap. */
export type LostAmount = Span & { quote: string };

/** An undertaking, an objective or a line of use, from a list; nested as the act nests it. */
export type ListedPassage = Span & {
	quote: string;
	kind: 'undertaking' | 'objective' | 'item';
	section: CitationSection;
	/** The place in the list of what it stands under; null at the top. */
	parent: number | null;
};

export type Confidence = 'high' | 'medium' | 'low';

/** A part of a promise with what made us think so, in a French sentence. Null where the act does not say. */
export type Supposed<Value> = {
	value: Value;
	span: Span | null;
	confidence: Confidence;
	because: string;
} | null;

/** Who gives what to whom, for what, when: proposed, never certain. */
export type ReadPromise = {
	/** The place of its amount in the list of amounts. */
	amount: number;
	giver: Supposed<string>;
	receiver: Supposed<string>;
	purpose: Supposed<string>;
	period: Supposed<{ startsOn: Day; endsOn: Day }>;
	strength: Supposed<'intention' | 'firm'>;
	circuit: Supposed<'off_budget' | 'earmarked_revenue' | 'own_expenditure'>;
	confidence: Confidence;
	/** Why this amount is proposed as a promise, and why no more surely, in a French sentence. */
	because: string;
};

/** What was signed, and whether it amends something. */
export type ReadAgreement = Span & {
	quote: string;
	kind: 'agreement' | 'amendment';
	title: string;
	section: CitationSection;
	confidence: Confidence;
	because: string;
};

/** A reading of an act. It proposes; it never invents and never repairs. */
export type ActReading = {
	header: ReadHeader;
	attendance: ReadAttendance;
	vote: ReadVote | null;
	decisions: ReadDecision[];
	amounts: ReadAmount[];
	counts: ReadCount[];
	percentages: ReadPercentage[];
	periods: ReadPeriod[];
	/** Days written in the body: `30 mars 2017`. */
	days: Found<Day>[];
	lost: LostAmount[];
	lists: ListedPassage[];
	agreements: ReadAgreement[];
	promises: ReadPromise[];
	checks: Check[];
};
