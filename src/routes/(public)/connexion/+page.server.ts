import { redirect, type Actions } from '@sveltejs/kit';
import { signInForm } from '#lib/forms/sign-in.ts';
import { application } from '#lib/server/application.ts';
import { listDemonstrationAccounts } from '#lib/server/auth/list-demonstration-accounts.ts';
import { readSessionCookie, setSessionCookie } from '#lib/server/auth/session-cookie.ts';
import { signIn } from '#lib/server/auth/sign-in.ts';
import { returnPath } from '#lib/server/http/return-path.ts';
import { openForm, submitForm } from '#lib/server/http/submit-form.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	if (locals.session) redirect(303, returnPath(url));
	const [form, accounts] = await Promise.all([
		openForm(signInForm),
		listDemonstrationAccounts(application().db)
	]);
	return { form, accounts };
};

export const actions = {
	default: (event) =>
		submitForm(event, signInForm, async ({ email, password }) => {
			const { cookies, locals, url } = event;
			const formerToken = readSessionCookie(cookies, url) ?? null;
			const address = event.getClientAddress();
			const { db } = application();
			const { token } = await signIn(db, { email, password, address, formerToken, at: locals.at });
			setSessionCookie(cookies, url, token);
			redirect(303, returnPath(url));
		})
} satisfies Actions;
