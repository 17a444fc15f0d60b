import { createHash } from 'node:crypto';
import template from '../../../error.html?raw';

/** Its one style, allowed by its digest; nothing else is loaded. */
const STYLE = createHash('sha256')
	.update(/<style>([^]*?)<\/style>/.exec(template)?.[1] ?? '')
	.digest('base64');

const POLICY = `default-src 'none'; style-src 'sha256-${STYLE}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The page for when not even the application's own error page can be made. */
export function errorPage(status: number, message: string): Response {
	const html = template
		.replaceAll('%sveltekit.status%', String(status))
		.replaceAll('%sveltekit.error.message%', () => message.replaceAll(/[&<>"]/g, toEntity));
	return new Response(html, {
		status,
		headers: {
			'content-type': 'text/html; charset=utf-8',
			'cache-control': 'no-store',
			'content-security-policy': POLICY
		}
	});
}

const toEntity = (character: string): string => `&#${character.charCodeAt(0)};`;
