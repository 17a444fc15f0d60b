import { Readable } from 'node:stream';
import { error } from '@sveltejs/kit';
import { application } from '#lib/server/application.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { findEvidence } from '#lib/server/evidence/queries.ts';
import { attachmentHeaders } from '#lib/server/http/attachment.ts';
import type { RequestEvent, RequestHandler } from './$types';

const NOWHERE = 'Ce justificatif n’existe pas.';

/** A file of evidence, to be saved; only for those who may see its declaration. */
export const GET: RequestHandler = async (event) => {
	const file = await find(event);
	const opened = await application().files.openFile(file.digest);
	if (!opened) throw new Error(`the content of a file is missing: ${file.digest}`);
	return new Response(Readable.toWeb(opened.stream) as ReadableStream, {
		headers: attachmentHeaders(file)
	});
};

/** The same without its content. */
export const HEAD: RequestHandler = async (event) =>
	new Response(null, { headers: attachmentHeaders(await find(event)) });

async function find({ locals, params }: RequestEvent) {
	const file = await inTransaction(locals.context, (tx) =>
		findEvidence(tx, params.id, params.file)
	);
	return file ?? error(404, NOWHERE);
}
