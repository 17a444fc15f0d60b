import { HEADER_FIELDS, LISTS, placeOf } from './fixture.ts';
import type { Fixture, Listed, ListName, OneOf, Scalar } from './fixture.ts';
import {
	sameAuthority,
	sameDecision,
	sameNumber,
	samePerson,
	sameText,
	sameThing,
	sameVerb
} from './likeness.ts';

/** A reading as `npm run act:read` prints it; whatever else it holds is not scored. */
export type PrintedReading = Record<string, unknown> & {
	attendance: Record<string, unknown>;
	vote: Record<string, unknown> | null;
	decisions: Printed[];
	checks: Printed[];
} & Record<ListName, Printed[]>;
type Printed = Record<string, unknown> & { start?: number; end?: number };

/** How many were there to be found, how many were found, and how many of those are right. */
export type Tally = { expected: number; found: number; right: number };
export type Mistake = { fixture: string; fact: string; expected: string; found: string };
export type Score = { tallies: Map<string, Tally>; mistakes: Mistake[] };

/** The part of what was found that is right; null when nothing was found. */
export const precision = ({ found, right }: Tally): number | null => (found ? right / found : null);

/** The part of what was there that was found; null when there was nothing. */
export const recall = ({ expected, right }: Tally): number | null =>
	expected ? right / expected : null;

/** Compares readings with what was expected of them, one kind of fact at a time. */
export function scoreReadings(
	readings: readonly { fixture: Fixture; reading: PrintedReading }[]
): Score {
	const score: Score = { tallies: new Map(), mistakes: [] };
	for (const { fixture, reading } of readings) {
		const entry = new Entry(score, fixture);
		for (const field of HEADER_FIELDS) {
			if (field in reading) {
				entry.scalar(field, fixture.expected[field], reading[field], SAME[field]);
			}
		}
		scoreGroup(entry, 'attendance', fixture.expected.attendance, reading.attendance);
		scoreVote(entry, reading);
		scoreDecisions(entry, reading);
		for (const list of LISTS) scoreList(entry, list, reading[list]);
		const failed = reading.checks.filter((check) => check.result === 'failed').length;
		entry.many('failed checks', fixture.expected.failed_checks ?? 0, failed);
	}
	return score;
}

type Same = (expected: string, found: string) => boolean;

const SAME: Partial<Record<string, Same>> = {
	authority: sameAuthority,
	number: sameNumber,
	president: samePerson,
	secretary: samePerson,
	theme: sameText,
	title: sameText
};

/** What one act adds to the score. */
class Entry {
	readonly score: Score;
	readonly fixture: Fixture;

	constructor(score: Score, fixture: Fixture) {
		this.score = score;
		this.fixture = fixture;
	}

	judges(fact: string): boolean {
		const [group = ''] = fact.split('.');
		const unjudged = this.fixture.expected.unjudged ?? [];
		return !unjudged.includes(fact) && !unjudged.includes(group);
	}

	add(fact: string, expected: number, found: number, right: number): void {
		const tally = this.score.tallies.get(fact) ?? { expected: 0, found: 0, right: 0 };
		tally.expected += expected;
		tally.found += found;
		tally.right += right;
		this.score.tallies.set(fact, tally);
	}

	miss(fact: string, expected: unknown, found: unknown): void {
		this.score.mistakes.push({
			fixture: this.fixture.name,
			fact,
			expected: say(expected),
			found: say(found)
		});
	}

	scalar(fact: string, expected: Scalar | undefined, found: unknown, same?: Same): void {
		if (expected === undefined || !this.judges(fact)) return;
		const allowed = isOneOf(expected) ? expected.any : [expected];
		const known = found !== null && found !== undefined;
		const right = known && allowed.some((value) => isSame(value, found, same));
		const silenceIsRight = allowed.includes(null);
		this.add(fact, silenceIsRight && !right ? 0 : 1, Number(known), Number(right));
		if (!right && (known || !silenceIsRight)) this.miss(fact, expected, found);
	}

	many(fact: string, expected: Scalar, found: number): void {
		if (!this.judges(fact)) return;
		if (isOneOf(expected) && expected.any.includes(found))
			return this.add(fact, found, found, found);
		const [number] = isOneOf(expected) ? expected.any : [expected];
		this.add(fact, Number(number), found, Math.min(Number(number), found));
		if (Number(number) !== found) this.miss(fact, expected, found);
	}
}

