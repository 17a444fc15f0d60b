import { Readable } from 'node:stream';
import { error, type RequestEvent } from '@sveltejs/kit';
import { typeset } from '#lib/domain/typography.ts';
import { application } from '#lib/server/application.ts';
import { attachmentHeaders } from '#lib/server/http/attachment.ts';
import { log } from '#lib/server/http/log.ts';

/** A file as the database names it: its content is kept under its digest. */
export type NamedFile = { digest: string; name: string; mediaType: string; sizeBytes?: number };

const MISSING =
	'Le contenu de ce fichier manque sur le serveur ; son nom, sa taille et son empreinte sont gardés. Signalez-le à l’administratrice ou à l’administrateur de tenu.';

/**
 * A kept file, to be saved under its name; asked with HEAD, the same without its content. Whether somebody
 * may have it is asked before. Where the database was restored without the folder of files, or not yet, a
 * sentence says so: `tenu verify` names all that is missing.
 */
export async function sendFile(event: RequestEvent, file: NamedFile): Promise<Response> {
	const { locals, request, route } = event;
	const opened = await application().files.openFile(file.digest);
	if (!opened) {
		const { requestId } = locals;
		const { digest } = file;
		log().error({ requestId, route: route.id, digest }, 'the content of a file is missing');
		error(503, { message: typeset(MISSING), requestId });
	}
	const headers = attachmentHeaders(file);
	if (request.method !== 'HEAD') {
		return new Response(Readable.toWeb(opened.stream) as ReadableStream, { headers });
	}
	opened.stream.destroy();
	return new Response(null, { headers });
}
