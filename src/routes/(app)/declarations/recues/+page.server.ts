import { readInbox } from '#lib/server/reports/inbox.ts';
import { keepShort } from '../../keep-short.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
	keepShort(url);
	return readInbox(locals.context, url.searchParams);
};
