import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { refuseFile } from './limits.ts';

/** How the letters of a text file are written, and what stands before the first. */
export type Encoding = { name: 'utf-8' | 'utf-16le' | 'windows-1252'; skipBytes: number };

/** UTF-8 where every byte of the file is; else as old spreadsheets in France write it, Windows-1252. */
export async function findEncoding(path: string): Promise<Encoding> {
	const handle = await open(path);
	const head = Buffer.alloc(4);
	const { bytesRead } = await handle.read(head, 0, 4, 0).finally(() => handle.close());
	if (bytesRead === 0) throw refuseFile('Ce fichier est vide.');
	if (head[0] === 0xff && head[1] === 0xfe) return { name: 'utf-16le', skipBytes: 2 };
	const skipBytes = head.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 3 : 0;
	const decoder = new TextDecoder('utf-8', { fatal: true });
	try {
		for await (const piece of createReadStream(path)) {
			decoder.decode(piece as Buffer, { stream: true });
		}
		decoder.decode();
	} catch (error) {
		if ((error as { code?: string }).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
		return { name: 'windows-1252', skipBytes: 0 };
	}
	return { name: 'utf-8', skipBytes };
}

/** The text of a file, piece by piece. A NUL is no letter: such a file is not text. */
export async function* readText(path: string, encoding: Encoding): AsyncGenerator<string> {
	const decoder = new TextDecoder(encoding.name, { ignoreBOM: true });
	const pieces = createReadStream(path, { start: encoding.skipBytes, highWaterMark: 64 * 1024 });
	try {
		for await (const piece of pieces) {
			const text = decoder.decode(piece as Buffer, { stream: true });
			if (text.includes('\0')) throw notText();
			yield text;
		}
		yield decoder.decode();
	} finally {
		pieces.destroy();
	}
}

const notText = () =>
	refuseFile(
		'Ce fichier n’est pas un tableau en texte. Depuis votre tableur, enregistrez-le en .xlsx ou en .csv, puis donnez-le.'
	);
