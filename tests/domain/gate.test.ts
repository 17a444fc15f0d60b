import { describe, expect, it } from 'vitest';
import { canOpenRoute, GATE } from '#lib/domain/gate.ts';
import { ROLES, type Actor, type Role } from '#lib/domain/role.ts';

const actorOf = (role: Role): Actor => ({
	id: role,
	name: role,
	role,
	organisationId: null,
	organisationName: null
});

/** Who gets in: nobody is a person without a session. */
const guests = (routeId: string): string =>
	[null, ...ROLES]
		.filter((role) => canOpenRoute(role && actorOf(role), routeId) === 'open')
		.map((role) => role ?? 'nobody')
		.join(' ');

/** Written by hand, beside the table itself. */
const GUESTS: [string, string][] = [
	['/(public)/connexion', 'nobody finance partner elected admin'],
	['/(public)/deconnexion', 'nobody finance partner elected admin'],
	['/(public)/accessibilite', 'nobody finance partner elected admin'],
	['/(public)/mentions-legales', 'nobody finance partner elected admin'],
	['/health', 'nobody finance partner elected admin'],
	['/ready', 'nobody finance partner elected admin'],
	['/api/v1/openapi.json', 'nobody finance partner elected admin'],
	['/(app)', 'finance partner elected admin'],
	['/(app)/programmes', 'finance partner elected admin'],
	['/(app)/programmes/[slug]', 'finance partner elected admin'],
	['/(app)/enveloppes/[id]', 'finance partner elected admin'],
	['/(app)/deliberations', 'finance partner elected admin'],
	['/(app)/deliberations/[id]', 'finance partner elected admin'],
	['/(app)/deliberations/lectures/[id]', 'finance'],
	['/(app)/deliberations/lectures/[id]/devenir', 'finance'],
	['/(app)/deliberations/lectures/[id]/devenir/enveloppes', 'finance'],
	['/(app)/deliberations/lectures/[id]/devenir/enveloppes/[key]', 'finance'],
	['/(app)/deliberations/lectures/[id]/devenir/indicateurs', 'finance'],
	['/(app)/deliberations/lectures/[id]/devenir/engagements', 'finance'],
	['/(app)/deliberations/lectures/[id]/verifier', 'finance'],
	['/(app)/engagements', 'finance partner elected admin'],
	['/(app)/engagements/[id]', 'finance partner elected admin'],
	['/(app)/engagements/[id]/fichiers/[file]', 'finance partner elected admin'],
	['/(app)/chiffres/[figure]', 'finance partner elected admin'],
	['/(app)/compte', 'finance partner elected admin'],
	['/(app)/aide/declarer', 'finance partner elected admin'],
	['/(app)/refus', 'finance partner elected admin'],
	['/(app)/enveloppes/[id]/ecritures/nouvelle', 'finance'],
	['/(app)/enveloppes/[id]/ecritures/[entry]/contrepasser', 'finance'],
	['/(app)/enveloppes/[id]/rythme', 'finance'],
	['/(app)/deliberations/nouvelle', 'finance'],
	['/(app)/deliberations/export', 'finance'],
	['/(app)/deliberations/export/fichier', 'finance'],
	['/(app)/deliberations/[id]/publication', 'finance'],
	['/(app)/deliberations/[id]/citer', 'finance'],
	['/(app)/deliberations/lectures/[id]/original', 'finance'],
	['/(app)/declarations', 'partner'],
	['/(app)/declarations/recues', 'finance'],
	['/(app)/declarations/[id]', 'finance partner admin'],
	['/(app)/declarations/[id]/saisir', 'partner'],
	['/(app)/declarations/[id]/brouillon', 'partner'],
	['/(app)/declarations/[id]/verifier', 'partner'],
	['/(app)/declarations/[id]/tableur', 'partner'],
	['/(app)/declarations/[id]/tableur/[import]', 'partner'],
	['/(app)/declarations/[id]/modele/[format]', 'partner'],
	['/(app)/declarations/[id]/justificatifs', 'partner'],
	['/(app)/declarations/[id]/fichiers/[file]', 'finance partner admin'],
	['/(app)/declarations/[id]/recu', 'finance partner admin'],
	['/(app)/declarations/[id]/recu/pdf', 'finance partner admin'],
	['/(app)/utilisateurs', 'admin'],
	['/(app)/courriels', 'admin'],
	['/(app)/courriels/[id]', 'admin'],
	['/(app)/journal', 'admin'],
	['/api/v1/programmes', 'finance partner elected admin'],
	['/api/v1/programmes/[slug]', 'finance partner elected admin'],
	['/api/v1/envelopes/[id]/entries', 'finance partner elected admin'],
	['/api/v1/deliberations', 'finance partner elected admin'],
	['/api/v1/deliberations/[id]', 'finance partner elected admin']
];

describe('the gate', () => {
	it.each(GUESTS)('%s opens to %s', (routeId, expected) => {
		expect(guests(routeId)).toBe(expected);
	});

	it('is tried above at every address of its table', () => {
		expect(Object.keys(GATE).filter((routeId) => guests(routeId) === '')).toEqual([]);
		expect(Object.keys(GATE).sort()).toEqual(GUESTS.map(([routeId]) => routeId).sort());
	});

	it('refuses to everybody an address that nobody wrote into the table', () => {
		for (const routeId of ['/(app)/oublie', '', 'toString', '__proto__', '/(app)/']) {
			expect(guests(routeId)).toBe('');
			expect(canOpenRoute(null, routeId)).toBe('refused');
		}
	});

	it('asks to sign in where a session is needed, and refuses a role that has no business there', () => {
		expect(canOpenRoute(null, '/(app)/journal')).toBe('sign-in');
		expect(canOpenRoute(actorOf('finance'), '/(app)/journal')).toBe('refused');
	});
});
