/**
 * The text of a file in whatever way it was saved: UTF-8, UTF-16 with its mark, else windows-1252,
 * which older word processors write. The mark at its head is dropped. What is no text at all, as a
 * picture, has none: nothing can be read in it.
 */
export function decodeText(bytes: Uint8Array): string {
	const text = decode(bytes);
	return isBinary(text) ? '' : text;
}

function decode(bytes: Uint8Array): string {
	const [first, second] = bytes;
	if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
	if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder('windows-1252').decode(bytes);
	}
}

/** Text has no more than a stray sign that cannot be printed: one in a thousand. */
function isBinary(text: string): boolean {
	// eslint-disable-next-line no-control-regex -- they are what is sought
	const unprintable = text.match(/[\u0000-\u0008\u000E-\u001A\u001C-\u001F\uFFFD]/g)?.length ?? 0;
	return unprintable * 1000 > text.length;
}
