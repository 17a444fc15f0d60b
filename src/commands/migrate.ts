/** Brings the database up to date without starting the application: `npm run db:migrate`. */
import { readConfig } from '#lib/server/config.ts';
import { migrate } from '#lib/server/db/migrate.ts';
import { withDatabase } from './database.ts';
import { readFlags, runCommand, step } from './terminal.ts';

await runCommand(async () => {
	readFlags([]);
	await withDatabase(readConfig(), (owner) =>
		step('Mise à jour de la base de données', () => migrate(owner))
	);
});
