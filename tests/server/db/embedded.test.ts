import {
	chmodSync,
	chownSync,
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync
} from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openEmbeddedDatabase } from '#lib/server/db/embedded/embedded.ts';
import { isAlive, readPostmaster } from '#lib/server/db/embedded/postmaster.ts';
import { makeGuardedFolder, type GuardedFolder } from '../../support/guarded-folder.ts';
import { startHolder, type Holder } from '../../support/holder.ts';
import { PROJECT } from '../../support/step.ts';

let guarded: GuardedFolder;
let folder: string;
let options: { dataDir: string; settings: Record<string, string> };
const holders: Holder[] = [];

beforeAll(() => {
	guarded = makeGuardedFolder('tenu-embedded-');
});

afterAll(() => guarded.remove());

beforeEach(() => {
	folder = mkdtempSync(join(guarded.path, 'test-'));
	chmodSync(folder, 0o755);
	options = { dataDir: join(folder, 'data'), settings: { fsync: 'off' } };
});

afterEach(async () => {
	await Promise.all(holders.splice(0).map((holder) => holder.leave()));
	rmSync(folder, { recursive: true, force: true });
});

async function hold(): Promise<Holder> {
	const holder = await startHolder(options);
	holders.push(holder);
	return holder;
}

async function ask<Row extends pg.QueryResultRow>(
	connection: pg.ClientConfig,
	text: string
): Promise<Row[]> {
	const client = new pg.Client(connection);
	client.on('error', () => undefined);
	await client.connect();
	try {
		return (await client.query<Row>(text)).rows;
	} finally {
		await client.end();
	}
}

/** The process of the server on this data; 0 when none runs. */
const pidOf = (dataFolder: string) => readPostmaster(dataFolder)?.pid ?? 0;

describe('the server we bring', () => {
	it('keeps what was written when it is stopped and started again', async () => {
		const first = await openEmbeddedDatabase(options);
		await ask(first.owner, 'create table kept (word text); insert into kept values ($$tenu$$)');
		await first.close();
		expect(pidOf(first.dataFolder)).toBe(0);
		expect(existsSync(String(first.owner.host))).toBe(false);

		const second = await openEmbeddedDatabase(options);
		expect(await ask(second.owner, 'select word from kept')).toEqual([{ word: 'tenu' }]);
		await second.close();
	});

	it('sorts as French does, thinks in Paris time, and its owner is no superuser', async () => {
		const { owner, close } = await openEmbeddedDatabase(options);
		const words = await ask<{ word: string }>(
			owner,
			`select word from unnest(array['zone', 'Évreux', 'eau', 'élan']) word order by word`
		);
		expect(words.map(({ word }) => word)).toEqual(['eau', 'élan', 'Évreux', 'zone']);
		const [settings] = await ask(
			owner,
			`select current_setting('TimeZone') as zone, current_setting('listen_addresses') as addresses,
				current_setting('fsync') as fsync, current_setting('is_superuser') as superuser`
		);
		expect(settings).toEqual({
			zone: 'Europe/Paris',
			addresses: '',
			fsync: 'off',
			superuser: 'off'
		});
		await close();
	});

	it('writes to the disk what it acknowledges, unless a test says otherwise', async () => {
		const { owner, close } = await openEmbeddedDatabase({ dataDir: options.dataDir });
		expect(await ask(owner, 'show fsync')).toEqual([{ fsync: 'on' }]);
		expect(await ask(owner, 'show synchronous_commit')).toEqual([{ synchronous_commit: 'on' }]);
		await close();
	});

	it('listens on 127.0.0.1 with a password where sockets are not to be had', async () => {
		const { owner, close } = await openEmbeddedDatabase({ ...options, transport: 'tcp' });
		expect(owner.host).toBe('127.0.0.1');
		expect(await ask(owner, 'select current_user as name')).toEqual([{ name: 'tenu' }]);
		await expect(ask({ ...owner, password: 'guess' }, 'select 1')).rejects.toThrow(/password/);
		await close();
	});
});

describe('several processes on the same data', () => {
	it('start at once without fighting: one starts the server, the others use it', async () => {
		const all = await Promise.all([hold(), hold(), hold()]);
		expect(new Set(all.map(({ owner }) => owner.host)).size).toBe(1);
		expect(all.filter(({ started }) => started)).toHaveLength(1);
	});

	it('leave one after the other, and the last one stops the server', async () => {
		const first = await hold();
		const second = await hold();
		expect([first.started, second.started]).toEqual([true, false]);
		await first.leave();
		expect(await ask(second.owner, 'select 1 as one')).toEqual([{ one: 1 }]);
		await second.leave();
		expect(pidOf(second.dataFolder)).toBe(0);
	});

	it('find the server that a killed process left behind', async () => {
		const killed = await hold();
		const pid = pidOf(killed.dataFolder);
		await killed.kill();
		expect(isAlive(pid)).toBe(true);

		const next = await openEmbeddedDatabase(options);
		expect(next.started).toBe(false);
		expect(pidOf(next.dataFolder)).toBe(pid);
		await next.close();
		expect(pidOf(next.dataFolder)).toBe(0);
	});

	it('come and go all the time without one being refused', async () => {
		const visit = async () => {
			for (let times = 0; times < 6; times++) {
				const database = await openEmbeddedDatabase(options);
				await ask(database.owner, 'select 1');
				await database.close();
			}
		};
		await visit();
		await Promise.all([visit(), visit(), visit()]);
		expect(readPostmaster(join(options.dataDir, 'postgresql'))).toBeNull();
	});
});

