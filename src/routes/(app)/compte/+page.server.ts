import { redirect, type Actions } from '@sveltejs/kit';
import { clearSessionCookie } from '#lib/server/auth/session-cookie.ts';
import { listSessions } from '#lib/server/auth/sessions.ts';
import { signOutEverywhere } from '#lib/server/auth/sign-out-everywhere.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const { db, actor, at } = locals.context;
	const sessions = await listSessions(db, actor.id, at);
	return {
		actor: { name: actor.name, role: actor.role, organisationName: actor.organisationName },
		// The identifiers stay here: a page has no use for them.
		sessions: sessions.map(({ id, createdAt, expiresAt }) => ({
			createdAt,
			expiresAt,
			here: id === locals.session?.id
		}))
	};
};

export const actions = {
	default: async ({ cookies, locals, url }) => {
		await signOutEverywhere(locals.context);
		clearSessionCookie(cookies, url);
		redirect(303, '/connexion');
	}
} satisfies Actions;
