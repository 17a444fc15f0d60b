import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const components = globSync('src/**/*.svelte').sort();

it('finds the components', () => {
	expect(components.length).toBeGreaterThan(30);
});

it.each(components)('%s writes no inline style, which the security policy would refuse', (path) => {
	const markup = readFileSync(path, 'utf8').replace(/<style>[^]*<\/style>/, '');
	expect(markup).not.toMatch(/\sstyle[=:]/);
});