describe('a server that dies', () => {
	it('is started again at the same address while a process uses it', async () => {
		const database = await openEmbeddedDatabase(options);
		const pid = pidOf(database.dataFolder);
		process.kill(pid, 'SIGKILL');
		await expect
			.poll(() => ask(database.owner, 'select 1 as one').catch(() => []), { timeout: 20_000 })
			.toEqual([{ one: 1 }]);
		expect(pidOf(database.dataFolder)).not.toBe(pid);
		await database.close();
	});

	it('does not keep the next from starting when its number has gone to another program', async () => {
		const database = await openEmbeddedDatabase(options);
		const file = join(database.dataFolder, 'postmaster.pid');
		const text = readFileSync(file, 'utf8');
		await database.close();
		writeFileSync(file, text.replace(/^\d+/, String(process.pid)), { mode: 0o600 });

		const next = await openEmbeddedDatabase(options);
		expect(next.started).toBe(true);
		await next.close();
	});
});

describe('data that is not ours to open', () => {
	it('is refused in one line when another version of PostgreSQL wrote it', async () => {
		const { close, dataFolder } = await openEmbeddedDatabase(options);
		await close();
		writeFileSync(join(dataFolder, 'PG_VERSION'), '17\n');
		await expect(openEmbeddedDatabase(options)).rejects.toThrow(
			/écrites par PostgreSQL 17.*DATA_DIR/
		);
	});
});

const isRoot = process.getuid?.() === 0;

describe.runIf(isRoot && process.platform === 'linux')('as root', () => {
	/** A checkout under a home that nobody can enter: the sources are copied, the packages linked. */
	function closedCheckout(): string {
		const project = join(folder, 'home', 'tenu');
		mkdirSync(join(folder, 'home'), { mode: 0o700 });
		for (const part of ['src', 'tests/support', 'package.json']) {
			cpSync(join(PROJECT, part), join(project, part), { recursive: true });
		}
		symlinkSync(join(PROJECT, 'node_modules'), join(project, 'node_modules'));
		return project;
	}

	it('runs the server as nobody, on data that is its own', async () => {
		const holder = await hold();
		expect(statSync(holder.dataFolder).uid).toBe(65534);
		expect(statSync(`/proc/${pidOf(holder.dataFolder)}`).uid).toBe(65534);
		expect(statSync(String(holder.owner.host)).mode & 0o777).toBe(0o700);
	});

	it('copies the programs and keeps the data elsewhere when nobody can enter the project', async () => {
		const project = closedCheckout();
		const systemFolder = join(folder, 'system');
		const closed = { ...options, dataDir: join(project, 'data'), systemFolder };
		const first = await startHolder(closed, { project });
		holders.push(first);
		expect(first.dataFolder.startsWith(`${systemFolder}/`)).toBe(true);
		expect(await ask(first.owner, 'select 1 as one')).toEqual([{ one: 1 }]);
		await first.leave();

		// The folder is opened later: the data is where it was.
		chmodSync(join(folder, 'home'), 0o755);
		const second = await startHolder(closed, { project });
		holders.push(second);
		expect(second.dataFolder).toBe(first.dataFolder);
	});

	it.runIf(existsSync('/usr/bin/setpriv'))(
		'serves another account too, and later uses the data of that account as its owner',
		async () => {
			mkdirSync(options.dataDir);
			chownSync(options.dataDir, 1, 1);
			const through = ['/usr/bin/setpriv', '--reuid=1', '--regid=1', '--clear-groups'];
			const theirs = await startHolder(options, { through });
			expect(statSync(theirs.dataFolder).uid).toBe(1);
			await theirs.leave();

			const ours = await hold();
			expect(statSync(`/proc/${pidOf(ours.dataFolder)}`).uid).toBe(1);
		}
	);

	it.runIf(existsSync('/usr/bin/setpriv'))(
		'leaves data that another account is refused, in one line',
		async () => {
			const ours = await hold();
			await ours.leave();
			const through = ['/usr/bin/setpriv', '--reuid=1', '--regid=1', '--clear-groups'];
			await expect(startHolder(options, { through })).rejects.toThrow(
				/appartiennent à un autre compte/
			);
		}
	);
});
