/** What every file that a person gave or takes away says to the browser: save it, never show it, never run it. */
const HEADERS = {
	'cache-control': 'private, no-store',
	'content-security-policy': "sandbox; default-src 'none'",
	'x-content-type-options': 'nosniff'
};

/** The headers of a file to be saved under its name. */
export const attachmentHeaders = (file: {
	name: string;
	mediaType: string;
	/** Left out where it is made while it is sent. */
	sizeBytes?: number;
}): Record<string, string> => ({
	...HEADERS,
	'content-type': file.mediaType,
	...(file.sizeBytes === undefined ? {} : { 'content-length': String(file.sizeBytes) }),
	'content-disposition': dispositionOf(file.name)
});

/** RFC 6266: the name in plain letters for old readers, and as it is for all others. */
export function dispositionOf(name: string): string {
	const plain = name
		.normalize('NFD')
		.replaceAll(/\p{M}/gu, '')
		.replaceAll(/[^\x20-\x7e]|["\\%;]/g, '_');
	const exact = encodeURIComponent(name.toWellFormed()).replaceAll(
		/['()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`
	);
	return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}
