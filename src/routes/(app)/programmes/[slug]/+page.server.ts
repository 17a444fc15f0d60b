import { readProgramme } from '#lib/server/reports/programme.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, url }) =>
	readProgramme(locals.context, params.slug, url.searchParams);