function scoreGroup(
	entry: Entry,
	group: string,
	expected: Record<string, Scalar>,
	found: Record<string, unknown>
): void {
	for (const [key, value] of Object.entries(expected)) {
		if (key in found) entry.scalar(`${group}.${key}`, value, found[key]);
	}
}

function scoreVote(entry: Entry, reading: PrintedReading): void {
	if (!entry.judges('vote')) return;
	const { vote } = entry.fixture.expected;
	entry.add(
		'vote',
		Number(vote !== null),
		Number(reading.vote !== null),
		Number(vote !== null && reading.vote !== null)
	);
	if (vote && reading.vote) scoreGroup(entry, 'vote', vote, reading.vote);
	else if (vote !== reading.vote) entry.miss('vote', vote, reading.vote);
}

function scoreDecisions(entry: Entry, reading: PrintedReading): void {
	if (!entry.judges('decisions')) return;
	const left = [...reading.decisions];
	const { decisions } = entry.fixture.expected;
	let right = 0;
	for (const decision of decisions) {
		const place = left.findIndex(
			(one) =>
				sameVerb(decision.verb, String(one.verb)) && sameDecision(decision.text, String(one.text))
		);
		if (place < 0) entry.miss('decisions', decision, null);
		else left.splice(place, 1);
		right += Number(place >= 0);
	}
	for (const { verb, text } of left) entry.miss('decisions', null, { verb, text });
	entry.add('decisions', decisions.length, reading.decisions.length, right);
}

/** What is asked of each thing of a list beside its place; the first decides whether it is right. */
const ASKED: Record<ListName, [string, ...string[]] | []> = {
	amounts: ['cents', 'precision_cents', 'kind', 'per', 'section'],
	counts: ['value', 'of'],
	percentages: ['value', 'of'],
	lost: []
};

function scoreList(entry: Entry, list: ListName, printed: readonly Printed[]): void {
	if (!entry.judges(list)) return;
	const { text, expected } = entry.fixture;
	const places = expected[list].map(({ quote, nth }) =>
		quote === undefined ? null : placeOf(text, quote, nth)
	);
	const left = new Set(printed);
	let right = 0;
	for (const [index, wanted] of expected[list].entries()) {
		const [value, ...others] = ASKED[list];
		const found = [...left].find(
			(one) =>
				touches(places[index] ?? null, one, list === 'lost' ? 30 : 0) &&
				(value === undefined || sameValue(wanted[value], one[value]))
		);
		if (!found) {
			entry.miss(list, wanted, null);
			continue;
		}
		left.delete(found);
		right += 1;
		for (const key of others) {
			const same = key === 'of' ? sameThing : key === 'per' ? samePer : undefined;
			entry.scalar(`${list}.${key}`, wanted[key], found[key], same);
		}
	}
	const tolerated = (expected.tolerated ?? []).map(({ quote, nth }) => placeOf(text, quote, nth));
	for (const one of left) {
		const may = tolerated.some((place) => place && touches(place, one));
		if (may || isSilent(one, expected[list])) left.delete(one);
		else entry.miss(list, null, one);
	}
	entry.add(list, expected[list].length, right + left.size, right);
}

/** Derived sums are written nowhere: they are known by their value alone. */
function touches(place: { start: number; end: number } | null, one: Printed, margin = 0): boolean {
	if (place === null) return true;
	const { start = 0, end = 0 } = one;
	return start < place.end + margin && end > place.start - margin;
}

/** A fixture may leave a thing to the reader: `{ "cents": …, "optional": true }` stands in tolerated instead. */
const isSilent = (one: Printed, expected: readonly Listed[]): boolean =>
	expected.some(({ quote, cents }) => quote === undefined && cents === one.cents);

const samePer: Same = (expected, found) => expected === found || sameThing(expected, found);

const isOneOf = (value: unknown): value is OneOf =>
	typeof value === 'object' && value !== null && 'any' in value;

function sameValue(expected: Scalar | undefined, found: unknown): boolean {
	const allowed = isOneOf(expected) ? expected.any : [expected];
	return allowed.some((value) => isSame(value, found));
}

function isSame(expected: unknown, found: unknown, same?: Same): boolean {
	if (same && typeof expected === 'string' && typeof found === 'string')
		return same(expected, found);
	return String(expected) === String(found);
}

function say(value: unknown): string {
	const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined');
	return text.length > 160 ? `${text.slice(0, 159)}…` : text;
}
