import { error, redirect } from '@sveltejs/kit';
import { canRecordEntry } from '#lib/domain/policy.ts';
import { readEnvelopeLedger } from '#lib/server/reports/envelope-ledger.ts';
import { withoutEmpty } from '#lib/ui/layout/address.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	// A form without script sends the fields left empty too: they have no place in an address to share.
	const short = withoutEmpty(url);
	if (short !== null) redirect(303, short);
	const ledger = await readEnvelopeLedger(locals.context, params.id, url.searchParams);
	if (!ledger) error(404, 'Cette enveloppe n’existe pas.');
	return { ...ledger, canRecord: canRecordEntry(locals.context.actor) };
};
