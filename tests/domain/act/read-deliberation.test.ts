import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readDeliberation } from '#lib/domain/act/read-deliberation.ts';
import { readingAsJson } from '#lib/domain/act/reading-as-json.ts';
import type { ActReading } from '#lib/domain/act/reading.ts';
import { ACTION_LOGEMENT as FIRST_ACT } from '#lib/server/acts/action-logement.ts';
import { LOGEMENT_D_ABORD as SECOND_ACT } from '#lib/server/acts/logement-d-abord.ts';
import type { Act } from '#lib/server/acts/act.ts';

const ACTION_LOGEMENT_ACT = FIRST_ACT.act;
const LOGEMENT_D_ABORD_ACT = SECOND_ACT.act;

/** The words of a passage that the seed cites. */
const cited = (act: Act, name: string) => act.passages[name]?.quote;

const textOf = (act: Act) => readFileSync(`src/lib/server/acts/texts/${act.file}`, 'utf8');
const ACTION_LOGEMENT = readDeliberation(textOf(ACTION_LOGEMENT_ACT));
const LOGEMENT_D_ABORD = readDeliberation(textOf(LOGEMENT_D_ABORD_ACT));

const plain = (text: string) => text.replaceAll(/[\u00A0\u202F]/gu, ' ');
const quotes = (found: readonly { quote: string }[]) => found.map(({ quote }) => quote);
const sums = (reading: ActReading) =>
	reading.amounts.map(({ quote, cents, per, kind, partOf }) => [quote, cents, per, kind, partOf]);
const promises = (reading: ActReading) =>
	reading.promises.map((promise) => ({
		amount: reading.amounts[promise.amount]?.quote,
		giver: promise.giver?.value,
		receiver: promise.receiver?.value,
		purpose: promise.purpose?.value,
		period: promise.period?.value,
		strength: promise.strength?.value,
		circuit: promise.circuit?.value
	}));
const checks = (reading: ActReading) =>
	reading.checks.map(({ name, result }) => [plain(name), result]);

