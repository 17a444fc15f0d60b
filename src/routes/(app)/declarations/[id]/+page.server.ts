import { randomUUID } from 'node:crypto';
import { error, redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import {
	acceptForm,
	messageForm,
	remarkForm,
	reopenForm,
	returnForm,
	withdrawForm
} from '#lib/forms/decision.ts';
import { acceptDeclaration } from '#lib/server/declarations/accept-declaration.ts';
import { recordRemark } from '#lib/server/declarations/record-remark.ts';
import { reopenDeclaration } from '#lib/server/declarations/reopen-declaration.ts';
import { returnDeclaration } from '#lib/server/declarations/return-declaration.ts';
import { withdrawDeclaration } from '#lib/server/declarations/withdraw-declaration.ts';
import { writeMessage } from '#lib/server/declarations/write-message.ts';
import { submitNamedForm } from '#lib/server/http/submit-named-form.ts';
import { readDeclarationPage } from '#lib/server/reports/declaration-page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const page = await readDeclarationPage(locals.context, params.id);
	if (!page) error(404, 'Cette déclaration n’existe pas.');
	return { ...page, role: locals.context.actor.role, key: randomUUID() };
};

export const actions = {
	valider: (event) =>
		submitNamedForm(
			'valider',
			event,
			acceptForm,
			async ({ key, overrunReason, readSubmission }) => {
				const { context, id } = asked(event);
				await acceptDeclaration(context, key, id, { overrunReason, readSubmission });
				redirect(303, `/declarations/${id}?fait=valider`);
			}
		),
	renvoyer: (event) =>
		submitNamedForm('renvoyer', event, returnForm, async (values) => {
			const { context, id } = asked(event);
			await returnDeclaration(context, id, values);
			redirect(303, `/declarations/${id}?fait=renvoyer`);
		}),
	rouvrir: (event) =>
		submitNamedForm('rouvrir', event, reopenForm, async ({ key, ...values }) => {
			const { context, id } = asked(event);
			await reopenDeclaration(context, key, id, values);
			redirect(303, `/declarations/${id}?fait=rouvrir`);
		}),
	remarquer: (event) =>
		submitNamedForm('remarquer', event, remarkForm, async (values) => {
			const { context, id } = asked(event);
			await recordRemark(context, id, values);
			redirect(303, `/declarations/${id}?fait=remarquer#ligne-${values.rowKey}`);
		}),
	ecrire: (event) =>
		submitNamedForm('ecrire', event, messageForm, async (values) => {
			const { context, id } = asked(event);
			await writeMessage(context, id, values);
			redirect(303, `/declarations/${id}?fait=ecrire#echanges`);
		}),
	retirer: (event) =>
		submitNamedForm('retirer', event, withdrawForm, async () => {
			const { context, id } = asked(event);
			await withdrawDeclaration(context, id);
			redirect(303, `/declarations/${id}?fait=retirer`);
		})
} satisfies Actions;

const asked = ({ locals, params }: RequestEvent) => ({
	context: locals.context,
	id: params.id ?? ''
});
