import {
	canAnswerProposal,
	canDecideUndertaking,
	canReportUndertaking
} from '#lib/domain/policy.ts';
import { todayOf } from '#lib/domain/today.ts';
import { describeEvent } from '#lib/domain/undertaking-words.ts';
import type { Context } from '#lib/server/context.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { citationLink } from '#lib/server/reports/citation-link.ts';
import { findSettings } from '#lib/server/settings/queries.ts';
import {
	findUndertaking,
	listParties,
	listUndertakingEvents,
	listUndertakingFiles,
	type UndertakingEventRow,
	type UndertakingFileRow
} from '#lib/server/undertakings/queries.ts';

export type UndertakingPage = NonNullable<Awaited<ReturnType<typeof readUndertakingPage>>>;

/** An undertaking as a page: its words, how it stands, its log with evidence, and what this person may do. Null where it may not be seen. */
export function readUndertakingPage(context: Context, id: string) {
	const { actor } = context;
	return inTransaction(context, async (tx) => {
		const undertaking = await findUndertaking(tx, id);
		if (!undertaking) return null;
		const [settings, events, files, parties] = await Promise.all([
			findSettings(tx),
			listUndertakingEvents(tx, id),
			listUndertakingFiles(tx, id),
			canDecideUndertaking(actor) ? listParties(tx, undertaking.programmeId) : []
		]);
		const filesOf = Map.groupBy(files, ({ eventId }) => eventId);
		const answered = new Set(events.map(({ proposalId }) => proposalId));
		const log = events.map((event) => toEntry(event, filesOf.get(event.id) ?? []));
		return {
			undertaking: {
				...undertaking,
				citation: citationLink({ ...undertaking, quote: undertaking.text })
			},
			today: todayOf(settings, context.at),
			/** The latest first. */
			log: log.toReversed(),
			/** Proposals that wait for an answer, the oldest first. */
			proposals: log
				.filter(({ id: eventId, action }) => action === 'propose' && !answered.has(eventId))
				.map((proposal) => ({ ...proposal, mayAnswer: canAnswerProposal(actor, proposal) })),
			parties,
			may: {
				report: canReportUndertaking(actor, undertaking),
				decide: canDecideUndertaking(actor)
			}
		};
	});
}

const toEntry = (event: UndertakingEventRow, files: UndertakingFileRow[]) => ({
	...event,
	who: event.organisation
		? `${event.organisation}${event.actor ? `, ${event.actor},` : ''}`
		: (event.actor ?? 'La direction des finances'),
	words: describeEvent(event),
	files
});
