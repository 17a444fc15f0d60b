import { join, resolve } from 'node:path';
import { z } from 'zod';
import { SetupError } from '#lib/server/setup-error.ts';

/** What an installation may choose, read from the environment once and checked. */
export type Config = {
	port: number;
	/** `localhost` is both loopback addresses, 127.0.0.1 and ::1, and nothing of the network. */
	host: string;
	/** The address people type, when a proxy stands before us: `https://tenu.metropole.fr`. */
	origin: string | null;
	/** Where the embedded database keeps its data. Absolute. */
	dataDir: string;
	/** Where the files of partners are kept, outside of what is served. Absolute. */
	filesDir: string;
	/** The owner's connection to a PostgreSQL of the authority; null means the embedded one. */
	databaseUrl: string | null;
	/** The application's own connection, where an administrator made its role by hand. */
	databaseAppUrl: string | null;
	/** Connections of the application to the database, at most. */
	poolSize: number;
	/** How long a request waits for a connection before it is answered 503. */
	connectTimeoutMs: number;
	statementTimeoutMs: number;
	idleInTransactionTimeoutMs: number;
	/** The header in which the proxy says the address of the person, in lower case. */
	addressHeader: string | null;
	/** How many proxies stand before us, when that header is x-forwarded-for. */
	forwardedDepth: number;
	/** The largest ordinary form, in bytes; files have limits of their own. */
	bodySizeLimitBytes: number;
	/** The server that takes our mails; null leaves them where an administrator reads them. It holds a password. */
	smtpUrl: string | null;
	/** From whom mails come: `tenu <tenu@metropole.fr>`. */
	mailFrom: string | null;
	logLevel: (typeof LOG_LEVELS)[number];
	/** How long requests under way may take to finish after SIGTERM, in seconds. */
	shutdownTimeoutSeconds: number;
};

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const SMTP_EXAMPLE = 'smtp://utilisateur:motdepasse@serveur:587';

