import { redirect, type Actions } from '@sveltejs/kit';
import { accessForm } from '#lib/forms/access.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { submitForm } from '#lib/server/http/submit-form.ts';
import { changeAccess } from '#lib/server/people/change-access.ts';
import { listPeople } from '#lib/server/people/queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
	people: await inTransaction(locals.context, listPeople),
	self: locals.context.actor.id
});

export const actions = {
	default: (event) =>
		submitForm(event, accessForm, async ({ personId, access }) => {
			await changeAccess(event.locals.context, personId, access);
			redirect(303, '/utilisateurs');
		})
} satisfies Actions;
