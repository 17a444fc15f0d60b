import type { ClientConfig } from 'pg';
import { readConfig, type Config } from '#lib/server/config.ts';
import { loginConnectionFrom } from '#lib/server/db/connection.ts';
import { SetupError } from '#lib/server/setup-error.ts';

/** What the command that started the application knows and the application needs. */
export type Running = {
	config: Config;
	/** The login role's connection: the application never holds the owner's. */
	login: ClientConfig;
	/** What must be closed when the application stops. */
	closers: (() => Promise<void>)[];
};

/**
 * Commands run from their source and the application from its build: two copies of every module in one process.
 * What both must see hangs on the process itself.
 */
const holder = globalThis as { [key: symbol]: Running | undefined };
const KEY = Symbol.for('tenu.running');

/** Called by the command, before it loads the application. */
export function prepareRunning(config: Config, login: ClientConfig): Running {
	const running: Running = { config, login, closers: [] };
	holder[KEY] = running;
	return running;
}

/** Called by the application. Started without our command (`vite preview`), it reads DATABASE_URL itself. */
export function readRunning(): Running {
	const running = holder[KEY];
	if (running) return running;
	const config = readConfig();
	const login = loginConnectionFrom(config);
	if (!login) throw new SetupError('Sans « npm start », indiquez la base avec DATABASE_URL.');
	return prepareRunning(config, login);
}

/** Asks for something to be closed when the application stops, once its last request is answered. */
export function whenStopping(close: () => Promise<void>): void {
	readRunning().closers.push(close);
}
