/** Starts the application, with all it needs: `npm start`, or `npm start -- --empty` without the demonstration. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readConfig, type Config } from '#lib/server/config.ts';
import { serve, tellBuild, type Handler } from '#lib/server/http/serve.ts';
import { prepareRunning } from '#lib/server/running.ts';
import { buildApplication, findBuild } from './built-application.ts';
import { openDatabase, sayWhereDataIs } from './database.ts';
import { greet } from './greeting.ts';
import { beginLifetime } from './lifetime.ts';
import { prepareDatabase } from './prepare-database.ts';
import { readFlags, runCommand, step } from './terminal.ts';

await runCommand(async () => {
	const flags = readFlags(['empty']);
	const config = readConfig();
	const lifetime = beginLifetime();
	try {
		const build =
			findBuild() ??
			(await step('Construction de l’application', () => buildApplication(lifetime.signal)));
		const database = await step('Démarrage de la base de données', () => openDatabase(config));
		lifetime.add(database.close);
		sayWhereDataIs(config, database);
		lifetime.signal.throwIfAborted();
		const login = await prepareDatabase(config, database, flags);
		lifetime.signal.throwIfAborted();

		const running = prepareRunning(config, login);
		lifetime.add(() => Promise.all(running.closers.map((close) => close())));
		const serving = await step('Démarrage de l’application', async () =>
			serve(await loadHandler(build, config), config)
		);
		lifetime.add(serving.drain);
		await greet(serving.origin, config, database.owner);
		await lifetime.asked;
		console.log('Arrêt : les requêtes en cours se terminent…');
	} catch (error) {
		lifetime.signal.throwIfAborted(); // What a stop broke off is no failure of its own.
		throw error;
	} finally {
		await lifetime.end();
	}
	console.log('Arrêté.');
});
process.exit();

/** The build reads the environment when it is loaded, so it is told first. */
async function loadHandler(build: string, config: Config): Promise<Handler> {
	tellBuild(config, process.env);
	const module: unknown = await import(pathToFileURL(join(build, 'handler.js')).href);
	return (module as { handler: Handler }).handler;
}