/** An address, or a name and an address. */
const MAIL_ADDRESS = /^(?:[^<>@"\r\n]+ <[^<>@\s]+@[\w.-]+>|[^<>@\s]+@[\w.-]+)$/;

const DATABASE_EXAMPLE = 'postgresql://utilisateur:motdepasse@serveur:5432/base';

const variables = z
	.object({
		PORT: wholeNumber(0, 65_535, 3000),
		HOST: text(/^[\w.:%-]+$/, 'un nom ou une adresse', '0.0.0.0').default('localhost'),
		ORIGIN: z
			.string()
			.refine(isOrigin, { error: expected('une adresse sans chemin', 'https://tenu.exemple.fr') })
			.transform((value) => new URL(value).origin)
			.nullable()
			.default(null),
		DATA_DIR: z.string().default('data'),
		FILES_DIR: z.string().nullable().default(null),
		DATABASE_URL: databaseUrl(),
		DATABASE_APP_URL: databaseUrl(),
		POOL_SIZE: wholeNumber(1, 500, 10),
		CONNECT_TIMEOUT_MS: wholeNumber(100, 600_000, 5_000),
		STATEMENT_TIMEOUT_MS: wholeNumber(100, 3_600_000, 30_000),
		IDLE_IN_TRANSACTION_TIMEOUT_MS: wholeNumber(100, 3_600_000, 30_000),
		ADDRESS_HEADER: text(/^[\w-]+$/, 'le nom d’un en-tête', 'x-forwarded-for')
			.transform((value) => value.toLowerCase())
			.nullable()
			.default(null),
		XFF_DEPTH: wholeNumber(1, 20, 1),
		BODY_SIZE_LIMIT: text(/^[1-9]\d{0,9}[KMG]?$/i, 'une taille', '512K')
			.transform(toBytes)
			.default(512 * 1024),
		SMTP_URL: smtpUrl(),
		MAIL_FROM: text(MAIL_ADDRESS, 'un expéditeur', 'tenu <tenu@exemple.fr>')
			.nullable()
			.default(null),
		LOG_LEVEL: z
			.enum(LOG_LEVELS, { error: expected(`l’un de ${LOG_LEVELS.join(', ')}`) })
			.default('info'),
		SHUTDOWN_TIMEOUT: wholeNumber(0, 3_600, 30)
	})
	.refine((values) => !values.DATABASE_APP_URL || values.DATABASE_URL, {
		path: ['DATABASE_APP_URL'],
		error: 'elle ne va pas sans DATABASE_URL, qui met la base à jour au démarrage.'
	})
	.refine((values) => !values.SMTP_URL || values.MAIL_FROM, {
		path: ['SMTP_URL'],
		error: 'elle ne va pas sans MAIL_FROM, l’expéditeur des courriels.'
	})
	.refine((values) => !values.SMTP_URL || values.ORIGIN, {
		path: ['SMTP_URL'],
		error: 'elle ne va pas sans ORIGIN, l’adresse à laquelle les courriels renvoient.'
	});

/**
 * Reads and checks the environment; the only place that does. An empty variable counts as absent. Every bad value is
 * one line of the SetupError, with the name of the variable, what is expected, and never a password.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
	const given = Object.fromEntries(
		Object.entries(environment).filter(([, value]) => value !== undefined && value !== '')
	);
	const checked = variables.safeParse(given);
	if (!checked.success) {
		throw new SetupError(
			checked.error.issues.map(({ path, message }) => `${path.join('.')} : ${message}`)
		);
	}
	const values = checked.data;
	return {
		port: values.PORT,
		host: values.HOST,
		origin: values.ORIGIN,
		dataDir: resolve(values.DATA_DIR),
		filesDir: resolve(values.FILES_DIR ?? join(values.DATA_DIR, 'justificatifs')),
		databaseUrl: values.DATABASE_URL,
		databaseAppUrl: values.DATABASE_APP_URL,
		poolSize: values.POOL_SIZE,
		connectTimeoutMs: values.CONNECT_TIMEOUT_MS,
		statementTimeoutMs: values.STATEMENT_TIMEOUT_MS,
		idleInTransactionTimeoutMs: values.IDLE_IN_TRANSACTION_TIMEOUT_MS,
		addressHeader: values.ADDRESS_HEADER,
		forwardedDepth: values.XFF_DEPTH,
		bodySizeLimitBytes: values.BODY_SIZE_LIMIT,
		smtpUrl: values.SMTP_URL,
		mailFrom: values.MAIL_FROM,
		logLevel: values.LOG_LEVEL,
		shutdownTimeoutSeconds: values.SHUTDOWN_TIMEOUT
	};
}

function expected(what: string, example?: string): (issue: { input?: unknown }) => string {
	return ({ input }) =>
		`« ${String(input)} » n’est pas ${what}${example ? `, par exemple ${example}` : ''}.`;
}

function text(pattern: RegExp, what: string, example: string): z.ZodString {
	return z.string().regex(pattern, { error: expected(what, example) });
}

function wholeNumber(least: number, most: number, byDefault: number) {
	const message = expected(`un nombre entier de ${least} à ${most}`);
	return z
		.string()
		.refine(
			(value) => /^\d{1,10}$/.test(value) && Number(value) >= least && Number(value) <= most,
			{
				error: message
			}
		)
		.transform(Number)
		.default(byDefault);
}

/** Its message repeats nothing of the value, which may hold a password. */
function databaseUrl() {
	return z
		.string()
		.refine(isDatabaseUrl, {
			error: `ce n’est pas l’adresse d’une base PostgreSQL, par exemple ${DATABASE_EXAMPLE}.`
		})
		.nullable()
		.default(null);
}

function isDatabaseUrl(value: string): boolean {
	if (!URL.canParse(value)) return false;
	const { protocol, pathname } = new URL(value);
	return ['postgres:', 'postgresql:'].includes(protocol) && pathname.length > 1;
}

/** As for the database: nothing of the value is repeated. */
function smtpUrl() {
	return z
		.string()
		.refine(isSmtpUrl, {
			error: `ce n’est pas l’adresse d’un serveur de courriels, par exemple ${SMTP_EXAMPLE}.`
		})
		.nullable()
		.default(null);
}

function isSmtpUrl(value: string): boolean {
	if (!URL.canParse(value)) return false;
	const { protocol, hostname } = new URL(value);
	return ['smtp:', 'smtps:'].includes(protocol) && hostname !== '';
}

function isOrigin(value: string): boolean {
	if (!URL.canParse(value)) return false;
	const url = new URL(value);
	return (
		['http:', 'https:'].includes(url.protocol) && [url.origin, `${url.origin}/`].includes(value)
	);
}

function toBytes(value: string): number {
	const unit = { K: 1024, M: 1024 ** 2, G: 1024 ** 3 }[value.at(-1)?.toUpperCase() ?? ''] ?? 1;
	return Number.parseInt(value, 10) * unit;
}
