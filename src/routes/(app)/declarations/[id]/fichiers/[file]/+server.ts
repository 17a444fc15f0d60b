import { error } from '@sveltejs/kit';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { findEvidence } from '#lib/server/evidence/queries.ts';
import { sendFile } from '#lib/server/http/send-file.ts';
import type { RequestHandler } from './$types';

/** A file of evidence, to be saved; only for those who may see its declaration. */
export const GET: RequestHandler = async (event) => {
	const { locals, params } = event;
	const file = await inTransaction(locals.context, (tx) =>
		findEvidence(tx, params.id, params.file)
	);
	if (!file) error(404, 'Ce justificatif n’existe pas.');
	return sendFile(event, file);
};

export const HEAD = GET;
