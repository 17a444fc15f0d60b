import { error, redirect, type Actions } from '@sveltejs/kit';
import {
	submitApplication,
	submitColumns,
	submitDiscard,
	submitForgetting,
	submitLines,
	submitRereading
} from '#lib/server/http/submit-import.ts';
import { readImportPage } from '#lib/server/reports/import-page.ts';
import type { PageServerLoad } from './$types';

const FILTERS = { tout: 'all', problemes: 'problems', 'laissees-de-cote': 'skipped' } as const;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const seen = url.searchParams.get('voir') ?? '';
	const filter = Object.hasOwn(FILTERS, seen) ? FILTERS[seen as keyof typeof FILTERS] : null;
	const after = Number(/^\d{1,7}$/.exec(url.searchParams.get('apres') ?? '') ?? 0);
	const page = await readImportPage(locals.context, params.id, params.import, { filter, after });
	if (!page) error(404, 'Ce tableur n’existe pas.');
	if (!page.editable) redirect(303, `/declarations/${params.id}`);
	const { searchParams: told } = url;
	return { ...page, known: told.has('deja'), firstOnly: told.has('seul'), after };
};

export const actions = {
	rapprocher: submitColumns,
	oublier: submitForgetting,
	relire: submitRereading,
	laisser: (event) => submitLines(event, 'out'),
	reprendre: (event) => submitLines(event, 'back'),
	appliquer: submitApplication,
	ecarter: submitDiscard
} satisfies Actions;
