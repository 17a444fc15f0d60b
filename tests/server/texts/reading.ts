import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReadAct } from '#lib/server/texts/read-act.ts';
import { readActInThread } from '#lib/server/texts/read-in-thread.ts';
import { recogniseText } from '#lib/server/texts/recognise-text.ts';

const folder = mkdtempSync(join(tmpdir(), 'tenu-texts-'));
export const removeFolder = (): void => rmSync(folder, { recursive: true, force: true });

let turn = 0;

/** Reads a file as it is read when it is given: by its content, in its thread. */
export async function read(content: Uint8Array | string): Promise<ReadAct> {
	const path = join(folder, String(++turn));
	writeFileSync(path, content);
	const bytes = Buffer.from(content);
	try {
		const file = { path, digest: '', sizeBytes: bytes.length, head: bytes.subarray(0, 4100) };
		return await readActInThread({ path, kind: await recogniseText(file) });
	} finally {
		rmSync(path);
	}
}

/** The text of a file, or the sentence by which it is refused. */
export async function textOf(content: Uint8Array | string): Promise<string> {
	try {
		return (await read(content)).text;
	} catch (error) {
		return `REFUS : ${(error as Error).message.replace(/[\u00A0\u202F]/g, ' ')}`;
	}
}
