import { describe, expect, it } from 'vitest';
import type { ReadVote } from '#lib/domain/act/reading.ts';
import { readSections } from '#lib/domain/act/sections.ts';
import { openText } from '#lib/domain/act/text.ts';
import { readVote } from '#lib/domain/act/vote.ts';

const HEAD =
	'COMMUNE DE VALFLEURY\nSéance du 3 mai 2022\nObjet : Vente d’un terrain\n\nVu le code général,\n';

function read(source: string, voters = ''): ReadVote | null {
	const act = `${HEAD.replace('Objet', `${voters}\nObjet`)}${source}\n\nPour extrait conforme,\n`;
	const text = openText(act);
	const vote = readVote(text, readSections(text));
	if (vote) expect(act.slice(vote.start, vote.end)).toBe(vote.quote);
	return vote;
}

/** for, against, abstention as a short text: `27 0 2`, `?` for what is unknown. */
function counts(source: string): string {
	const vote = read(source);
	if (!vote) return 'none';
	return [vote.for, vote.against, vote.abstention].map((count) => count ?? '?').join(' ');
}

const DECIDES = 'Le conseil municipal, après en avoir délibéré';

describe('counts of a vote', () => {
	it.each([
		[
			'DÉCIDE :\n- d’approuver la vente.\n\nSCRUTIN : POUR : 83\nCONTRE : 0\n\nABSTENTION : 0',
			'83 0 0'
		],
		[`${DECIDES}, par 8 voix pour et 2 abstentions, approuve la vente.`, '8 ? 2'],
		[`${DECIDES}, par quinze voix pour, une voix contre et une abstention, approuve.`, '15 1 1'],
		[`${DECIDES}, par 20 voix contre 5, approuve la vente.`, '20 5 ?'],
		[`${DECIDES}, à la majorité (2 contre, M. X et Mme Y), approuve la vente.`, '? 2 ?'],
		[`${DECIDES}, approuve la vente.\nVotants : 27 Pour : 27`, '27 ? ?'],
		[`${DECIDES}, approuve la vente.\nPour 26\nContre 0\nAbstention 0`, '26 0 0'],
		[`${DECIDES}, approuve la vente.\n27 pour 0 contre 0 abstention`, '27 0 0'],
		[`${DECIDES}, approuve la vente.\nPOUR | CONTRE | ABSTENTION\n25 | 1 | 2`, '25 1 2'],
		[`${DECIDES}, approuve la vente.\nVotes pour : 9. Votes contre : 9. Abstention : 0.`, '9 9 0'],
		[`${DECIDES}, approuve la vente.\nONT VOTÉ POUR : 14 ONT VOTÉ CONTRE : néant`, '14 0 ?'],
		[`${DECIDES}, approuve la vente pour 12 logements contre 10 l’an dernier.`, 'none'],
		[`${DECIDES}, approuve la vente.\nPour : 9, contre : 0\n\nPour : 7, contre : 0`, '? 0 ?'],
		['Le maire expose la situation.', 'none']
	])('« %s »: %s', (source, expected) => {
		expect(counts(source)).toBe(expected);
	});

	it('tell who is without a vote from who takes no part', () => {
		const vote = read(
			`${DECIDES}, prend acte.\nPour : 0 Contre : 0 Abstention : 0 Non votants : 27\nNe prend pas part au vote : 1`
		);
		expect(vote).toMatchObject({ for: 0, notVoting: 27, notTakingPart: 1, unanimous: null });
	});
});

describe('unanimity', () => {
	it.each([
		[`${DECIDES}, à l’unanimité, approuve la vente.`, true],
		['DÉCIDE d’approuver la vente.\nAdopté à l’unanimité des membres présents.', true],
		['DÉCIDE d’approuver la vente.\nVOTE : UNANIMITÉ', true],
		[`${DECIDES}, à la majorité, approuve la vente.`, false],
		[`${DECIDES}, par 8 voix pour et 2 contre, approuve la vente.`, false],
		[`${DECIDES}, par 8 voix pour et 2 abstentions, approuve la vente.`, null]
	])('« %s »: %s', (source, unanimous) => {
		expect(read(source)?.unanimous).toBe(unanimous);
	});

	it.each([
		'Vu l’avis favorable rendu à l’unanimité par la commission des finances,\nDÉCIDE d’approuver la vente.',
		'Le procès-verbal de la séance du 6 avril 2022 est approuvé à l’unanimité.\n\nDÉCIDE d’approuver la vente.'
	])('said of something else is not of the vote: « %s »', (source) => {
		expect(read(source)).toBeNull();
	});

	it('implies counts where the number of voters is stated, and says so', () => {
		const unanimous = `${DECIDES}, à l’unanimité, approuve la vente.`;
		expect(read(unanimous, 'Votants : 14')).toMatchObject({
			for: 14,
			against: 0,
			abstention: 0,
			implied: true
		});
		expect(read(unanimous, 'Présents : 14')).toMatchObject({ for: null, implied: false });
	});

	it('implies nothing where somebody kept out of it', () => {
		const vote = read(`${DECIDES}, à l’unanimité moins 2 abstentions, approuve.`, 'Votants : 14');
		expect(vote).toMatchObject({ for: null, abstention: 2, unanimous: true, implied: false });
	});
});