describe('the act of 17 December 2020', () => {
	it('has the head, the attendance and the vote that the council wrote', () => {
		expect(readingAsJson(ACTION_LOGEMENT)).toMatchObject({
			authority: 'Dijon Métropole',
			number: null,
			sitting: '2020-12-17',
			convened: '2020-12-11',
			president: 'REBSAMEN',
			secretary: 'LACHAMBRE',
			title: ACTION_LOGEMENT_ACT.title,
			attendance: { in_office: 86, present: 74, proxies: 9, absent: 3 },
			vote: { for: 83, against: 0, abstention: 0, not_voting: 0, implied: false }
		});
	});

	it('decides twice, in the words of the act', () => {
		expect(ACTION_LOGEMENT.decisions.map(({ verb, text }) => ({ verb, quote: text }))).toEqual(
			ACTION_LOGEMENT_ACT.decisions
		);
	});

	it('has nine sums, of which parts name their whole', () => {
		expect(sums(ACTION_LOGEMENT)).toEqual([
			['15,2 M€', 1_520_000_000n, null, 'amount', null],
			['4,2 M€', 420_000_000n, null, 'amount', 0],
			['8,6 M€', 860_000_000n, null, 'amount', 0],
			['2,2 M€', 220_000_000n, null, 'amount', 0],
			['236 000 €', 23_600_000n, null, 'amount', 0],
			['15,4 M€', 1_540_000_000n, null, 'amount', null],
			['30 M€', 3_000_000_000n, null, 'amount', null],
			['15 M€', 1_500_000_000n, null, 'amount', 6],
			['15 M€', 1_500_000_000n, null, 'amount', 6]
		]);
	});

	it('promises two sums: intentions of Action Logement, which pays its own beneficiaries', () => {
		const promise = {
			amount: '15 M€',
			giver: 'Action Logement Services',
			receiver: undefined,
			period: { startsOn: '2020-01-01', endsOn: '2022-12-31' },
			strength: 'intention',
			circuit: 'off_budget'
		};
		expect(promises(ACTION_LOGEMENT)).toEqual([
			{ ...promise, purpose: cited(ACTION_LOGEMENT_ACT, 'pathwaysPurpose') },
			{ ...promise, purpose: cited(ACTION_LOGEMENT_ACT, 'newHousingPurpose') }
		]);
	});

	it('lists four lines of use and six reciprocal undertakings, and says one more', () => {
		const undertakings = ACTION_LOGEMENT.lists.filter(({ kind }) => kind === 'undertaking');
		expect(quotes(undertakings).slice(0, 6)).toEqual(
			['attractiveness', 'knowledge', 'economy', 'inclusion', 'transition', 'institutions'].map(
				(name) => cited(ACTION_LOGEMENT_ACT, name)
			)
		);
		expect(quotes(undertakings).slice(6)).toEqual([
			expect.stringMatching(/^Dijon métropole s'engage à mobiliser .* prévus\.$/u)
		]);
		expect(ACTION_LOGEMENT.lists.filter(({ kind }) => kind === 'item')).toHaveLength(4);
	});

	it('amends an agreement that its reasons name', () => {
		expect(
			ACTION_LOGEMENT.agreements.map(({ kind, quote, section }) => [kind, quote, section])
		).toEqual([
			[
				'agreement',
				'Une nouvelle convention de partenariat a été approuvée par délibération du 30 mars 2017',
				'statement_of_reasons'
			],
			['amendment', cited(ACTION_LOGEMENT_ACT, 'amendment'), 'decision']
		]);
	});

	it('agrees with itself, twice to the rounding', () => {
		expect(checks(ACTION_LOGEMENT)).toEqual([
			['Votants et voix', 'passed'],
			['Présents, procurations et absents', 'passed'],
			['Présents et noms listés', 'passed'],
			['Procurations et pouvoirs listés', 'passed'],
			['Parties de « 15,2 M€ »', 'within_rounding'],
			['Parties de « 30 M€ »', 'passed'],
			['Parties de « 9 363 »', 'passed'],
			['Parts de « 2 027 »', 'within_rounding'],
			['Convocation et séance', 'passed']
		]);
	});
});

describe('the act of 30 September 2021', () => {
	it('has the head, the attendance and the vote that the council wrote', () => {
		expect(readingAsJson(LOGEMENT_D_ABORD)).toMatchObject({
			authority: 'Dijon Métropole',
			number: null,
			sitting: '2021-09-30',
			convened: '2021-09-24',
			president: 'REBSAMEN',
			secretary: 'LACHAMBRE',
			title: LOGEMENT_D_ABORD_ACT.title,
			attendance: { in_office: 86, present: 75, proxies: 8, absent: 3 },
			vote: { for: 83, against: 0, abstention: 0, not_voting: 0, implied: false }
		});
	});

	it('decides three times, in the words of the act', () => {
		expect(LOGEMENT_D_ABORD.decisions.map(({ verb, text }) => ({ verb, quote: text }))).toEqual(
			LOGEMENT_D_ABORD_ACT.decisions
		);
	});

	it('has a yearly sum twice, and a total that it does not write', () => {
		expect(sums(LOGEMENT_D_ABORD)).toEqual([
			['494 000 €', 49_400_000n, 'year', 'amount', null],
			['494 000 €', 98_800_000n, null, 'derived', null],
			['494 000 €', 49_400_000n, 'year', 'amount', null]
		]);
	});

	it('promises the sum once, where it is decided: a firm earmarked revenue of two years', () => {
		expect(promises(LOGEMENT_D_ABORD)).toEqual([
			{
				amount: '494 000 €',
				giver: 'État',
				receiver: 'Dijon Métropole',
				purpose: cited(LOGEMENT_D_ABORD_ACT, 'grantPurpose'),
				period: { startsOn: '2021-01-01', endsOn: '2022-12-31' },
				strength: 'firm',
				circuit: 'earmarked_revenue'
			}
		]);
	});

	it('has objectives as a tree', () => {
		expect(LOGEMENT_D_ABORD.lists.map(({ quote, parent, kind }) => [quote, parent, kind])).toEqual([
			[cited(LOGEMENT_D_ABORD_ACT, 'access'), null, 'objective'],
			[cited(LOGEMENT_D_ABORD_ACT, 'publicHousing'), 0, 'objective'],
			[cited(LOGEMENT_D_ABORD_ACT, 'platform'), 0, 'objective'],
			[cited(LOGEMENT_D_ABORD_ACT, 'support'), 0, 'objective'],
			[cited(LOGEMENT_D_ABORD_ACT, 'keeping'), null, 'objective'],
			[cited(LOGEMENT_D_ABORD_ACT, 'outreach'), 4, 'objective'],
			[cited(LOGEMENT_D_ABORD_ACT, 'securing'), 4, 'objective'],
			[cited(LOGEMENT_D_ABORD_ACT, 'tripleConcern'), null, 'objective']
		]);
	});

	it('signs one agreement', () => {
		expect(LOGEMENT_D_ABORD.agreements).toMatchObject([
			{
				kind: 'agreement',
				quote: cited(LOGEMENT_D_ABORD_ACT, 'agreement'),
				title: "convention Logement d'abord"
			}
		]);
	});
});

describe('a text that is no act', () => {
	it.each([
		['nothing', ''],
		['blanks', ' \n\t\n '],
		['a shopping list', '- 2 baguettes\n- 3 yaourts nature\n- du lait\n- 500 g de beurre'],
		['a poem', 'Mignonne, allons voir si la rose\nQui ce matin avait déclose\nSa robe de pourpre']
	])('%s gives nothing, and no zero', (_name, text) => {
		const { header, attendance, vote, ...lists } = readDeliberation(text);
		const { found, ...json } = readingAsJson(readDeliberation(text));
		expect(Object.values(header).map(({ value }) => value)).toEqual(Array(10).fill(null));
		expect(Object.values(attendance).map(({ counted }) => counted)).toEqual(Array(7).fill(null));
		expect(vote).toBeNull();
		expect(Object.values(lists).flat()).toEqual([]);
		expect(Object.values(json.attendance)).toEqual(Array(7).fill(null));
		expect(Object.values(found).flat()).toEqual([]);
	});
});
