import { application } from '#lib/server/application.ts';
import { isDatabaseReady } from '#lib/server/db/is-database-ready.ts';

/** Whether the application can serve: its database answers. */
export async function GET(): Promise<Response> {
	const ready = await isDatabaseReady(application().db);
	const headers = { 'cache-control': 'no-store', ...(ready ? {} : { 'retry-after': '5' }) };
	return Response.json(
		{ status: ready ? 'ready' : 'unavailable' },
		{ status: ready ? 200 : 503, headers }
	);
}
