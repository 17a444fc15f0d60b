import type { Actions } from '@sveltejs/kit';
import { submitAct, submitSettingAside } from '#lib/server/http/submit-act.ts';
import { readGivingPage } from '#lib/server/reports/giving-page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const pages = url.searchParams.get('sans-texte') ?? '';
	const lost = url.searchParams.get('perdus') ?? '';
	return {
		...(await readGivingPage(locals.context, url.searchParams.get('lecture'))),
		/** Pages of the PDF without text, and characters that were lost, as the act that was given told. */
		blankPages: /^\d{1,4}(,\d{1,4})*$/.test(pages) ? pages.split(',') : [],
		lost: /^\d{1,7}$/.test(lost) ? Number(lost) : 0,
		isSetAside: url.searchParams.has('ecartee')
	};
};

export const actions = {
	donner: submitAct,
	ecarter: submitSettingAside
} satisfies Actions;
