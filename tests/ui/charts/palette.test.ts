import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { faint, PALETTE } from '#lib/ui/charts/palette.ts';

const css = readFileSync('src/app.css', 'utf8');

it.each(Object.entries(PALETTE))('draws %s in the colour of app.css', (name, colour) => {
	expect(css).toContain(`--${name}: ${colour};`);
});

it('lets a colour through', () => {
	expect(faint('disbursed', 0.1)).toBe('#1f4e791a');
	expect(faint('disbursed', 0)).toBe('#1f4e7900');
});
