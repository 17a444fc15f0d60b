import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** One of several values that a careful reader would take; null among them when silence is right too. */
export type OneOf = { any: (string | number | boolean | null)[] };
export type Scalar = string | number | boolean | null | OneOf;

/** What a fixture expects of one thing in a list: the quote says where it stands, `nth` which of several. */
export type Listed = { quote?: string; nth?: number } & Record<string, Scalar | undefined>;

export const HEADER_FIELDS = [
	'authority',
	'number',
	'sitting',
	'convened',
	'published',
	'received',
	'president',
	'secretary',
	'theme',
	'title'
] as const;

export const LISTS = ['amounts', 'counts', 'percentages', 'lost'] as const;
export type ListName = (typeof LISTS)[number];

/**
 * The reading that a careful person expects of an act, in the form that `npm run act:read` prints.
 * Where a quote stands for a span, the span is found in the text.
 */
export type Expected = {
	/** What the act is there for, in a line. */
	about: string;
	attendance: Record<string, Scalar>;
	vote: Record<string, Scalar> | null;
	decisions: { verb: string; text: string }[];
	/** How many checks fail; none unless it is said. */
	failed_checks?: Scalar;
	/** Names of what this act does not judge: `counts`, `title`, `attendance.represented`, `vote.against`. */
	unjudged?: string[];
	/** Quotes that may be read or not: neither is a mistake. */
	tolerated?: { quote: string; nth?: number }[];
} & Record<(typeof HEADER_FIELDS)[number], Scalar> &
	Record<ListName, Listed[]>;

export type Fixture = { name: string; heldOut: boolean; text: string; expected: Expected };

const FOLDER = import.meta.dirname;

/** The texts of the two acts of the seed, which are kept once. */
const REAL_TEXTS = join(FOLDER, '../../src/lib/server/acts/texts');

/** Every act of the folder with its expected reading, in the order of their names. */
export function listFixtures(): Fixture[] {
	return globSync(['*.json', 'held-out/*.json'], { cwd: FOLDER })
		.sort()
		.map((file) => {
			const name = basename(file, '.json');
			const beside = join(FOLDER, file.replace(/json$/, 'txt'));
			const text = existsSync(beside) ? beside : join(REAL_TEXTS, `${name}.txt`);
			return {
				name,
				heldOut: file.startsWith('held-out'),
				text: readFileSync(text, 'utf8'),
				expected: JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Expected
			};
		});
}

/** Where a quote stands in a text, null when it does not. */
export function placeOf(
	text: string,
	quote: string,
	nth = 1
): { start: number; end: number } | null {
	let start = -1;
	for (let seen = 0; seen < nth; seen += 1) {
		start = text.indexOf(quote, start + 1);
		if (start < 0) return null;
	}
	return { start, end: start + quote.length };
}
