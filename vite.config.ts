import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig(({ command }) => ({
	plugins: [sveltekit()],
	// Hundreds of small files of which we use a few: built in, they load in a third of the time and memory.
	ssr: { noExternal: command === 'build' ? ['drizzle-orm', 'zod', 'zod-openapi', 'lucia'] : [] }
}));
