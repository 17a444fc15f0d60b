import { readDecisionNote } from '#lib/server/reports/decision-note.ts';
import { readPartnerDesk } from '#lib/server/reports/partner-desk.ts';
import { readPortfolio } from '#lib/server/reports/portfolio.ts';
import { keepShort } from './keep-short.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { context }, url }) => {
	keepShort(url);
	const [portfolio, desk, awaited] = await Promise.all([
		readPortfolio(context, url.searchParams),
		context.actor.role === 'partner' ? readPartnerDesk(context) : null,
		context.actor.role === 'finance' ? readDecisionNote(context) : null
	]);
	return { ...portfolio, awaited, due: desk && desk.envelopes.length > 0 ? desk : null };
};
