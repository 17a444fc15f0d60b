import type { Day } from '#lib/domain/day.ts';
import type { Viewpoint } from '#lib/domain/viewpoint.ts';

/** How a promise in words stands. Null is that nobody has said: it is not "not started". */
export type UndertakingStatus = 'not_started' | 'under_way' | 'kept' | 'not_kept';

export const UNDERTAKING_STATUSES: readonly UndertakingStatus[] = [
	'not_started',
	'under_way',
	'kept',
	'not_kept'
];

export const UNDERTAKING_STATUS_LABELS: Record<UndertakingStatus, string> = {
	not_started: 'pas commencé',
	under_way: 'en cours',
	kept: 'tenu',
	not_kept: 'non tenu'
};

/** What may be said in the log of an undertaking; partners say the first two, finance all but `propose`. */
export type UndertakingAction =
	'note' | 'propose' | 'confirm' | 'refuse' | 'decide' | 'assign' | 'schedule';

/** Something to be added to the log. Days are ISO; a null owner or review takes away the one there was. */
export type UndertakingStep =
	| { action: 'note'; occurredOn: Day; text: string }
	| { action: 'propose' | 'decide'; status: UndertakingStatus; occurredOn: Day; text: string }
	| { action: 'confirm'; proposalId: string; text: string | null }
	| { action: 'refuse'; proposalId: string; text: string }
	| { action: 'assign'; ownerId: string | null }
	| { action: 'schedule'; reviewOn: Day | null };

/** What the log says of how an undertaking stands: only what finance confirmed or decided counts. */
export type UndertakingEvent = {
	number: number;
	action: UndertakingAction;
	occurredOn: Day | null;
	status: UndertakingStatus | null;
	at: Date;
};

/**
 * How an undertaking stood at the end of a day, as it was known at an instant: what was confirmed last
 * of the facts up to then. Two facts of one day count in the order in which they were said. Null while
 * nobody had said.
 */
export function statusAt(
	events: readonly UndertakingEvent[],
	{ asOf, knownAt }: Viewpoint
): UndertakingStatus | null {
	const last = events
		.filter(({ action }) => action === 'confirm' || action === 'decide')
		.filter(({ occurredOn, at }) => occurredOn && occurredOn <= asOf && (!knownAt || at < knownAt))
		.sort(inOrderOfFacts)
		.at(-1);
	return last?.status ?? null;
}

/** How many of the promises in words stand how; those of which nobody said are counted apart. */
export type UndertakingSummary = Record<UndertakingStatus | 'unknown', number> & { total: number };

export function summariseUndertakings(
	statuses: readonly (UndertakingStatus | null)[]
): UndertakingSummary {
	const summary: UndertakingSummary = {
		not_started: 0,
		under_way: 0,
		kept: 0,
		not_kept: 0,
		unknown: 0,
		total: statuses.length
	};
	for (const status of statuses) summary[status ?? 'unknown'] += 1;
	return summary;
}

function inOrderOfFacts(left: UndertakingEvent, right: UndertakingEvent): number {
	const [earlier, later] = [left.occurredOn ?? '', right.occurredOn ?? ''];
	if (earlier !== later) return earlier < later ? -1 : 1;
	return left.number - right.number;
}
