import { expect, it } from 'vitest';
import { checkCitedSums, type CitedPart } from '#lib/domain/act/cited-sums.ts';
import { formatCitedValue, formatWrittenPrecision } from '#lib/domain/act/cited-value.ts';
import { describeVote } from '#lib/domain/act/vote-words.ts';
import { day } from '#lib/domain/day.ts';
import { writtenPrecision } from '#lib/domain/precision.ts';

/** A figure as it is stored once an act has been read. */
function cited(id: string, quote: string, wholeCitationId: string | null = null): CitedPart {
	const figure = writtenPrecision(quote);
	const none = {
		amountCents: null,
		precisionCents: null,
		number: null,
		precision: null,
		day: null
	};
	const base = { ...none, id, quote, wholeCitationId };
	if (!figure) return { ...base, kind: 'words' };
	if (figure.kind === 'amount') {
		const { valueCents: amountCents, precisionCents } = figure;
		return { ...base, kind: 'amount', amountCents, precisionCents };
	}
	const precision = figure.kind === 'count' ? 0 : figure.precision;
	return { ...base, kind: figure.kind, number: figure.value, precision };
}

/** Spaces of every width as a plain one, so that the table below can be typed. */
const plain = (text: string | null) => text?.replace(/[\u00A0\u202F]/g, ' ') ?? null;

it.each([
	['15,2 M€', '15 200 000 €', '± 50 000 €'],
	['30 M€', '30 000 000 €', '± 500 000 €'],
	['236 000 €', '236 000 €', '± 0,50 €'],
	['9 363', '9 363', null],
	['52%', '52 %', '± 0,5 point'],
	['engagements réciproques', null, null]
])('reads « %s » as %s, with %s left open by the writing', (quote, value, precision) => {
	const citation = cited('a', quote);
	expect(plain(formatCitedValue(citation))).toBe(value);
	expect(plain(formatWrittenPrecision(citation))).toBe(precision);
});

it('writes a cited day out', () => {
	const citation = { ...cited('a', 'x'), kind: 'date' as const, day: day('2020-12-17') };
	expect(plain(formatCitedValue(citation))).toBe('17 décembre 2020');
});

it('checks each cited figure against its parts, and shares against 100 %', () => {
	const citations = [
		cited('aids', '9 363'),
		cited('amount', '15,2 M€'),
		...['268', '5 823', '1 575', '391', '1 306'].map((quote) => cited(quote, quote, 'aids')),
		...['4,2 M€', '8,6 M€', '2,2 M€', '236 000 €'].map((quote) => cited(quote, quote, 'amount')),
		cited('dwellings', '2 027'),
		...['52%', '38%', '7%', '4%'].map((quote) => cited(quote, quote, 'dwellings'))
	];
	expect(
		checkCitedSums(citations).map((check) => [
			check.wholeCitationId,
			check.result,
			plain(check.name),
			plain(check.message)
		])
	).toEqual([
		['aids', 'passed', 'Parties de « 9 363 »', '268 + 5 823 + 1 575 + 391 + 1 306 = 9 363.'],
		[
			'amount',
			'within_rounding',
			'Parties de « 15,2 M€ »',
			'4,2 M€ + 8,6 M€ + 2,2 M€ + 236 000 € = 15 236 000 €, soit 15,2 M€ à l’arrondi près.'
		],
		[
			'dwellings',
			'within_rounding',
			'Parts de « 2 027 »',
			'52% + 38% + 7% + 4% = 101 %, soit 100 % à l’arrondi près.'
		]
	]);
});

it('never adds a part of another kind to a figure', () => {
	expect(checkCitedSums([cited('amount', '15,2 M€'), cited('part', '268', 'amount')])).toEqual([]);
});

it.each([
	[{ for: 83, against: 0, abstention: 0, notVoting: 0 }, '83 voix pour, 0 contre'],
	[
		{ for: 70, against: 8, abstention: 1, notVoting: 4 },
		'70 voix pour, 8 contre, 1 abstention, 4 ne se prononcent pas'
	],
	[{ for: null, against: 2, abstention: null, notVoting: null }, '2 voix contre'],
	[{ for: null, against: null, abstention: null, notVoting: null }, null]
])('says a vote in words: %o', (vote, words) => {
	expect(plain(describeVote(vote))).toBe(words);
});
