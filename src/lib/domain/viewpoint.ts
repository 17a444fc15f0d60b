import {
	dayInParis,
	endOfDayInParis,
	formatDay,
	parseDay,
	yearOf,
	type Day
} from '#lib/domain/day.ts';
import { typeset } from '#lib/domain/typography.ts';

/**
 * From where the books are looked at: the figures as of the end of day `asOf`, with what was recorded
 * strictly before the instant `knownAt` (null: all that is known now). `?au=` and `?connu=` in an address.
 */
export type Viewpoint = { asOf: Day; knownAt: Date | null };

export type ParsedViewpoint = {
	viewpoint: Viewpoint;
	/** French sentences about what was asked and could not be followed. */
	notes: string[];
	/** The names of the parameters that could not be read: the API refuses them, pages fall back. */
	rejected: ('au' | 'connu')[];
};

/** Reads `?au=2022-06-30&connu=2022-07-15`. What cannot be read falls back to the opening day, and says so. */
export function parseViewpoint(parameters: URLSearchParams, openingDay: Day): ParsedViewpoint {
	const asOf = readDay(parameters, 'au');
	const knownOn = readDay(parameters, 'connu');
	const parsed: ParsedViewpoint = {
		viewpoint: {
			asOf: asOf ?? openingDay,
			knownAt: knownOn ? endOfDayInParis(knownOn) : null
		},
		notes: [],
		rejected: []
	};
	if (asOf === null) {
		parsed.notes.push(
			typeset(`La date demandée n’existe pas : voici la situation au ${formatDay(openingDay)}.`)
		);
		parsed.rejected.push('au');
	}
	if (knownOn === null) {
		parsed.notes.push(
			typeset(
				'La date de connaissance demandée n’existe pas : voici les chiffres connus aujourd’hui.'
			)
		);
		parsed.rejected.push('connu');
	}
	return parsed;
}

/** The parameters that lead back to a viewpoint, on whichever day pages open: `au=2022-06-30`. */
export function viewpointParameters(viewpoint: Viewpoint): URLSearchParams {
	const parameters = new URLSearchParams({ au: viewpoint.asOf });
	const known = knownOn(viewpoint);
	if (known) parameters.set('connu', known);
	return parameters;
}

/** The last Paris day whose records are seen, null when all are. */
export const knownOn = (viewpoint: Viewpoint): Day | null =>
	viewpoint.knownAt && dayInParis(new Date(viewpoint.knownAt.getTime() - 1));

/** `Au 30 juin 2022`, `Au 30 juin 2022, tel que connu le 15 juillet 2022`. */
export function describeViewpoint(viewpoint: Viewpoint): string {
	const known = knownOn(viewpoint);
	const situation = `Au ${formatDay(viewpoint.asOf)}`;
	return known ? `${situation}, tel que connu le ${formatDay(known)}` : situation;
}

/** Days to choose from: the ends of the two years before the opening day, that day, and today, each once. */
export function presetDays(openingDay: Day, today: Day): Day[] {
	const year = yearOf(openingDay);
	const endsOfYears = [year - 2, year - 1].map((past) => parseDay(`${past}-12-31`));
	return [...new Set([...endsOfYears.filter((date) => date !== null), openingDay, today])];
}

/** Undefined when the parameter is absent, null when it is no day. */
function readDay(parameters: URLSearchParams, name: string): Day | null | undefined {
	const text = parameters.get(name);
	return text === null || text === '' ? undefined : parseDay(text);
}
