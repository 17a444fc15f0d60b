import { pino, type Logger } from 'pino';
import { databaseErrorOf } from '#lib/server/db/transaction.ts';
import { readRunning } from '#lib/server/running.ts';

let logger: Logger | null = null;

/**
 * One JSON line an event, on standard output. Lines name requests, routes and durations; never a
 * person, an address, a cookie or what was typed.
 */
export function log(): Logger {
	logger ??= pino({
		level: readRunning().config.logLevel,
		base: null,
		serializers: { err: describe },
		redact: ['*.password', '*.token', '*.cookie', '*.authorization', '*.email']
	});
	return logger;
}

/** What failed and where, without the values that a failed statement carries in its message. */
function describe(error: unknown): Record<string, unknown> {
	if (!(error instanceof Error)) return { type: typeof error };
	const database = databaseErrorOf(error);
	const root = rootOf(error);
	return {
		type: error.name,
		message: root.message.split('\nparams:')[0],
		...(database ? { code: database.code, constraint: database.constraint } : {}),
		stack: error.stack?.split('\n').filter((line) => line.startsWith('    at '))
	};
}

const rootOf = (error: Error): Error =>
	error.cause instanceof Error ? rootOf(error.cause) : error;
