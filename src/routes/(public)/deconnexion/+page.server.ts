import { redirect, type Actions } from '@sveltejs/kit';
import { application } from '#lib/server/application.ts';
import { clearSessionCookie } from '#lib/server/auth/session-cookie.ts';
import { signOut } from '#lib/server/auth/sign-out.ts';
import { signedOutPath } from '#lib/server/http/return-path.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
	if (!locals.session) redirect(303, '/connexion');
};

export const actions = {
	default: async ({ cookies, locals, url }) => {
		const { session } = locals;
		if (session) await signOut(application().db, session, locals.at);
		clearSessionCookie(cookies, url);
		redirect(303, session ? signedOutPath(session.actor) : '/connexion');
	}
} satisfies Actions;
