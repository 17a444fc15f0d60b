import { Readable } from 'node:stream';
import { error } from '@sveltejs/kit';
import { typeset } from '#lib/domain/typography.ts';
import { application } from '#lib/server/application.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { findEvidence } from '#lib/server/evidence/queries.ts';
import { attachmentHeaders } from '#lib/server/http/attachment.ts';
import { log } from '#lib/server/http/log.ts';
import type { RequestEvent, RequestHandler } from './$types';

const NOWHERE = 'Ce justificatif n’existe pas.';

const MISSING =
	'Le contenu de ce justificatif manque sur le serveur ; son nom, sa taille et son empreinte sont gardés. Signalez-le à l’administratrice ou à l’administrateur de tenu.';

/** A file of evidence, to be saved; only for those who may see its declaration. */
export const GET: RequestHandler = async (event) => {
	const file = await find(event);
	const opened = await application().files.openFile(file.digest);
	if (!opened) return missing(event, file.digest);
	return new Response(Readable.toWeb(opened.stream) as ReadableStream, {
		headers: attachmentHeaders(file)
	});
};

/** The database was restored without the folder of files, or not yet: `tenu verify` names all that is missing. */
function missing({ locals: { requestId }, route }: RequestEvent, digest: string): never {
	log().error({ requestId, route: route.id, digest }, 'the content of a file is missing');
	error(503, { message: typeset(MISSING), requestId });
}

/** The same without its content. */
export const HEAD: RequestHandler = async (event) =>
	new Response(null, { headers: attachmentHeaders(await find(event)) });

async function find({ locals, params }: RequestEvent) {
	const file = await inTransaction(locals.context, (tx) =>
		findEvidence(tx, params.id, params.file)
	);
	return file ?? error(404, NOWHERE);
}
