import { expect, it } from 'vitest';
import { returnPath, signedOutPath, signInPath } from '#lib/server/http/return-path.ts';

const SITE = 'https://tenu.metropole.test';

const wanted = (target: string): string =>
	returnPath(new URL(`${SITE}/connexion?vers=${encodeURIComponent(target)}`));

it.each(['/', '/compte', '/programmes/action-logement?au=2021-12-31&connu=2022-01-15', '/a%20b'])(
	'leads back to %s',
	(target) => {
		expect(wanted(target)).toBe(target);
		expect(returnPath(new URL(signInPath(new URL(`${SITE}${target}`)), SITE))).toBe(target);
	}
);

it.each([
	'',
	'compte',
	'//ailleurs.test',
	'///ailleurs.test',
	'/\\ailleurs.test',
	'\\\\ailleurs.test',
	'/\t/ailleurs.test',
	'/\n/ailleurs.test',
	'/..//ailleurs.test',
	'/./\\ailleurs.test',
	'https://ailleurs.test/',
	'javascript:alert(1)',
	'/connexion?vers=/connexion',
	'/deconnexion',
	'/refus'
])('leads to the first page rather than to %j', (target) => {
	expect(wanted(target)).toBe('/');
});

it('does not carry what stands behind the # and is only the browser’s', () => {
	expect(wanted('/compte#a')).toBe('/compte');
});

it('tells the browser of a partner who has signed out, and of nobody else', () => {
	expect(signedOutPath({ id: 'a', role: 'partner' })).toBe('/connexion?parti=a');
	expect(signedOutPath({ id: 'a', role: 'finance' })).toBe('/connexion');
});
