/** Loads the demonstration in an empty database, also that of DATABASE_URL: `npm run demo:load`. */
import { readConfig } from '#lib/server/config.ts';
import { migrate } from '#lib/server/db/migrate.ts';
import { withDatabase } from './database.ts';
import { loadDemonstration } from './prepare-database.ts';
import { readFlags, runCommand, step } from './terminal.ts';

await runCommand(async () => {
	readFlags([]);
	const config = readConfig();
	await withDatabase(config, async (owner) => {
		await step('Mise à jour de la base de données', () => migrate(owner));
		await step('Chargement de la démonstration', () => loadDemonstration(owner, config.filesDir));
	});
});
