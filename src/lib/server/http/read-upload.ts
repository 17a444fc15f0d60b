import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import busboy from 'busboy';
import { Refusal } from '#lib/domain/refusal.ts';
import { MOST_FILES_AT_ONCE } from '#lib/server/http/body-limit.ts';

/** A file while it comes in. It must be read to its end, or what follows it never comes. */
export type IncomingFile = { name: string; stream: Readable };

/** The fields of the form that stand before the file. */
export type FieldsBefore = ReadonlyMap<string, string>;

/**
 * Reads a form with files, piece by piece: never a whole file in memory. `take` is given each file as it
 * comes; a field without a chosen file is passed over. Answers what `take` did, in the order of the files.
 */
export async function readUpload<Taken>(
	request: Request,
	take: (file: IncomingFile, fields: FieldsBefore) => Promise<Taken>
): Promise<Taken[]> {
	return (await readFormWithFiles(request, take)).taken;
}

/** A field, in bytes, unless more is said: of a longer one, the rest is not heard. */
const LONGEST_FIELD_BYTES = 16 * 1024;

/** The same of a form whose fields matter also where no file was chosen. A field holds 16 kB unless more is said. */
export async function readFormWithFiles<Taken>(
	request: Request,
	take: (file: IncomingFile, fields: FieldsBefore) => Promise<Taken>,
	longestFieldBytes = LONGEST_FIELD_BYTES
): Promise<{ fields: FieldsBefore; taken: Taken[] }> {
	const parser = openParser(request, longestFieldBytes);
	const fields = new Map<string, string>();
	const takings: Promise<Taken>[] = [];
	let tooMany = false;
	parser.on('field', (name, value) => fields.set(name, value));
	parser.on('filesLimit', () => (tooMany = true));
	parser.on('file', (_, stream, { filename }: { filename?: string }) => {
		// A connection that breaks before anybody reads the file must not end the process; who reads is told.
		stream.on('error', () => {});
		if (!filename) return void stream.resume();
		const taking = take({ name: filename, stream }, new Map(fields));
		takings.push(taking);
		// Whatever happened to it, what follows comes.
		taking.then(
			() => stream.resume(),
			() => stream.resume()
		);
	});
	try {
		await pipeline(Readable.fromWeb(request.body as NodeStream), parser);
	} catch (error) {
		await Promise.allSettled(takings); // So that nothing of them is left lying about.
		throw error;
	}
	const taken = await Promise.all(takings);
	if (tooMany) throw new Refusal(`Seuls les ${MOST_FILES_AT_ONCE} premiers fichiers ont été pris.`);
	return { fields, taken };
}

const NO_FORM = 'Choisissez le fichier dans le formulaire de cette page.';

function openParser(request: Request, longestFieldBytes: number): busboy.Busboy {
	const type = request.headers.get('content-type') ?? '';
	if (!request.body || !/^multipart\/form-data *;/i.test(type)) throw new Refusal(NO_FORM);
	try {
		return busboy({
			headers: { 'content-type': type },
			defParamCharset: 'utf8', // As browsers write names.
			limits: {
				files: MOST_FILES_AT_ONCE,
				fields: 20,
				fieldSize: longestFieldBytes,
				parts: MOST_FILES_AT_ONCE + 20,
				headerPairs: 50
			}
		});
	} catch {
		throw new Refusal(NO_FORM);
	}
}
