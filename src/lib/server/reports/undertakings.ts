import type { Viewpoint } from '#lib/domain/viewpoint.ts';
import type { Day } from '#lib/domain/day.ts';
import { todayOf } from '#lib/domain/today.ts';
import {
	summariseUndertakings,
	type UndertakingStatus,
	type UndertakingSummary
} from '#lib/domain/undertaking.ts';
import type { Context } from '#lib/server/context.ts';
import { inTransaction, type Transaction } from '#lib/server/db/transaction.ts';
import { readViewpoint, type SeenFrom } from '#lib/server/http/viewpoint.ts';
import { citationLink } from '#lib/server/reports/citation-link.ts';
import {
	listAllUndertakings,
	listStandings,
	listUndertakingEvents,
	type UndertakingEventRow,
	type UndertakingWithProgramme
} from '#lib/server/undertakings/queries.ts';

/** An undertaking in a list: how it stood, what waits, and when something was last said of it. */
export type UndertakingItem = Omit<UndertakingWithProgramme, 'status' | 'citation'> & {
	status: UndertakingStatus | null;
	citation: ReturnType<typeof citationLink>;
	/** Proposals that finance has not answered. */
	waiting: number;
	lastFactOn: Day | null;
};

export type UndertakingGroup = {
	slug: string;
	name: string;
	summary: UndertakingSummary;
	items: UndertakingItem[];
};

export type UndertakingList = {
	seen: SeenFrom;
	today: Day;
	summary: UndertakingSummary;
	groups: UndertakingGroup[];
};

/** The promises in words, programme after programme, as they stood from the viewpoint of the address. */
export function readUndertakings(
	context: Context,
	parameters: URLSearchParams
): Promise<UndertakingList> {
	return inTransaction(context, async (tx) => {
		const [seen, undertakings] = await Promise.all([
			readViewpoint(tx, parameters, context.at),
			listAllUndertakings(tx)
		]);
		const [standings, events] = await Promise.all([
			listStandings(tx, seen.viewpoint),
			listUndertakingEvents(
				tx,
				undertakings.map(({ id }) => id)
			)
		]);
		const statusOf = new Map(standings.map(({ id, status }) => [id, status]));
		const eventsOf = Map.groupBy(events, ({ undertakingId }) => undertakingId);
		const items = undertakings
			.filter(({ id }) => statusOf.has(id))
			.map((row) =>
				toItem(row, statusOf.get(row.id) ?? null, eventsOf.get(row.id) ?? [], seen.viewpoint)
			);
		const groups = [...Map.groupBy(items, ({ programmeSlug }) => programmeSlug)];
		return {
			seen,
			today: todayOf(seen.settings, context.at),
			summary: summariseUndertakings(items.map(({ status }) => status)),
			groups: groups.map(([slug, own]) => ({
				slug,
				name: own[0]?.programmeName ?? '',
				summary: summariseUndertakings(own.map(({ status }) => status)),
				items: own
			}))
		};
	});
}

/** How many promises in words stood how, to be shown beside the money. */
export async function readUndertakingSummary(
	tx: Transaction,
	viewpoint: Viewpoint,
	scope: { programmeSlug?: string } = {}
): Promise<UndertakingSummary> {
	const standings = await listStandings(tx, viewpoint, scope);
	return summariseUndertakings(standings.map(({ status }) => status));
}

function toItem(
	row: UndertakingWithProgramme,
	status: UndertakingStatus | null,
	events: readonly UndertakingEventRow[],
	{ asOf, knownAt }: Viewpoint
): UndertakingItem {
	const known = events.filter(
		({ at, occurredOn }) =>
			(!knownAt || at < knownAt) && (occurredOn === null || occurredOn <= asOf)
	);
	const answered = new Set(known.map(({ proposalId }) => proposalId));
	const facts = known.flatMap(({ occurredOn }) => occurredOn ?? []);
	return {
		...row,
		status,
		citation: citationLink({ ...row, quote: row.text }),
		waiting: known.filter(({ id, action }) => action === 'propose' && !answered.has(id)).length,
		lastFactOn: facts.sort().at(-1) ?? null
	};
}
