import { Readable } from 'node:stream';
import { error } from '@sveltejs/kit';
import { fileNameOfReceipt } from '#lib/domain/receipt.ts';
import { printReceipt } from '#lib/server/exports/print-receipt.ts';
import { attachmentHeaders } from '#lib/server/http/attachment.ts';
import { readReceipt } from '#lib/server/reports/receipt.ts';
import type { RequestHandler } from './$types';

/** The receipt as a file to keep. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const asked = /^[1-9]\d{0,3}$/.exec(url.searchParams.get('envoi') ?? '');
	const receipt = await readReceipt(locals.context, params.id, asked ? Number(asked[0]) : null);
	if (!receipt) error(404, 'Ce récépissé n’existe pas.');
	const headers = attachmentHeaders({
		name: fileNameOfReceipt(receipt),
		mediaType: 'application/pdf'
	});
	return new Response(Readable.toWeb(printReceipt(receipt)) as ReadableStream, { headers });
};
