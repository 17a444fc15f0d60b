import { Readable } from 'node:stream';
import { error } from '@sveltejs/kit';
import { nameOfOriginal } from '#lib/domain/act/act-name.ts';
import { typeset } from '#lib/domain/typography.ts';
import { application } from '#lib/server/application.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { attachmentHeaders } from '#lib/server/http/attachment.ts';
import { log } from '#lib/server/http/log.ts';
import { findOriginal } from '#lib/server/readings/queries.ts';
import type { RequestEvent, RequestHandler } from './$types';

const NOWHERE = 'Cette lecture n’a pas de fichier d’origine.';

const MISSING =
	'Le contenu de ce fichier manque sur le serveur ; son nom, sa taille et son empreinte sont gardés. Signalez-le à l’administratrice ou à l’administrateur de tenu.';

/** The file in which an act was given, to be saved. */
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

async function find({ locals, params }: RequestEvent) {
	const file = await inTransaction(locals.context, (tx) => findOriginal(tx, params.id));
	return file ? { ...file, ...nameOfOriginal(file) } : error(404, NOWHERE);
}
