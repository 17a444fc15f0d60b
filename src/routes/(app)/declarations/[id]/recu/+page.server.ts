import { error } from '@sveltejs/kit';
import { readReceipt } from '#lib/server/reports/receipt.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const asked = /^[1-9]\d{0,3}$/.exec(url.searchParams.get('envoi') ?? '');
	const receipt = await readReceipt(locals.context, params.id, asked ? Number(asked[0]) : null);
	return { receipt: receipt ?? error(404, 'Ce récépissé n’existe pas.') };
};
