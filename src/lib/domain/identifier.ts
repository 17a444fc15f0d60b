/** Whether a text has the shape of an identifier of this application (a UUID), so that it may be looked up. */
export const isIdentifier = (text: string): boolean =>
	/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
