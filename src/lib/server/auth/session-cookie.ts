import type { Cookies } from '@sveltejs/kit';

/**
 * The cookie that carries the session's token. It has no date of its own: it goes when the browser is
 * closed, and the database decides when the session ends. Over https its name forbids any other
 * host or path to have set it.
 */
export function readSessionCookie(cookies: Cookies, url: URL): string | undefined {
	return cookies.get(nameFor(url));
}

export function setSessionCookie(cookies: Cookies, url: URL, token: string): void {
	cookies.set(nameFor(url), token, attributesFor(url));
}

export function clearSessionCookie(cookies: Cookies, url: URL): void {
	cookies.delete(nameFor(url), attributesFor(url));
}

const isSecure = (url: URL): boolean => url.protocol === 'https:';

const nameFor = (url: URL): string => (isSecure(url) ? '__Host-tenu_session' : 'tenu_session');

function attributesFor(url: URL) {
	return { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(url) } as const;
}
