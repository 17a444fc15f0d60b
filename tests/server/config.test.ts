import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '#lib/server/config.ts';
import { SetupError } from '#lib/server/setup-error.ts';

/** The lines a person reads when the environment is refused. */
function refusal(environment: Record<string, string>): readonly string[] {
	try {
		readConfig(environment);
	} catch (error) {
		if (error instanceof SetupError) return error.lines;
	}
	return [];
}

it('asks for nothing: every setting has a default', () => {
	expect(readConfig({})).toEqual({
		port: 3000,
		host: 'localhost',
		origin: null,
		dataDir: resolve('data'),
		filesDir: resolve('data/justificatifs'),
		databaseUrl: null,
		databaseAppUrl: null,
		poolSize: 10,
		connectTimeoutMs: 5_000,
		statementTimeoutMs: 30_000,
		idleInTransactionTimeoutMs: 30_000,
		addressHeader: null,
		forwardedDepth: 1,
		bodySizeLimitBytes: 512 * 1024,
		smtpUrl: null,
		mailFrom: null,
		logLevel: 'info',
		shutdownTimeoutSeconds: 30
	});
});

it('takes an empty variable for an absent one', () => {
	expect(readConfig({ PORT: '', ORIGIN: '', DATABASE_URL: '' })).toEqual(readConfig({}));
});

it('reads what is given', () => {
	const config = readConfig({
		PORT: '8080',
		HOST: '0.0.0.0',
		ORIGIN: 'https://tenu.exemple.fr/',
		DATABASE_URL: 'postgresql:///tenu?host=/run/postgresql',
		ADDRESS_HEADER: 'X-Forwarded-For',
		XFF_DEPTH: '2',
		FILES_DIR: '/srv/justificatifs',
		BODY_SIZE_LIMIT: '10m'
	});
	expect(config).toMatchObject({
		port: 8080,
		host: '0.0.0.0',
		origin: 'https://tenu.exemple.fr',
		databaseUrl: 'postgresql:///tenu?host=/run/postgresql',
		addressHeader: 'x-forwarded-for',
		forwardedDepth: 2,
		filesDir: resolve('/srv/justificatifs'),
		bodySizeLimitBytes: 10 * 1024 ** 2
	});
});

describe('refuses in one line, with the name of the variable,', () => {
	it.each([
		[{ PORT: 'trois mille' }, 'PORT : « trois mille » n’est pas un nombre entier de 0 à 65535.'],
		[{ PORT: '65536' }, 'PORT : « 65536 » n’est pas un nombre entier de 0 à 65535.'],
		[{ PORT: '3000.5' }, 'PORT : « 3000.5 » n’est pas un nombre entier de 0 à 65535.'],
		[
			{ HOST: 'http://localhost' },
			'HOST : « http://localhost » n’est pas un nom ou une adresse, par exemple 0.0.0.0.'
		],
		[
			{ ORIGIN: 'https://exemple.fr/tenu' },
			'ORIGIN : « https://exemple.fr/tenu » n’est pas une adresse sans chemin, par exemple https://tenu.exemple.fr.'
		],
		[
			{ LOG_LEVEL: 'loud' },
			'LOG_LEVEL : « loud » n’est pas l’un de fatal, error, warn, info, debug, trace, silent.'
		],
		[{ XFF_DEPTH: '0' }, 'XFF_DEPTH : « 0 » n’est pas un nombre entier de 1 à 20.'],
		[
			{ BODY_SIZE_LIMIT: '12 Mo' },
			'BODY_SIZE_LIMIT : « 12 Mo » n’est pas une taille, par exemple 512K.'
		],
		[
			{ DATABASE_APP_URL: 'postgresql://tenu_login@serveur/tenu' },
			'DATABASE_APP_URL : elle ne va pas sans DATABASE_URL, qui met la base à jour au démarrage.'
		],
		[
			{ MAIL_FROM: 'tenu' },
			'MAIL_FROM : « tenu » n’est pas un expéditeur, par exemple tenu <tenu@exemple.fr>.'
		],
		[
			{ MAIL_FROM: 'tenu <tenu@exemple.fr>\nBcc: autre@exemple.fr' },
			'MAIL_FROM : « tenu <tenu@exemple.fr>\nBcc: autre@exemple.fr » n’est pas un expéditeur, par exemple tenu <tenu@exemple.fr>.'
		],
		[
			{ SMTP_URL: 'smtp://serveur', ORIGIN: 'https://tenu.exemple.fr' },
			'SMTP_URL : elle ne va pas sans MAIL_FROM, l’expéditeur des courriels.'
		],
		[
			{ SMTP_URL: 'smtp://serveur', MAIL_FROM: 'tenu@exemple.fr' },
			'SMTP_URL : elle ne va pas sans ORIGIN, l’adresse à laquelle les courriels renvoient.'
		]
	])('%j', (environment, line) => {
		expect(refusal(environment as Record<string, string>)).toEqual([line]);
	});
});

it('says every bad value at once', () => {
	expect(refusal({ PORT: '-1', LOG_LEVEL: 'x', POOL_SIZE: 'y' })).toHaveLength(3);
});

it('never repeats the password of a bad database address', () => {
	const lines = refusal({ DATABASE_URL: 'mysql://tenu:secret@serveur/tenu' });
	expect(lines).toHaveLength(1);
	expect(lines[0]).toMatch(/^DATABASE_URL : ce n’est pas l’adresse d’une base PostgreSQL/);
	expect(lines[0]).not.toContain('secret');
});

it('never repeats the password of a bad mail server', () => {
	const others = { MAIL_FROM: 'tenu@exemple.fr', ORIGIN: 'https://tenu.exemple.fr' };
	const lines = refusal({ ...others, SMTP_URL: 'imap://tenu:secret@serveur:993' });
	expect(lines).toEqual([
		'SMTP_URL : ce n’est pas l’adresse d’un serveur de courriels, par exemple smtp://utilisateur:motdepasse@serveur:587.'
	]);
});
