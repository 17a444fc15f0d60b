import { ROLES, type Actor, type Role } from '#lib/domain/role.ts';

/** Who may open an address: anyone, whoever is signed in, or some roles only. */
export type Audience = 'anyone' | readonly Role[];

const SIGNED_IN: Audience = ROLES;
const FINANCE: Audience = ['finance'];
const PARTNER: Audience = ['partner'];
/** Both sides of a declaration, and who watches over both. */
const BOTH_SIDES: Audience = ['finance', 'partner', 'admin'];
const ADMINISTRATION: Audience = ['admin'];

/**
 * Every address of the application by its route id, with those who may open it. An address that is
 * not in this table is refused to everybody. What is inside a page is decided row by row, by `policy.ts`
 * and the database.
 */
export const GATE: Readonly<Record<string, Audience>> = {
	'/(public)/connexion': 'anyone',
	'/(public)/deconnexion': 'anyone',
	'/(public)/accessibilite': 'anyone',
	'/(public)/mentions-legales': 'anyone',
	'/health': 'anyone',
	'/ready': 'anyone',
	'/api/v1/openapi.json': 'anyone',

	'/(app)': SIGNED_IN,
	'/(app)/programmes': SIGNED_IN,
	'/(app)/programmes/[slug]': SIGNED_IN,
	'/(app)/enveloppes/[id]': SIGNED_IN,
	'/(app)/deliberations': SIGNED_IN,
	'/(app)/deliberations/[id]': SIGNED_IN,
	'/(app)/engagements': SIGNED_IN,
	'/(app)/engagements/[id]': SIGNED_IN,
	'/(app)/engagements/[id]/fichiers/[file]': SIGNED_IN,
	'/(app)/chiffres/[figure]': SIGNED_IN,
	'/(app)/compte': SIGNED_IN,
	'/(app)/aide/declarer': SIGNED_IN,
	'/(app)/refus': SIGNED_IN,
	'/api/v1/programmes': SIGNED_IN,
	'/api/v1/programmes/[slug]': SIGNED_IN,
	'/api/v1/envelopes/[id]/entries': SIGNED_IN,
	'/api/v1/deliberations': SIGNED_IN,
	'/api/v1/deliberations/[id]': SIGNED_IN,

	'/(app)/deliberations/lectures/[id]': FINANCE,
	'/(app)/deliberations/lectures/[id]/devenir': FINANCE,
	'/(app)/deliberations/lectures/[id]/devenir/enveloppes': FINANCE,
	'/(app)/deliberations/lectures/[id]/devenir/enveloppes/[key]': FINANCE,
	'/(app)/deliberations/lectures/[id]/devenir/indicateurs': FINANCE,
	'/(app)/deliberations/lectures/[id]/devenir/engagements': FINANCE,
	'/(app)/deliberations/lectures/[id]/verifier': FINANCE,

	'/(app)/enveloppes/[id]/rythme': FINANCE,
	'/(app)/enveloppes/[id]/ecritures/nouvelle': FINANCE,
	'/(app)/enveloppes/[id]/ecritures/[entry]/contrepasser': FINANCE,

	'/(app)/deliberations/nouvelle': FINANCE,
	'/(app)/deliberations/export': FINANCE,
	'/(app)/deliberations/export/fichier': FINANCE,
	'/(app)/deliberations/[id]/publication': FINANCE,
	'/(app)/deliberations/[id]/citer': FINANCE,
	'/(app)/deliberations/lectures/[id]/original': FINANCE,

	'/(app)/declarations': PARTNER,
	'/(app)/declarations/[id]/saisir': PARTNER,
	'/(app)/declarations/[id]/brouillon': PARTNER,
	'/(app)/declarations/[id]/verifier': PARTNER,
	'/(app)/declarations/recues': FINANCE,
	'/(app)/declarations/[id]': BOTH_SIDES,

	'/(app)/declarations/[id]/tableur': PARTNER,
	'/(app)/declarations/[id]/tableur/[import]': PARTNER,
	'/(app)/declarations/[id]/modele/[format]': PARTNER,
	'/(app)/declarations/[id]/justificatifs': PARTNER,
	'/(app)/declarations/[id]/fichiers/[file]': BOTH_SIDES,
	'/(app)/declarations/[id]/recu': BOTH_SIDES,
	'/(app)/declarations/[id]/recu/pdf': BOTH_SIDES,

	'/(app)/utilisateurs': ADMINISTRATION,
	'/(app)/courriels': ADMINISTRATION,
	'/(app)/courriels/[id]': ADMINISTRATION,
	'/(app)/journal': ADMINISTRATION
};

/** What happens at an address: it opens, asks to sign in first, or is refused. */
export type Passage = 'open' | 'sign-in' | 'refused';

/** Who is at the door of which address. Refused whatever nobody thought of. */
export function canOpenRoute(actor: Actor | null, routeId: string): Passage {
	if (!Object.hasOwn(GATE, routeId)) return 'refused';
	const audience = GATE[routeId] ?? [];
	if (audience === 'anyone') return 'open';
	if (!actor) return 'sign-in';
	return audience.includes(actor.role) ? 'open' : 'refused';
}
