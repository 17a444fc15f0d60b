import { readPortfolio } from '#lib/server/reports/portfolio.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) =>
	readPortfolio(locals.context, url.searchParams);
