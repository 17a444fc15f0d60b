import { numberWordsIn } from '#lib/domain/act/figures/number-words.ts';
import type { Placed } from '#lib/domain/act/figures/placed-figure.ts';
import { YEAR } from '#lib/domain/act/figures/written-days.ts';
import type { ReadAmount } from '#lib/domain/act/reading.ts';
import type { ActText } from '#lib/domain/act/text.ts';
import { cents, LARGEST_CENTS } from '#lib/domain/money.ts';
import { NO_BREAK_SPACE } from '#lib/domain/numeral.ts';

const REACH = 420;
const NUMBER = '(?:(?<figures>\\d{1,2})|(?<words>[a-z]+(?:-[a-z]+)?))';
const DURATION = new RegExp(
	`\\b(?:pendant|durant|sur|duree(?: [a-z]+)? de|periode(?: [a-z]+)? de|soit|pour|au cours des|prochaine?s|couvr[a-z]+)[ \\n(]{1,2}(?:les |ces |une (?:duree|periode) de )?${NUMBER}(?: \\([a-z0-9]+\\))?[ \\n]{1,2}(?:prochaines? |premieres? )?(?<unit>ans?|annees?|mois|trimestres?|exercices?)(?![a-z])`,
	'g'
);
const YEARS = new RegExp(
	`\\b(?:sur|pour|pendant|durant)[ \\n](?:la periode|les annees|les exercices|chacune des annees)[ \\n](?<first>${YEAR})(?:, ?${YEAR}){0,4}(?: ?[-/] ?| et | a )(?<last>${YEAR})(?![\\d/-])`,
	'g'
);
/** What makes the whole unknown: more years may follow, or the sum will not stay the same. */
const UNSURE =
	/renouvelable|tacite|reconduct|reconduire|index(?:e|ation)|revis(?:e|able|ion)|degressi|progressi|la premiere annee|annee suivante/;

const RECURRENCES = {
	year: { unit: /^(?:an|annee|exercice)/, plural: 'années' },
	month: { unit: /^mois/, plural: 'mois' },
	quarter: { unit: /^trimestre/, plural: 'trimestres' }
} as const;

/**
 * Totals that no sentence writes: what comes every year, for a stated number of years. Reckoned only
 * where one duration, and no other, stands with the amount in its sentence or the next.
 */
export function withDerived(
	text: ActText,
	amounts: readonly Placed<ReadAmount>[]
): Placed<ReadAmount>[] {
	const written = new Set(amounts.map(({ figure }) => figure.cents));
	return amounts.flatMap((amount, index) => {
		const next = amounts[index + 1]?.plain.start ?? text.plain.length;
		const total = totalOf(text, amount, next);
		return total && !written.has(total.figure.cents) ? [amount, total] : [amount];
	});
}

function totalOf(
	{ plain }: ActText,
	{ figure, plain: place }: Placed<ReadAmount>,
	next: number
): Placed<ReadAmount> | null {
	if (figure.kind !== 'amount' || figure.cents <= 0n) return null;
	if (figure.per !== 'year' && figure.per !== 'month' && figure.per !== 'quarter') return null;
	const { unit, plural } = RECURRENCES[figure.per];
	const count = countOf(scopeOf(plain, place.start, next), unit);
	if (count === null || figure.cents * BigInt(count) > LARGEST_CENTS) return null;
	const written = figure.quote.replace(/\s+/gu, NO_BREAK_SPACE);
	return {
		plain: place,
		figure: {
			...figure,
			cents: cents(figure.cents * BigInt(count)),
			precisionCents: cents(figure.precisionCents * BigInt(count)),
			kind: 'derived',
			per: null,
			formula: `${written} × ${count}${NO_BREAK_SPACE}${plural}`
		}
	};
}

/** The only number of times that a scope states, null where it states none, several, or leaves it open. */
function countOf(scope: string, unit: RegExp): number | null {
	if (UNSURE.test(scope)) return null;
	const counts = new Set<number>();
	for (const { groups = {} } of scope.matchAll(DURATION)) {
		const count = groups.figures ? Number(groups.figures) : inWords(groups.words ?? '');
		if (count !== null) counts.add(unit.test(groups.unit ?? '') ? count : 0);
	}
	if (counts.size === 0 && unit.test('annee')) {
		for (const { groups = {} } of scope.matchAll(YEARS)) {
			counts.add(Number(groups.last) - Number(groups.first) + 1);
		}
	}
	const [count = 0] = counts;
	return counts.size === 1 && count >= 2 ? count : null;
}

function inWords(words: string): number | null {
	const [number] = numberWordsIn(words);
	return number && number.start === 0 && number.end === words.length ? Number(number.value) : null;
}

/** The sentence of the amount and the next one of its paragraph, no further than the next amount. */
function scopeOf(plain: string, start: number, next: number): string {
	const before = plain.slice(Math.max(0, start - REACH), start);
	const opening = Math.max(
		before.lastIndexOf('\n\n'),
		before.lastIndexOf('. '),
		before.lastIndexOf('\n-'),
		before.lastIndexOf(';')
	);
	const after = plain.slice(start, Math.min(start + REACH, next));
	const paragraph = after.split(/\n *\n|\n *(?:-|\d{1,2}[.)°])/, 1)[0] ?? '';
	const sentences = paragraph.split(/(?<=[a-z)]{2})\.(?=\s)/);
	return `${before.slice(opening + 1)}${sentences.slice(0, 2).join('. ')}`;
}
