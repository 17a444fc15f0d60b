import { error } from '@sveltejs/kit';
import { nameOfOriginal } from '#lib/domain/act/act-name.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { sendFile } from '#lib/server/http/send-file.ts';
import { findOriginal } from '#lib/server/readings/queries.ts';
import type { RequestHandler } from './$types';

/** The file in which an act was given, to be saved. */
export const GET: RequestHandler = async (event) => {
	const { locals, params } = event;
	const file = await inTransaction(locals.context, (tx) => findOriginal(tx, params.id));
	if (!file) error(404, 'Cette lecture n’a pas de fichier d’origine.');
	return sendFile(event, { ...file, ...nameOfOriginal(file) });
};
