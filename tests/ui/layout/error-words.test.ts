import { describe, expect, it } from 'vitest';
import { detailOfError, wordsOfError } from '#lib/ui/layout/error-words.ts';

describe('an error page', () => {
	it.each([400, 403, 404, 405, 409, 413, 429, 500, 503])(
		'has words of its own for %d',
		(status) => {
			const { title, advice } = wordsOfError(status);
			expect(title).toMatch(/^\p{Lu}.*[^.]$/u);
			expect(advice).toMatch(/\.$/);
			expect(status < 500 && title === wordsOfError(500).title).toBe(false);
		}
	);

	it('says what the server says, but neither twice nor in English', () => {
		const { title } = wordsOfError(404);
		expect(detailOfError('Cette enveloppe n’existe pas.', title)).toBe(
			'Cette enveloppe n’existe pas.'
		);
		const silent = [
			undefined,
			`${title}.`,
			'Malformed URI',
			'Not Found',
			'POST method not allowed. No form actions exist for this page',
			'Content-length of 600000 exceeds limit of 524288 bytes.'
		];
		expect(silent.map((message) => detailOfError(message, title))).toEqual(silent.map(() => null));
	});
});
