/** The application as it is being written, with its database: `npm run dev`. Nothing is built. */
import { createServer } from 'vite';
import { readConfig } from '#lib/server/config.ts';
import { prepareRunning } from '#lib/server/running.ts';
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
		const database = await step('Démarrage de la base de données', () => openDatabase(config));
		lifetime.add(database.close);
		sayWhereDataIs(config, database);
		lifetime.signal.throwIfAborted();
		const login = await prepareDatabase(config, database, flags);
		lifetime.signal.throwIfAborted();

		const running = prepareRunning(config, login);
		lifetime.add(() => Promise.all(running.closers.map((close) => close())));
		const vite = await createServer({
			server: { host: config.host, port: config.port, strictPort: true }
		});
		lifetime.add(() => vite.close());
		await vite.listen();
		await greet(`http://${config.host}:${config.port}`, config, database.owner);
		await lifetime.asked;
	} catch (error) {
		lifetime.signal.throwIfAborted(); // What a stop broke off is no failure of its own.
		throw error;
	} finally {
		await lifetime.end();
	}
});
process.exit();
