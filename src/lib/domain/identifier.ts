/** Whether a text has the shape of an identifier of this application (a UUID), so that it may be looked up. */
export const isIdentifier = (text: string): boolean =>
	/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** Whether a text has the shape of a name in an address, `logement-d-abord-2021-2022`. */
export const isSlug = (text: string): boolean =>
	text.length <= 200 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text);
