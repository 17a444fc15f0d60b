import {
	countNames,
	type Attendance,
	type Vote,
	type NameCounts
} from '#lib/domain/act/attendance.ts';
import { checkAttendance, type Check } from '#lib/domain/act/checks.ts';
import { checkCitedSums, type SumCheck } from '#lib/domain/act/cited-sums.ts';
import { canEnterActs } from '#lib/domain/policy.ts';
import type { Context } from '#lib/server/context.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import {
	findDeliberation,
	listCitations,
	listCitationUses,
	listDecisions,
	type CitationRow,
	type CitationUse,
	type DecisionRow
} from '#lib/server/deliberations/queries.ts';
import { findOriginalOf } from '#lib/server/readings/queries.ts';

export type DeliberationRow = NonNullable<Awaited<ReturnType<typeof findDeliberation>>>;

/** A passage of an act with everything shown elsewhere that rests on it, as far as the reader may see it. */
export type PassageWithUses = CitationRow & { uses: CitationUse[] };

/** An act as a page: its text, what is cited of it, and the checks of the act against itself. */
export type DeliberationPage = {
	deliberation: DeliberationRow;
	/** In the order of the text. */
	citations: PassageWithUses[];
	decisions: DecisionRow[];
	attendance: Attendance;
	vote: Vote;
	attendanceChecks: Check[];
	sumChecks: SumCheck[];
	/** The file in which it was given, for who reads acts; null where there is none. */
	original: { readingId: string; name: string } | null;
};

/** Reads an act by its identifier or its name in an address; null when there is none. */
export function readDeliberationPage(
	context: Context,
	key: string
): Promise<DeliberationPage | null> {
	return inTransaction(context, async (tx) => {
		const deliberation = await findDeliberation(tx, key);
		if (!deliberation) return null;
		const [citations, decisions, uses, original] = await Promise.all([
			listCitations(tx, deliberation.id),
			listDecisions(tx, deliberation.id),
			listCitationUses(tx, deliberation.id),
			canEnterActs(context.actor) ? findOriginalOf(tx, deliberation.id) : null
		]);
		return { ...buildDeliberationPage(deliberation, citations, decisions, uses), original };
	});
}

function buildDeliberationPage(
	deliberation: DeliberationRow,
	citations: readonly CitationRow[],
	decisions: DecisionRow[],
	uses: readonly CitationUse[]
): Omit<DeliberationPage, 'original'> {
	const { members, inOffice, present, proxies, absent } = deliberation;
	const { votesFor, votesAgainst, abstentions, notVoting } = deliberation;
	const attendance = { members, inOffice, present, proxies, absent };
	const vote = { for: votesFor, against: votesAgainst, abstention: abstentions, notVoting };
	const usesOf = Map.groupBy(distinct(uses), ({ citationId }) => citationId);
	return {
		deliberation,
		citations: citations.map((citation) => ({ ...citation, uses: usesOf.get(citation.id) ?? [] })),
		decisions,
		attendance,
		vote,
		attendanceChecks: checkAttendance(attendance, vote, namesListed(deliberation)),
		sumChecks: checkCitedSums(citations)
	};
}

/** How many names the act lists: those present were counted when it was entered. An act without a list has none to check. */
function namesListed({ text, namesCounted }: DeliberationRow): NameCounts {
	if (!namesCounted) return { present: null, proxies: null, absent: null };
	return { ...countNames(text), present: namesCounted };
}

/** One thing may rest on a sentence more than once, as four shares of one count do: it is listed once. */
function distinct(uses: readonly CitationUse[]): CitationUse[] {
	const keyed = uses.map((use) => [`${use.citationId} ${use.href} ${use.label}`, use] as const);
	return [...new Map(keyed).values()];
}
