import { error, fail, redirect, type Actions } from '@sveltejs/kit';
import { isIdentifier } from '#lib/domain/identifier.ts';
import { submitDeclaration } from '#lib/server/declarations/submit-declaration.ts';
import { failureOf, recordFailure } from '#lib/server/http/failure.ts';
import { readDraftCheck } from '#lib/server/reports/declaration-check.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const check = await readDraftCheck(locals.context, params.id);
	if (!check) error(404, 'Cette déclaration n’existe pas.');
	if (!check.editable) redirect(303, `/declarations/${params.id}`);
	return check;
};

export const actions = {
	default: async (event) => {
		const { locals, params, request } = event;
		const form = await request.formData();
		const [key, digest] = [String(form.get('key')), String(form.get('digest'))];
		if (!isIdentifier(key))
			return fail(400, { message: 'Ce formulaire a expiré : rechargez la page.' });
		try {
			await submitDeclaration(locals.context, key, params.id ?? '', digest);
		} catch (cause) {
			const { status, message } = failureOf(cause);
			if (status === 404) error(404, message);
			if (status >= 500) recordFailure(event, cause);
			return fail(status, { message });
		}
		redirect(303, `/declarations/${params.id}/recu`);
	}
} satisfies Actions;
