import { canEnterActs } from '#lib/domain/policy.ts';
import { readDeliberationList } from '#lib/server/reports/deliberation-list.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
	deliberations: await readDeliberationList(locals.context),
	entersActs: canEnterActs(locals.context.actor)
});
