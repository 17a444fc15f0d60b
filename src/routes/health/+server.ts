import type { RequestHandler } from './$types';

/** Whether this process answers. Whether its database does is another question: /ready. */
export const GET: RequestHandler = () =>
	Response.json({ status: 'ok' }, { headers: { 'cache-control': 'no-store' } });
