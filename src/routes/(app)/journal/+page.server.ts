import { parseAuditQuery } from '#lib/domain/audit.ts';
import { listEvents } from '#lib/server/audit/queries.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { keepShort } from '../keep-short.ts';
import type { PageServerLoad } from './$types';

const PAGE_SIZE = 50;

export const load: PageServerLoad = async ({ locals, url }) => {
	keepShort(url);
	const { query, notes } = parseAuditQuery(url.searchParams);
	const events = await inTransaction(locals.context, (tx) => listEvents(tx, query, PAGE_SIZE + 1));
	const page = events.slice(0, PAGE_SIZE);
	const last = events.length > PAGE_SIZE ? page.at(-1) : undefined;
	return { query, notes, events: page, next: last ? String(last.id) : null };
};
