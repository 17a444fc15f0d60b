import { error } from '@sveltejs/kit';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { sendFile } from '#lib/server/http/send-file.ts';
import { findUndertakingFile } from '#lib/server/undertakings/queries.ts';
import type { RequestHandler } from './$types';

/** A file of the log of an undertaking, to be saved; only for those who may see what it proves. */
export const GET: RequestHandler = async (event) => {
	const { locals, params } = event;
	const file = await inTransaction(locals.context, (tx) =>
		findUndertakingFile(tx, params.id, params.file)
	);
	if (!file) error(404, 'Ce justificatif n’existe pas.');
	return sendFile(event, file);
};
