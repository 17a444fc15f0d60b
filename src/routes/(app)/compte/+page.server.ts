import { redirect, type Actions } from '@sveltejs/kit';
import { MAIL_CHOICES } from '#lib/domain/mail.ts';
import { readRefusedKinds } from '#lib/forms/mail-choices.ts';
import { clearSessionCookie } from '#lib/server/auth/session-cookie.ts';
import { listSessions } from '#lib/server/auth/sessions.ts';
import { signOutEverywhere } from '#lib/server/auth/sign-out-everywhere.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { signedOutPath } from '#lib/server/http/return-path.ts';
import { listRefusedKinds } from '#lib/server/mail/queries.ts';
import { setMailChoices } from '#lib/server/mail/set-mail-choices.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db, actor, at } = locals.context;
	const [sessions, refused] = await Promise.all([
		listSessions(db, actor.id, at),
		inTransaction(locals.context, (tx) => listRefusedKinds(tx, actor.id))
	]);
	return {
		actor: { name: actor.name, role: actor.role, organisationName: actor.organisationName },
		mails: MAIL_CHOICES[actor.role].map((choice) => ({
			...choice,
			wanted: !refused.includes(choice.kind)
		})),
		saved: url.searchParams.get('courriels') === 'enregistres',
		// The identifiers stay here: a page has no use for them.
		sessions: sessions.map(({ id, createdAt, expiresAt }) => ({
			createdAt,
			expiresAt,
			here: id === locals.session?.id
		}))
	};
};

export const actions = {
	courriels: async ({ locals, request }) => {
		const given = (await request.formData()).getAll('kind');
		await setMailChoices(locals.context, readRefusedKinds(locals.context.actor.role, given));
		redirect(303, '/compte?courriels=enregistres#courriels');
	},
	deconnexion: async ({ cookies, locals, url }) => {
		await signOutEverywhere(locals.context);
		clearSessionCookie(cookies, url);
		redirect(303, signedOutPath(locals.context.actor));
	}
} satisfies Actions;
