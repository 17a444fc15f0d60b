import { error, redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import {
	confirmForm,
	ownerForm,
	readReview,
	refuseForm,
	reviewForm
} from '#lib/forms/undertaking.ts';
import { submitNamedForm } from '#lib/server/http/submit-named-form.ts';
import { submitReport } from '#lib/server/http/submit-report.ts';
import { readUndertakingPage } from '#lib/server/reports/undertaking-page.ts';
import { recordStep } from '#lib/server/undertakings/record-step.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const page = await readUndertakingPage(locals.context, params.id);
	if (!page) error(404, 'Cet engagement n’existe pas.');
	return { ...page, role: locals.context.actor.role };
};

export const actions = {
	rapporter: async (event) => {
		const { id } = asked(event);
		const problems = await submitReport(event, id);
		if (problems) return problems;
		redirect(303, `/engagements/${id}?fait=rapporter`);
	},
	confirmer: (event) =>
		submitNamedForm('confirmer', event, confirmForm, async ({ proposalId }) => {
			const { context, id } = asked(event);
			await recordStep(context, id, { action: 'confirm', proposalId, text: null });
			redirect(303, `/engagements/${id}?fait=confirmer`);
		}),
	refuser: (event) =>
		submitNamedForm('refuser', event, refuseForm, async ({ proposalId, reason }) => {
			const { context, id } = asked(event);
			await recordStep(context, id, { action: 'refuse', proposalId, text: reason });
			redirect(303, `/engagements/${id}?fait=refuser`);
		}),
	designer: (event) =>
		submitNamedForm('designer', event, ownerForm, async ({ ownerId }) => {
			const { context, id } = asked(event);
			await recordStep(context, id, { action: 'assign', ownerId: ownerId || null });
			redirect(303, `/engagements/${id}?fait=designer`);
		}),
	fixer: (event) =>
		submitNamedForm('fixer', event, reviewForm, async (values) => {
			const { context, id } = asked(event);
			await recordStep(context, id, readReview(values));
			redirect(303, `/engagements/${id}?fait=fixer`);
		})
} satisfies Actions;

const asked = ({ locals, params }: RequestEvent) => ({
	context: locals.context,
	id: params.id ?? ''
});
