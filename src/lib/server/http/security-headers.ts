const HEADERS = {
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
	// Not no-referrer: browsers would then send the Origin "null", and every form would be refused.
	'referrer-policy': 'same-origin',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'
};

/** A year. Other names under this one are the authority’s to decide, so they are left out. */
const HSTS = 'max-age=31536000';

/** What the law asks to be found; nothing else is for search engines (robots.txt says the same). */
const FOR_SEARCH_ENGINES = ['/accessibilite', '/mentions-legales'];

/** What every answer says to the browser, beside the Content-Security-Policy that SvelteKit writes. */
export function setSecurityHeaders(response: Response, url: URL): void {
	for (const [name, value] of Object.entries(HEADERS)) response.headers.set(name, value);
	if (!FOR_SEARCH_ENGINES.includes(url.pathname)) response.headers.set('x-robots-tag', 'noindex');
	if (url.protocol === 'https:') response.headers.set('strict-transport-security', HSTS);
}
