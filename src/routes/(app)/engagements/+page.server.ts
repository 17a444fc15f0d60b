import { readUndertakings } from '#lib/server/reports/undertakings.ts';
import { keepShort } from '../keep-short.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { context }, url }) => {
	keepShort(url);
	return readUndertakings(context, url.searchParams);
};
