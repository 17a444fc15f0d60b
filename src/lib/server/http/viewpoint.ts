import { dayInParis, type Day } from '#lib/domain/day.ts';
import { knownOn, parseViewpoint, presetDays, type Viewpoint } from '#lib/domain/viewpoint.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';
import { findSettings, type Settings } from '#lib/server/settings/queries.ts';

/** From where a page is seen, and what the page needs to say it and to change it. */
export type SeenFrom = {
	viewpoint: Viewpoint;
	settings: Settings;
	/** What the address asked for and could not be followed, in French; the API refuses `rejected`. */
	notes: string[];
	rejected: ('au' | 'connu')[];
	asOf: Day;
	knownOn: Day | null;
	today: Day;
	presets: Day[];
};

/** Reads `?au=` and `?connu=`. Without them a page opens on the day of the settings, or today in Paris. */
export async function readViewpoint(
	tx: Transaction,
	parameters: URLSearchParams,
	at: Date
): Promise<SeenFrom> {
	const settings = await findSettings(tx);
	const today = dayInParis(at);
	const openingDay = settings.opensOn ?? today;
	const { viewpoint, notes, rejected } = parseViewpoint(parameters, openingDay);
	return {
		viewpoint,
		settings,
		notes,
		rejected,
		asOf: viewpoint.asOf,
		knownOn: knownOn(viewpoint),
		today,
		presets: presetDays(openingDay, today)
	};
}
