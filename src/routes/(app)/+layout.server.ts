import { ROLE_LABELS } from '#lib/domain/role.ts';
import type { LayoutServerLoad } from './$types';
import { navigationFor } from './navigation.ts';

/** What the header says. It reads nothing of the address, so it is asked once a visit. */
export const load: LayoutServerLoad = ({ locals }) => {
	const { actor } = locals.context;
	return {
		person: { name: actor.name, detail: actor.organisationName ?? ROLE_LABELS[actor.role] },
		role: actor.role,
		items: navigationFor(actor),
		demonstration: locals.session?.by === 'cookie' && locals.session.demonstration
	};
};
