/** Builds the application, so that the next start need not: `npm run build`. */
import { buildApplication } from './built-application.ts';
import { readFlags, runCommand, step } from './terminal.ts';

await runCommand(async () => {
	readFlags([]);
	await step('Construction de l’application', () => buildApplication());
});
