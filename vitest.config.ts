import { join } from 'node:path';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	plugins: [sveltekit()],
	test: {
		include: ['tests/**/*.test.ts'],
		globalSetup: ['tests/support/global-setup.ts'],
		pool: 'forks',
		maxWorkers: 2,
		// Programs that tests start, many of them to be killed, are compiled once.
		env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/tenu-tests') },
		testTimeout: 30_000,
		hookTimeout: 60_000,
		// A Chromium, a server and the application stop in turn.
		teardownTimeout: 30_000
	}
});
