import { error, redirect, type Actions } from '@sveltejs/kit';
import { refusalOf } from '#lib/server/db/constraint.ts';
import { failureOf } from '#lib/server/http/failure.ts';
import { beginCiting } from '#lib/server/readings/begin-citing.ts';
import { readCitingPage } from '#lib/server/reports/giving-page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const page = await readCitingPage(locals.context, params.id);
	if (!page) error(404, 'Cette délibération n’existe pas.');
	return page;
};

export const actions = {
	default: async ({ locals, params }) => {
		const id = await beginCiting(locals.context, params.id ?? '').catch((cause: unknown) => {
			const refusal = refusalOf(cause);
			if (!refusal) throw cause;
			const { status, message } = failureOf(refusal);
			return error(status, message);
		});
		redirect(303, `/deliberations/lectures/${id}`);
	}
} satisfies Actions;
