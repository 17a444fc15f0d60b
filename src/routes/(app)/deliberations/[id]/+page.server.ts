import { error } from '@sveltejs/kit';
import { canEnterActs } from '#lib/domain/policy.ts';
import { readDeliberationPage } from '#lib/server/reports/deliberation-page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const page = await readDeliberationPage(locals.context, params.id);
	if (!page) error(404, 'Cette délibération n’existe pas.');
	return { ...page, entersActs: canEnterActs(locals.context.actor) };
};
