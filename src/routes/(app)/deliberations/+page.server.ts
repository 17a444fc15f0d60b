import { parseDeliberationQuery } from '#lib/domain/deliberation-query.ts';
import { canEnterActs } from '#lib/domain/policy.ts';
import { readDeliberationList } from '#lib/server/reports/deliberation-list.ts';
import { keepShort } from '../keep-short.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	keepShort(url);
	const { query, notes } = parseDeliberationQuery(url.searchParams);
	return {
		...(await readDeliberationList(locals.context, query)),
		query,
		notes,
		entersActs: canEnterActs(locals.context.actor)
	};
};
