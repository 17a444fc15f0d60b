import { error, redirect, type Actions } from '@sveltejs/kit';
import { submitSpreadsheet } from '#lib/server/http/submit-import.ts';
import { readImportDesk } from '#lib/server/reports/import-desk.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const desk = await readImportDesk(locals.context, params.id);
	if (!desk) error(404, 'Cette déclaration n’existe pas.');
	if (!desk.editable) redirect(303, `/declarations/${params.id}`);
	return desk;
};

export const actions = { default: submitSpreadsheet } satisfies Actions;
