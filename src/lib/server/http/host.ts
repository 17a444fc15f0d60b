/**
 * Without ORIGIN the application believes the Host that the browser names, and the check against forged forms
 * compares with it. So it must be one of the names of this machine: a foreign name that was made to point here
 * (DNS rebinding) is turned away.
 */
export function isOwnHost(hostHeader: string | undefined, listeningHost: string): boolean {
	const match = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?$/i.exec(hostHeader ?? '');
	const name = match?.[1]?.toLowerCase();
	if (!name) return false;
	return ['localhost', '127.0.0.1', '[::1]', bracketed(listeningHost.toLowerCase())].includes(name);
}

/** `::1` → `[::1]`, as it stands in an address. */
export function bracketed(host: string): string {
	return host.includes(':') ? `[${host}]` : host;
}
