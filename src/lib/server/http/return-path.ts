import type { Actor } from '#lib/domain/role.ts';

/**
 * Where to go after signing in, from the `vers` of the address: a path of this very site, else the first
 * page. An address that leads elsewhere, whichever way it is written, is not followed.
 */
export function returnPath(url: URL): string {
	const wanted = url.searchParams.get('vers');
	if (!wanted?.startsWith('/') || !URL.canParse(wanted, url.origin)) return '/';
	const target = new URL(wanted, url.origin);
	if (target.origin !== url.origin || target.pathname.startsWith('//')) return '/';
	if (/^\/(connexion|deconnexion|refus)(\/|$)/.test(target.pathname)) return '/';
	return `${target.pathname}${target.search}`;
}

/** The sign-in page that leads back to where the person wanted to go. */
export function signInPath(url: URL): string {
	const wanted = `${url.pathname}${url.search}`;
	return wanted === '/' ? '/connexion' : `/connexion?vers=${encodeURIComponent(wanted)}`;
}

/** Where one is after signing out; with whose typing the browser forgets, where it may have kept some. */
export const signedOutPath = ({ id, role }: Pick<Actor, 'id' | 'role'>): string =>
	role === 'partner' ? `/connexion?parti=${id}` : '/connexion';
