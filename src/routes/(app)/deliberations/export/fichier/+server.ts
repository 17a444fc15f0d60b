import { writeScdl } from '#lib/server/exports/write-scdl.ts';
import { attachmentHeaders } from '#lib/server/http/attachment.ts';
import { readScdlLines } from '#lib/server/reports/publication-list.ts';
import type { RequestHandler } from './$types';

/** The acts that can be published, as open data. */
export const GET: RequestHandler = async ({ locals }) =>
	new Response(writeScdl(await readScdlLines(locals.context)), {
		headers: attachmentHeaders({ name: 'deliberations.csv', mediaType: 'text/csv; charset=utf-8' })
	});
