import type { Readable } from 'node:stream';

/** Control characters that no text holds: all but tab, line feed, form feed and carriage return. */
const CONTROL = new Set([...Array(32).keys()].filter((code) => ![9, 10, 12, 13].includes(code)));

/** Bytes that Windows-1252 leaves without a character. */
const NOT_WINDOWS = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/** Whether content is text to its end, in UTF-8 or in Windows-1252, whatever is in it. */
export async function isPlainText(content: Readable): Promise<boolean> {
	const utf8 = new TextDecoder('utf-8', { fatal: true });
	let isUtf8 = true;
	let isWindows = true;
	for await (const piece of content) {
		const chunk = piece as Buffer;
		for (const byte of chunk) {
			if (CONTROL.has(byte)) return false;
			if (NOT_WINDOWS.has(byte)) isWindows = false;
		}
		isUtf8 &&= isDecoded(utf8, chunk);
		if (!isUtf8 && !isWindows) return false;
	}
	return (isUtf8 && isDecoded(utf8)) || isWindows;
}

/** Without a chunk: whether what came so far ends with a whole character. */
function isDecoded(decoder: TextDecoder, chunk?: Buffer): boolean {
	try {
		decoder.decode(chunk, { stream: chunk !== undefined });
		return true;
	} catch {
		return false;
	}
}
