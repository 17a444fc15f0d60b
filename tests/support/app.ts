import { spawn, type ChildProcess } from 'node:child_process';
import { join, resolve } from 'node:path';
import type pg from 'pg';
import { buildApplication, findBuild } from '../../src/commands/built-application.ts';
import { testFilesDir, type TestDatabase } from './database.ts';

const PROJECT = resolve(import.meta.dirname, '../..');

/** The built application as a process of its own, as `npm start` runs it. */
export type TestApp = {
	origin: string;
	pid: number;
	/** All it wrote so far. */
	output: () => string;
	/** SIGTERM, as an administrator would; resolves to the exit code. */
	stop: () => Promise<number | null>;
	/** SIGKILL, as a power cut would. */
	kill: () => Promise<void>;
};

export type TestAppOptions = {
	database: TestDatabase;
	/** On top of a bare environment: HOST 127.0.0.1 and a free port, unless said otherwise here. */
	env?: Readonly<Record<string, string>>;
};

/** Starts the application against a test database and waits until it answers. */
export async function startApp({ database, env = {} }: TestAppOptions): Promise<TestApp> {
	if (!findBuild()) await buildApplication();
	const child = spawn(
		process.execPath,
		['--import', join(import.meta.dirname, 'tether.js'), join(PROJECT, 'src/commands/start.ts')],
		{
			cwd: PROJECT,
			env: {
				PATH: process.env.PATH,
				NODE_ENV: 'production',
				HOST: '127.0.0.1',
				PORT: '0',
				LOG_LEVEL: 'warn',
				DATABASE_URL: urlOf(database.owner),
				FILES_DIR: testFilesDir(),
				...env
			},
			stdio: ['pipe', 'pipe', 'pipe']
		}
	);
	const chunks: string[] = [];
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
	}
	const output = () => chunks.join('');
	const exit = new Promise<number | null>((done) => child.on('exit', done));
	return {
		origin: await findOrigin(child, output, exit),
		pid: child.pid ?? 0,
		output,
		stop: async () => {
			child.kill('SIGTERM');
			return exit;
		},
		kill: async () => {
			child.kill('SIGKILL');
			await exit;
		}
	};
}

/** `postgresql:///tenu_test?host=/tmp/…`: the address of a connection over a socket. */
export function urlOf(connection: pg.ClientConfig): string {
	const { host = '', port, user = '', database = '' } = connection;
	const query = new URLSearchParams({ host, port: String(port), user });
	return `postgresql:///${database}?${query}`;
}

/** The line that says where the application is comes once it listens. */
async function findOrigin(
	child: ChildProcess,
	output: () => string,
	exit: Promise<number | null>
): Promise<string> {
	let ended = false;
	void exit.then(() => (ended = true));
	for (let waited = 0; waited < 60_000; waited += 20) {
		const origin = /tenu est prêt : (http\S+)/.exec(output())?.[1];
		if (origin) return origin;
		if (ended) throw new Error(`The application did not start:\n${output()}`);
		await new Promise((done) => setTimeout(done, 20));
	}
	child.kill('SIGKILL');
	throw new Error(`The application did not start in a minute:\n${output()}`);
}
