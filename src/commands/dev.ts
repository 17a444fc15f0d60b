/** The application as it is being written, with its database: `npm run dev`. Nothing is built. */
import { createServer, type ViteDevServer } from 'vite';
import { readConfig, type Config } from '#lib/server/config.ts';
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
		const vite = await createVite(config);
		lifetime.add(() => vite.close());
		await vite.listen();
		await greet(`http://${config.host}:${config.port}`, config, database.owner);
		await lifetime.asked;
		console.log('Arrêt…');
	} catch (error) {
		lifetime.signal.throwIfAborted(); // What a stop broke off is no failure of its own.
		throw error;
	} finally {
		await lifetime.end();
	}
});
process.exit();

/** Vite ends the process by itself when it is asked to stop: here the database is to be stopped first. */
async function createVite({ host, port }: Config): Promise<ViteDevServer> {
	const ours = process.listeners('SIGTERM');
	const vite = await createServer({ server: { host, port, strictPort: true } });
	for (const listener of process.listeners('SIGTERM').filter((one) => !ours.includes(one))) {
		process.off('SIGTERM', listener);
		process.stdin.off('end', listener);
	}
	return vite;
}
