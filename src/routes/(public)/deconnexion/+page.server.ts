import { redirect, type Actions } from '@sveltejs/kit';
import { application } from '#lib/server/application.ts';
import { clearSessionCookie } from '#lib/server/auth/session-cookie.ts';
import { signOut } from '#lib/server/auth/sign-out.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
	if (!locals.session) redirect(303, '/connexion');
};

export const actions = {
	default: async ({ cookies, locals, url }) => {
		if (locals.session) await signOut(application().db, locals.session, locals.at);
		clearSessionCookie(cookies, url);
		redirect(303, '/connexion');
	}
} satisfies Actions;
