import { describe, expect, it } from 'vitest';
import { day } from '#lib/domain/day.ts';
import {
	buildScdlLine,
	findScdlProblems,
	SCDL_COLUMNS,
	type PublishedAct
} from '#lib/domain/scdl-deliberation.ts';
import { isSiren, isSiret } from '#lib/domain/siret.ts';

/** An act with all that its publication needs. */
const ACT: PublishedAct = {
	authority: 'Dijon Métropole',
	siret: '24210041000016',
	number: '2020-12-17_031',
	sittingOn: day('2020-12-17'),
	matterCode: '8.5',
	matterName: 'Politique de la ville, habitat, logement',
	title: 'Convention « logement », avenant',
	budgetYear: 2021,
	budgetName: 'Budget principal',
	prefectureId: 'PREF021',
	prefectureOn: day('2020-12-22'),
	inOffice: 86,
	present: 74,
	proxies: 9,
	voting: null,
	votesFor: 83,
	votesAgainst: 0,
	abstentions: 0,
	notVoting: 0,
	notTakingPart: null,
	voteImplied: false,
	url: 'https://www.metropole-dijon.fr/actes/031.pdf'
};

/** The schema of the standard, column by column: its pattern, and whether it must be there. */
const SCHEMA: [string, RegExp, boolean][] = [
	['COLL_NOM', /^.+$/, true],
	['COLL_SIRET', /^\d{14}$/, true],
	['DELIB_ID', /^.+$/, true],
	['DELIB_DATE', /^\d{4}-\d{2}-\d{2}$/, true],
	['DELIB_MATIERE_CODE', /^\d\.\d{1,2}$/, true],
	['DELIB_MATIERE_NOM', /^.+$/, true],
	['DELIB_OBJET', /^.+$/, true],
	['BUDGET_ANNEE', /^\d{4}$/, false],
	['BUDGET_NOM', /^.+$/, false],
	['PREF_ID', /^PREF\d{2}[\dAB]$/, false],
	['PREF_DATE', /^\d{4}-\d{2}-\d{2}$/, false],
	['VOTE_EFFECTIF', /^\d+$/, false],
	['VOTE_REEL', /^\d+$/, false],
	['VOTE_POUR', /^\d+$/, false],
	['VOTE_CONTRE', /^\d+$/, false],
	['VOTE_ABSTENTION', /^\d+$/, false],
	['DELIB_URL', /^https?:\/\/\S+$/, false]
];

const problemsOf = (change: Partial<PublishedAct>): string[] =>
	findScdlProblems({ ...ACT, ...change }).map(({ column }) => column);

describe('a line of the open data of deliberations', () => {
	it('has the columns of the schema, in their order, each in its shape', () => {
		expect([...SCDL_COLUMNS]).toEqual(SCHEMA.map(([name]) => name));
		for (const act of [
			ACT,
			{ ...ACT, url: null, votesFor: null, budgetYear: null, budgetName: null }
		]) {
			expect(findScdlProblems(act)).toEqual([]);
			const line: Record<string, string> = buildScdlLine(act);
			for (const [name, shape, isRequired] of SCHEMA) {
				const value = line[name] ?? '';
				expect(value === '' ? !isRequired : shape.test(value), `${name} ${value}`).toBe(true);
			}
		}
	});

	it('has all five columns of the vote, whose sums agree, or none', () => {
		const line = buildScdlLine({ ...ACT, votesFor: 80, votesAgainst: 2, abstentions: 1 });
		expect([line.VOTE_EFFECTIF, line.VOTE_REEL]).toEqual(['86', '83']);
		expect(Number(line.VOTE_POUR) + Number(line.VOTE_CONTRE) + Number(line.VOTE_ABSTENTION)).toBe(
			83
		);
		const empty = {
			VOTE_EFFECTIF: '',
			VOTE_REEL: '',
			VOTE_POUR: '',
			VOTE_CONTRE: '',
			VOTE_ABSTENTION: ''
		};
		for (const unknown of [{ votesAgainst: null }, { inOffice: null }, { voteImplied: true }]) {
			expect(buildScdlLine({ ...ACT, ...unknown })).toMatchObject(empty);
		}
	});
});

describe('an act is not published, and says why,', () => {
	it.each<[string, Partial<PublishedAct>, string[]]>([
		['without the SIRET of its authority', { siret: null }, ['COLL_SIRET']],
		['with a SIRET whose digits do not check', { siret: '24210041000000' }, ['COLL_SIRET']],
		['without a number', { number: null }, ['DELIB_ID']],
		['without a matter', { matterCode: null, matterName: null }, ['DELIB_MATIERE_CODE']],
		['with half of a budget', { budgetName: null }, ['BUDGET_ANNEE']],
		['received before it was voted', { prefectureOn: day('2020-12-16') }, ['PREF_DATE']],
		['when somebody did not say', { notVoting: 3 }, ['VOTE_REEL']],
		['when the votes are not those of the voters', { votesFor: 82 }, ['VOTE_REEL']],
		['when more voted than sit', { inOffice: 80 }, ['VOTE_EFFECTIF']],
		[
			'for each thing that it lacks',
			{ siret: null, number: null, notVoting: 1 },
			['COLL_SIRET', 'DELIB_ID', 'VOTE_REEL']
		]
	])('%s', (_, change, expected) => expect(problemsOf(change)).toEqual(expected));

	it('but is when somebody took no part in the vote', () => {
		expect(problemsOf({ notTakingPart: 2, votesFor: 81 })).toEqual([]);
	});
});

describe('a SIRET', () => {
	it.each(['24210041000016', '73282932000074', '35600000000048', '35600000049837'])(
		'%s is one',
		(text) => expect(isSiret(text)).toBe(true)
	);
	it.each([
		'24210041000000',
		'2421004100001',
		'242100410000161',
		'ABCDEFGHIJKLMN',
		'35600000049838',
		''
	])('« %s » is none', (text) => expect(isSiret(text)).toBe(false));
	it('begins with a SIREN', () => {
		expect(isSiren('242100410')).toBe(true);
		expect(isSiren('242100411')).toBe(false);
	});
});
