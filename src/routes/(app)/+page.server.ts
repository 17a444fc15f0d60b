import { readPortfolio } from '#lib/server/reports/portfolio.ts';
import { keepShort } from './keep-short.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
	keepShort(url);
	return readPortfolio(locals.context, url.searchParams);
};
