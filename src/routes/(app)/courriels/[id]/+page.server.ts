import { error } from '@sveltejs/kit';
import { isIdentifier } from '#lib/domain/identifier.ts';
import { application } from '#lib/server/application.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { findMail } from '#lib/server/mail/queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const mail = isIdentifier(params.id)
		? await inTransaction(locals.context, (tx) => findMail(tx, params.id))
		: undefined;
	if (!mail) error(404, 'Ce courriel n’existe pas.');
	return { mail, leaves: application().config.smtpUrl !== null };
};
