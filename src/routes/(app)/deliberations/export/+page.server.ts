import { readPublicationList } from '#lib/server/reports/publication-list.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
	acts: await readPublicationList(locals.context)
});
