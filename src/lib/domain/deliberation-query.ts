import { parseDay, type Day } from '#lib/domain/day.ts';
import { isSlug } from '#lib/domain/identifier.ts';
import { typeset } from '#lib/domain/typography.ts';

/** The act after which a page begins. */
export type DeliberationCursor = { sittingOn: Day; slug: string };

/** What is asked of the list of acts. Nothing asked is null. */
export type DeliberationQuery = {
	/** Words, as they are typed into a search: « entre guillemets » to the letter, -without. */
	words: string | null;
	from: Day | null;
	to: Day | null;
	/** The name of a programme in an address. */
	programme: string | null;
	theme: string | null;
	after: DeliberationCursor | null;
};

/** The parameters of the address that narrow the list down. */
export const DELIBERATION_FILTERS = ['q', 'du', 'jusquau', 'programme', 'theme'] as const;

const LONGEST_WORDS = 200;

/** Reads the address of the list of acts. What cannot be read is left out, and said. */
export function parseDeliberationQuery(parameters: URLSearchParams): {
	query: DeliberationQuery;
	notes: string[];
} {
	const notes: string[] = [];
	const read = <Value>(name: string, parse: (text: string) => Value | null): Value | null => {
		const text = (parameters.get(name) ?? '').trim();
		const value = text === '' ? null : parse(text);
		if (text !== '' && value === null) {
			notes.push(typeset(`Dans l’adresse, « ${name} » n’a pas été compris et n’est pas appliqué.`));
		}
		return value;
	};
	const isPlain = (text: string) => !text.includes('\0') && text.isWellFormed();
	const query = {
		words: read('q', (text) => (isPlain(text) ? text.slice(0, LONGEST_WORDS) : null)),
		from: read('du', parseDay),
		to: read('jusquau', parseDay),
		programme: read('programme', (text) => (isSlug(text) ? text : null)),
		theme: read('theme', (text) => (isPlain(text) && text.length <= 500 ? text : null)),
		after: read('apres', decodeDeliberationCursor)
	};
	if (query.from && query.to && query.from > query.to) {
		notes.push(typeset('La date de début vient après la date de fin : rien ne peut convenir.'));
	}
	return { query, notes };
}

/** A place in the list, as the address writes it: `2020-12-17.logement`. */
export const encodeDeliberationCursor = ({ sittingOn, slug }: DeliberationCursor): string =>
	`${sittingOn}.${slug}`;

function decodeDeliberationCursor(text: string): DeliberationCursor | null {
	const sittingOn = parseDay(text.slice(0, 10));
	const slug = text.slice(11);
	return sittingOn && text.charAt(10) === '.' && isSlug(slug) ? { sittingOn, slug } : null;
}

/** Words as they are sought: without accents, curly marks straight, `œ` and the spaces of figures as they are typed. */
export const foldWords = (words: string): string =>
	words
		.normalize('NFD')
		.replace(/[\u0300-\u036F]/g, '')
		.replace(/[’‘\u00A0\u202F\u2009]/g, ' ')
		.replace(/[«»“”]/g, '"')
		.replace(/œ/g, 'oe')
		.replace(/Œ/g, 'OE');
