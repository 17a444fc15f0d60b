import { error, redirect, type Actions } from '@sveltejs/kit';
import { publicationForm, readPublication, readSeenPublication } from '#lib/forms/publication.ts';
import { setPublication } from '#lib/server/deliberations/set-publication.ts';
import { openForm, submitForm } from '#lib/server/http/submit-form.ts';
import { readPublicationPage } from '#lib/server/reports/publication-list.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const page = await readPublicationPage(locals.context, params.id);
	if (!page) error(404, 'Cette délibération n’existe pas.');
	const { act } = page;
	const form = await openForm(publicationForm, {
		siret: act.siret ?? '',
		number: act.number ?? '',
		matterCode: act.matterCode ?? '',
		matterName: act.matterName ?? '',
		prefectureId: act.prefectureId ?? '',
		prefectureOn: act.prefectureOn ?? '',
		budgetYear: act.budgetYear === null ? '' : String(act.budgetYear),
		budgetName: act.budgetName ?? '',
		url: act.url ?? '',
		seenAt: act.givenAt ?? '',
		seenSiret: act.siret ?? ''
	});
	return { ...page, form, isKept: url.searchParams.has('garde') };
};

export const actions = {
	default: (event) =>
		submitForm(event, publicationForm, async (values) => {
			const key = event.params.id ?? '';
			const seen = readSeenPublication(values);
			await setPublication(event.locals.context, key, readPublication(values), seen);
			redirect(303, `/deliberations/${key}/publication?garde`);
		})
} satisfies Actions;
