import { expect, it } from 'vitest';
import { findPasswordProblem } from '#lib/domain/password-rule.ts';

const PERSON = { email: 'camille.durand@metropole.fr', name: 'Camille Durand' };

const problemOf = (password: string): string | null => findPasswordProblem(password, PERSON);

it.each([
	'trois chats bleus volants',
	'quatre mots sans rapport',
	'Xk7!pW2#mQ9$',
	'7yndq-297bh-fidw5',
	'Ма́леньки конь 1812',
	'métropole bleue à vapeur'
])('accepts %j', (password) => {
	expect(problemOf(password)).toBeNull();
});

it.each(['', 'court', 'onze-signes', '🐴🐴🐴🐴🐴🐴'])(
	'refuses %j, under twelve characters',
	(password) => {
		expect(problemOf(password)).toMatch(/^Choisissez au moins 12 caractères/);
	}
);

it('refuses what is longer than 256 characters, which nobody types', () => {
	expect(problemOf('trois chats '.repeat(40))).toMatch(/au plus 256/);
});

it.each([
	'aaaaaaaaaaaaaaa',
	'121212121212',
	'azertyuiop123',
	'123456789012',
	'987654321098',
	'abcdefghijkl',
	'azertyuiopqsdfgh'
])('refuses %j, which follows a pattern', (password) => {
	expect(problemOf(password)).toMatch(/motif facile à deviner/);
});

it.each([
	'Motdepasse2026!',
	'Administrateur1',
	'P@ssword-P@ssword'.replaceAll('@', 'a'),
	'Tenu-Demonstration',
	'Bienvenue2026!'
])('refuses %j, which many people take', (password) => {
	expect(problemOf(password)).toMatch(/plus courants/);
});

it.each(['CamilleDurand21', 'camille.durand@metropole.fr', 'durand-durand-75'])(
	'refuses %j, which is the name or the address of the person',
	(password) => {
		expect(problemOf(password)).toMatch(/reprend le nom/);
	}
);
