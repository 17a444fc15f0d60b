import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	compilerOptions: { runes: true },
	kit: {
		// Each build has a folder of its own: see src/commands/built-application.ts.
		adapter: adapter({ out: process.env.TENU_BUILD_FOLDER ?? 'build/manual' }),
		typescript: {
			config: (config) => ({
				...config,
				include: [
					...config.include,
					'../drizzle.config.ts',
					'../tests/**/*.ts',
					'../eslint.config.js'
				]
			})
		},
		// The page of a refusal stands at the address that was asked for, whatever its depth.
		paths: { relative: false },
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['self'],
				'script-src': ['self'],
				'style-src': ['self'],
				// SvelteKit's route announcer carries one fixed inline style; this is its digest.
				'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
				'img-src': ['self', 'data:'],
				'font-src': ['self'],
				'connect-src': ['self'],
				'object-src': ['none'],
				'base-uri': ['none'],
				'form-action': ['self'],
				'frame-ancestors': ['none']
			}
		}
	}
};
