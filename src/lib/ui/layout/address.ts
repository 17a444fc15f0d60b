/** Where a keyset page starts, and what was just recorded: meaningless once the filter, the sort or the date has changed. */
const CURSORS = new Set(['apres', 'avant', 'curseur', 'page', 'enregistree']);

/** Pages without an entry of their own, and the entry from which people come to them. */
const REACHED_FROM: Readonly<Record<string, string>> = { '/enveloppes': '/programmes' };

/** Whether the navigation entry `href` holds the page at `pathname`. The home page holds only itself. */
export function isCurrent(href: string, pathname: string): boolean {
	if (href === '/') return pathname === '/';
	const section = sectionOf(pathname);
	return section === sectionOf(href) || REACHED_FROM[section] === href;
}

const sectionOf = (path: string): string => `/${path.split('/')[1] ?? ''}`;

/**
 * The same page with some parameters of its address changed (null takes one away).
 * What else the address says is kept, except the place in a list.
 */
export function withParameters(url: URL, changes: Readonly<Record<string, string | null>>): string {
	const parameters = new URLSearchParams(otherParameters(url, Object.keys(changes)));
	for (const [name, value] of Object.entries(changes)) {
		if (value !== null) parameters.append(name, value);
	}
	const search = parameters.toString();
	return search === '' ? url.pathname : `${url.pathname}?${search}`;
}

/** What a form must carry along as hidden fields so that it changes only the parameters it names. */
export function otherParameters(url: URL, names: readonly string[]): [string, string][] {
	return [...url.searchParams].filter(([name]) => !names.includes(name) && !CURSORS.has(name));
}

/** The same page without the parameters that say nothing; null when there are none. */
export function withoutEmpty(url: URL): string | null {
	const empty = [...url.searchParams].filter(([, value]) => value === '').map(([name]) => name);
	if (empty.length === 0) return null;
	return withParameters(url, Object.fromEntries(empty.map((name) => [name, null])));
}
