import { error } from '@sveltejs/kit';
import { canRecordEntry, canSeeDeclarations, canSetDuty } from '#lib/domain/policy.ts';
import { readEnvelopeLedger } from '#lib/server/reports/envelope-ledger.ts';
import { keepShort } from '../../keep-short.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	keepShort(url);
	const ledger = await readEnvelopeLedger(locals.context, params.id, url.searchParams);
	if (!ledger) error(404, 'Cette enveloppe n’existe pas.');
	const { actor } = locals.context;
	return {
		...ledger,
		canRecord: canRecordEntry(actor),
		canSetDuty: canSetDuty(actor),
		canSeeDeclarations: canSeeDeclarations(actor)
	};
};
