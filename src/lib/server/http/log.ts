import { pino, type Logger } from 'pino';
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
		redact: ['*.password', '*.token', '*.cookie', '*.authorization', '*.email']
	});
	return logger;
}
