import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PICTURES } from '../../src/routes/(app)/aide/declarer/pictures.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const FOLDER = join(PROJECT, 'static/aide');
const PAGE = readFileSync(join(PROJECT, 'src/routes/(app)/aide/declarer/+page.svelte'), 'utf8');

describe('the pictures of the help page', () => {
	it.each(Object.entries(PICTURES))(
		'%s is there, of the size that is said, light enough for a phone, and shown',
		(name, { width, height, alt }) => {
			const png = readFileSync(join(FOLDER, `${name}.png`));
			expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([width, height]);
			expect(png.length).toBeLessThanOrEqual(60_000);
			expect(alt).toMatch(/^.{20,200}\.$/);
			expect(PAGE).toContain(`name="${name}"`);
		}
	);

	it('are no more than those', () => {
		const names = readdirSync(FOLDER).map((file) => file.replace(/\.png$/, ''));
		expect(names.toSorted()).toEqual(Object.keys(PICTURES).toSorted());
	});
});
