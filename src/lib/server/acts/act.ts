import type { PlanPassage } from '#lib/domain/act/plan/plan-passage.ts';
import type { PassagesByKey } from '#lib/domain/act/plan/plan-postings.ts';
import type { ActPlan, PassageKey, PlannedParty } from '#lib/domain/act/plan/plan.ts';
import type { TouchedBooks } from '#lib/domain/act/plan/touched-books.ts';
import type { Day } from '#lib/domain/day.ts';
import type { deliberations } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

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

/** What a deliberation that we ship says, beside its text: the passages to cite and what was decided. */
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

/** An act that we ship, with what becomes of it. Passages are named in it as they are in the act. */
export type ShippedAct = { act: Act; plan: ActPlan };

/** A party of an act: its name as the organisations list it. */
export type Party = 'Dijon Métropole' | 'Action Logement Services' | 'État (DIHAL)';

/** The head of an act, as its row holds it. */
export type DeliberationHead = Omit<
	typeof deliberations.$inferInsert,
	'id' | 'enteredAt' | 'enteredBy'
>;

/** What the council decided: its verb, and its words at their place. */
export type DecisionItem = { verb: string; quote: string; startOffset: number; endOffset: number };

/** An act that is in the books already, with what is cited of it. */
export type CitedAct = {
	id: string;
	sittingOn: Day;
	citations: readonly {
		id: string;
		startOffset: number;
		endOffset: number;
		kind: Passage['kind'];
	}[];
};

/** All that is entered of an act: the act itself or one that is there already, and what becomes of it. */
export type ActToEnter = {
	head: DeliberationHead | CitedAct;
	decisions: readonly DecisionItem[];
	passages: readonly PlanPassage[];
	plan: ActPlan;
	books: TouchedBooks;
};

/** In whose name an act is entered, and for whom. */
export type Entering = {
	by: string;
	/** Organisations by the keys that the plan gives them. */
	parties: Readonly<Record<string, string>>;
	/** Since when a programme is shown, given the day of the sitting. */
	shownAt: (sittingOn: Day) => Date;
	/** For what was recorded in the past, as the acts that we ship; else the database says when. */
	recordedAt?: (sittingOn: Day) => Date;
};

/** A passage as it is cited. */
export type EnteredPassage = PlanPassage & { citationId: string };

export type EnteredDeliberation = {
	id: string;
	sittingOn: Day;
	/** The citation of each passage that is one. */
	citationIds: ReadonlyMap<PassageKey, string>;
	/** The passage of a key, which is cited. */
	cite: (key: PassageKey) => EnteredPassage;
};

/** What everything of a plan is written with: the act that it stands on, and the books that it meets. */
export type Writing = {
	tx: Transaction;
	deliberation: EnteredDeliberation;
	passages: PassagesByKey;
	books: TouchedBooks;
	entering: Entering;
};

/** The organisation of a party of a plan. */
export function partyOf({ parties }: Entering, party: PlannedParty): string {
	const id = 'organisationId' in party ? party.organisationId : parties[party.newParty];
	if (!id) throw new Error('a party of a plan is an organisation');
	return id;
}
