import { error, redirect, type Actions } from '@sveltejs/kit';
import { submitEvidence, submitRemoval } from '#lib/server/http/submit-evidence.ts';
import { readEvidencePage } from '#lib/server/reports/evidence-page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const page = await readEvidencePage(locals.context, params.id);
	if (!page) error(404, 'Cette déclaration n’existe pas.');
	if (!page.editable) redirect(303, `/declarations/${params.id}`);
	const counted = (name: string) => Number(/^\d{1,3}$/.exec(url.searchParams.get(name) ?? '') ?? 0);
	return {
		...page,
		done: { attached: counted('joints'), known: counted('deja'), removed: counted('retires') }
	};
};

export const actions = {
	joindre: (event) => submitEvidence(event, event.params.id ?? ''),
	retirer: (event) => submitRemoval(event, event.params.id ?? '')
} satisfies Actions;
