import { readProgramme } from '#lib/server/reports/programme.ts';
import { keepShort } from '../../keep-short.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, url }) => {
	keepShort(url);
	return readProgramme(locals.context, params.slug, url.searchParams);
};
