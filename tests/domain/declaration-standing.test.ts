import { expect, it } from 'vitest';
import {
	describeStanding,
	explainFourEyes,
	type Standing
} from '#lib/domain/declaration-standing.ts';
import type { DeclarationState } from '#lib/domain/declaration.ts';
import type { Actor } from '#lib/domain/role.ts';
import { plain } from './words.ts';

const SENT: Standing = {
	state: 'submitted',
	submission: 1,
	submittedAt: new Date('2022-06-30T09:47:00Z'),
	submittedBy: 'Dominique',
	decidedAt: new Date('2022-07-05T08:00:00Z'),
	decidedBy: 'Camille',
	reason: null
};

it.each<[Partial<Standing>, string]>([
	[
		{},
		'Transmise le 30 juin 2022 à 11 h 47 par Dominique. Elle attend la décision de la direction des finances.'
	],
	[
		{ state: 'accepted' },
		'Validée le 5 juillet 2022 à 10 h 00 par Camille. Elle est au grand livre.'
	],
	[
		{ state: 'returned', decidedBy: null },
		'Renvoyée le 5 juillet 2022 à 10 h 00, à corriger et à transmettre à nouveau.'
	],
	[
		{ state: 'reopened' },
		'Rouverte le 5 juillet 2022 à 10 h 00 par Camille : ce qu’elle avait écrit au grand livre est contre-passé, et elle est à transmettre à nouveau.'
	],
	[
		{ state: 'draft' },
		'Retirée par l’organisme, qui l’avait transmise le 30 juin 2022 à 11 h 47 par Dominique : elle est de nouveau en cours de saisie.'
	],
	[{ state: 'draft', submission: 0 }, 'En cours de saisie : rien n’est encore transmis.']
])('says where a declaration stands: %j', (change, words) => {
	expect(plain(describeStanding({ ...SENT, ...change }))).toBe(words);
});

const officer: Actor = {
	id: 'officer',
	name: 'Camille',
	role: 'finance',
	organisationId: null,
	organisationName: null
};
const facts = { state: 'submitted' as DeclarationState, organisationId: 'al', declarants: ['d'] };

it('explains four eyes to those whom they concern, and to nobody else', () => {
	expect(explainFourEyes(officer, facts)).toBeNull();
	expect(explainFourEyes(officer, { ...facts, declarants: ['officer'] })).toContain('pris part');
	expect(explainFourEyes({ ...officer, organisationId: 'al' }, facts)).toContain('appartenez');
	expect(
		explainFourEyes(officer, { ...facts, declarants: ['officer'], state: 'returned' })
	).toBeNull();
	expect(explainFourEyes({ ...officer, id: 'd', role: 'partner' }, facts)).toBeNull();
});
