import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cents, formatEuros, formatEurosShort, toDecimal, type Cents } from '#lib/domain/money.ts';
import { writtenPrecision } from '#lib/domain/precision.ts';
import { figuresOf, inAct } from './read.ts';

const ACTS = new URL('../../../../src/lib/server/acts/texts/', import.meta.url);
const act = (name: string) => figuresOf(readFileSync(new URL(`${name}.txt`, ACTS), 'utf8'));

describe('the two acts we know', () => {
	const aids = act('2020-12-17-action-logement');
	const convention = act('2021-09-30-logement-d-abord');

	it('have the amounts of the design, each under its whole', () => {
		expect(aids.amounts.map(({ quote, partOf }) => [quote, partOf])).toEqual([
			['15,2 M€', null],
			['4,2 M€', 0],
			['8,6 M€', 0],
			['2,2 M€', 0],
			['236 000 €', 0],
			['15,4 M€', null],
			['30 M€', null],
			['15 M€', 6],
			['15 M€', 6]
		]);
	});

	it('have the counts of the design, each under its whole', () => {
		expect(aids.counts.map(({ value, partOf }) => [value, partOf])).toEqual([
			[9363, null],
			[268, 0],
			[5823, 0],
			[2072, null],
			[1575, 0],
			[391, 0],
			[1306, 0],
			[2027, null]
		]);
		expect(aids.percentages.map(({ value, of }) => [value, of])).toEqual([
			[52, 'PLUS'],
			[38, 'PLAI'],
			[7, 'PLS'],
			[4, 'LI']
		]);
		expect(aids.lost).toEqual([]);
	});

	it('promise one total that is written nowhere: two years, and not five', () => {
		expect(
			convention.amounts.map(({ kind, cents: value, per, formula }) => [kind, value, per, formula])
		).toEqual([
			['amount', 49_400_000n, 'year', null],
			['derived', 98_800_000n, null, '494\u00A0000\u00A0€ × 2\u00A0années'],
			['amount', 49_400_000n, 'year', null]
		]);
		expect(convention.counts).toEqual([]);
		expect(convention.percentages).toEqual([]);
	});
});

describe('any amount', () => {
	const anyCents = fc.bigInt({ min: 0n, max: 10n ** 12n }).map((value) => cents(value));
	const SPACES = [' ', '\u00A0', '\u202F', '\u2009'];
	const written: ((amount: Cents) => string)[] = [
		formatEuros,
		...SPACES.map((space) => (amount: Cents) => formatEuros(amount).replace(/\s/gu, space)),
		(amount) => formatEuros(amount).replace(/\s(?=€)/u, ''),
		(amount) => formatEuros(amount).replace('€', 'euros'),
		(amount) => formatEuros(amount).replace('€', '€uros TTC'),
		(amount) => `${toDecimal(amount)} € HT`,
		(amount) => `${toDecimal(amount).replace('.', ',')} EUR`,
		(amount) => `${formatEuros(amount).replace(/\s(?!€)/gu, '.')}`
	];

	it('reads back the same, once, however it is written', () => {
		fc.assert(
			fc.property(anyCents, fc.constantFrom(...written), (amount, write) => {
				const { amounts } = figuresOf(inAct(`Une subvention de ${write(amount)} est votée.`));
				expect(amounts.map((one) => one.cents)).toEqual([amount]);
			}),
			{ numRuns: 400 }
		);
	});

	it('written in short reads back what it says, with what it leaves open', () => {
		fc.assert(
			fc.property(anyCents, (amount) => {
				const short = formatEurosShort(amount);
				const figure = writtenPrecision(short);
				const { amounts } = figuresOf(inAct(`Une subvention de ${short} est votée.`));
				const said = figure?.kind === 'amount' ? [[figure.valueCents, figure.precisionCents]] : [];
				expect(amounts.map((one) => [one.cents, one.precisionCents])).toEqual(said);
			})
		);
	});
});

describe('any text', () => {
	const word = fc.constantFrom(
		...'la subvention annuelle de 494 000 € dont et à pour 2 ans 1 000 15,2 M€ mille euros % 52% logements . , ; : \n \t | - ( ) en k€ (en k€) total soit du 1er janvier 2021 au 31 décembre 2022 2020-2022 deux cent e\u0301 \u00A0 ± de € montant'.split(
			' '
		)
	);
	const anyText = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 300 }),
		fc.array(word, { maxLength: 60 }).map((words) => words.join(' ')),
		fc.array(word, { maxLength: 60 }).map((words) => words.join(''))
	);

	it('is read without failing, and every span quotes it', () => {
		fc.assert(
			fc.property(anyText, (words) => {
				const source = inAct(words);
				const { amounts, counts, percentages, periods, days, lost } = figuresOf(source);
				for (const list of [amounts, counts, percentages, periods, days, lost]) {
					for (const { start, end, quote } of list) {
						expect(source.slice(start, end)).toBe(quote);
						expect(quote.trim()).toBe(quote);
					}
				}
				const own = amounts.filter(({ kind }) => kind !== 'derived');
				for (const [index, { start }] of own.entries()) {
					expect(start).toBeGreaterThanOrEqual(own[index - 1]?.end ?? 0);
				}
				for (const { partOf } of amounts) expect(amounts[partOf ?? 0] ?? null).not.toBeUndefined();
			}),
			{ numRuns: 500 }
		);
	});

	it.each([
		'7',
		' ',
		'\n',
		'1 000 ',
		'€',
		'1 000 €\n',
		'deux ',
		'12 mars 2021 ',
		'(en k€)\n',
		'a 5 €\ntotal 10 €\n'
	])('of a megabyte of %j is read in a moment', (piece) => {
		const source = `conseil ${piece.repeat(1_000_000 / piece.length)}`;
		const before = process.cpuUsage();
		figuresOf(source);
		// Time of our own processor, in microseconds: others may be busy with theirs.
		expect(process.cpuUsage(before).user).toBeLessThan(1_500_000);
	});
});
