import { redirect, type Actions } from '@sveltejs/kit';
import { beginDeclaration } from '#lib/server/declarations/begin-declaration.ts';
import { readPartnerDesk } from '#lib/server/reports/partner-desk.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => readPartnerDesk(locals.context);

export const actions = {
	default: async ({ locals, request }) => {
		const form = await request.formData();
		const text = (name: string) => {
			const value = form.get(name);
			return typeof value === 'string' ? value : '';
		};
		const id = await beginDeclaration(locals.context, {
			envelopeId: text('enveloppe'),
			periodStartsOn: text('periode')
		});
		redirect(303, `/declarations/${id}/saisir`);
	}
} satisfies Actions;
