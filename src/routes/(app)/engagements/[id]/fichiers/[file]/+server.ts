import { Readable } from 'node:stream';
import { error } from '@sveltejs/kit';
import { typeset } from '#lib/domain/typography.ts';
import { application } from '#lib/server/application.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { attachmentHeaders } from '#lib/server/http/attachment.ts';
import { log } from '#lib/server/http/log.ts';
import { findUndertakingFile } from '#lib/server/undertakings/queries.ts';
import type { RequestHandler } from './$types';

const MISSING =
	'Le contenu de ce justificatif manque sur le serveur ; son nom, sa taille et son empreinte sont gardés. Signalez-le à l’administratrice ou à l’administrateur de tenu.';

/** A file of the log of an undertaking, to be saved; only for those who may see what it proves. */
export const GET: RequestHandler = async ({ locals, params, route }) => {
	const file = await inTransaction(locals.context, (tx) =>
		findUndertakingFile(tx, params.id, params.file)
	);
	if (!file) error(404, 'Ce justificatif n’existe pas.');
	const opened = await application().files.openFile(file.digest);
	if (opened) {
		return new Response(Readable.toWeb(opened.stream) as ReadableStream, {
			headers: attachmentHeaders(file)
		});
	}
	const { requestId } = locals;
	log().error(
		{ requestId, route: route.id, digest: file.digest },
		'the content of a file is missing'
	);
	error(503, { message: typeset(MISSING), requestId });
};
