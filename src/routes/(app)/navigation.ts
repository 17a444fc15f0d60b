import { canOpenRoute } from '#lib/domain/gate.ts';
import { canSeeDashboard } from '#lib/domain/policy.ts';
import type { Actor } from '#lib/domain/role.ts';
import type { NavigationItem } from '#lib/ui/layout/navigation.ts';

const ITEMS = [
	{ href: '/declarations', label: 'Mes déclarations' },
	{ href: '/declarations/recues', label: 'Déclarations' },
	{ href: '/programmes', label: 'Programmes' },
	{ href: '/engagements', label: 'Engagements' },
	{ href: '/deliberations', label: 'Délibérations' },
	{ href: '/utilisateurs', label: 'Utilisateurs' },
	{ href: '/courriels', label: 'Courriels' },
	{ href: '/journal', label: 'Journal' }
];

/** The main navigation: what the gate opens to this person, and nothing else. */
export function navigationFor(actor: Actor): NavigationItem[] {
	const home = { href: '/', label: canSeeDashboard(actor) ? 'Tableau de bord' : 'Mes enveloppes' };
	return [home, ...ITEMS.filter(({ href }) => canOpenRoute(actor, `/(app)${href}`) === 'open')];
}
