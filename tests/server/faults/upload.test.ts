import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMONSTRATION_PASSWORD } from '#lib/server/demonstration/accounts.ts';
import { openFileStore, type FileStore } from '#lib/server/evidence/file-store.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { KILLS } from '../../support/kills.ts';
import { visit } from '../../support/visitor.ts';

const PARTNER = 'partenaire@demo.example';

let database: TestDatabase;
let owner: pg.Client;
let folder: string;
/** Fifty starts of the same program: its compiled form is kept between them. */
let compileCache: string;
let store: FileStore;
/** A session outlives the process that it was opened with. */
let cookie: string;
/** A draft for each application, since a draft has so many files at most. */
let drafts: string[];

beforeAll(async () => {
	database = await testDatabase({ demonstration: true });
	owner = new pg.Client(database.owner);
	await owner.connect();
	folder = mkdtempSync(join(tmpdir(), 'tenu-uploads-'));
	compileCache = mkdtempSync(join(tmpdir(), 'tenu-uploader-'));
	store = openFileStore(folder);
	const app = await start();
	const visitor = visit(app.origin);
	await visitor.signIn(PARTNER, DEMONSTRATION_PASSWORD);
	cookie = visitor.cookie();
	await app.stop();
	const { rows } = await owner.query<{ id: string }>(
		`insert into declarations (envelope_id, organisation_id, period_starts_on, period_ends_on, created_by)
		select e.id, e.partner_id, e.starts_on + n, e.starts_on + n, u.id
		from (
			select e.*, u.id as user_id from envelopes e join users u on u.organisation_id = e.partner_id
			where u.email = $1 order by e.id limit 1
		) e join users u on u.id = e.user_id, generate_series(1, $2) n
		where extract(day from e.starts_on + n) > 1 returning id`,
		[PARTNER, KILLS + 10]
	);
	drafts = rows.map(({ id }) => id);
}, 180_000);
afterAll(async () => {
	await owner?.end();
	await database?.drop();
	for (const path of [folder, compileCache]) rmSync(path, { recursive: true, force: true });
});

const start = (): Promise<TestApp> =>
	startApp({ database, env: { FILES_DIR: folder, NODE_COMPILE_CACHE: compileCache } });

describe('the application killed in the middle of uploads', () => {
	it('again and again loses no acknowledged file, and leaves none half there', async () => {
		const acknowledged: string[] = [];
		let brokenOff = 0;
		let left = KILLS;
		const lane = async () => {
			while (left-- > 0) {
				const uploaded = await uploadUntilKilled(drafts[left] ?? '');
				acknowledged.push(...uploaded.acknowledged);
				brokenOff += uploaded.brokenOff;
			}
		};
		await Promise.all([lane(), lane(), lane()]);
		expect(acknowledged.length).toBeGreaterThan(2 * KILLS);
		expect(brokenOff, 'uploads under way when it was killed').toBeGreaterThan(KILLS);

		const rows = await listRows();
		const digests = new Set(rows.map(({ digest }) => digest));
		expect(acknowledged.filter((digest) => !digests.has(digest))).toEqual([]);
		expect(await listWrong(digests), 'rows without their file').toEqual([]);
		expect(await listWrong(listStored()), 'files that are not what they are called').toEqual([]);
		expect(
			rows.filter(({ told }) => told !== '1 1'),
			'rows without history'
		).toEqual([]);
	}, 240_000);

	it('leaves aside what it was receiving, which nobody can read', async () => {
		const aside = readdirSync(join(folder, 'incoming'));
		const stored = new Set(listStored());
		expect(aside.filter((name) => stored.has(name))).toEqual([]);
		await expect(async () => store.openFile(aside[0] ?? 'incoming')).rejects.toThrow(RangeError);
	});
});

type Uploaded = { acknowledged: string[]; brokenOff: number };

/** Starts an application, gives it files four at a time, and kills it in their midst after a few acknowledgements. */
async function uploadUntilKilled(draft: string): Promise<Uploaded> {
	const app = await start();
	const uploaded: Uploaded = { acknowledged: [], brokenOff: 0 };
	const enough = 1 + Math.floor(Math.random() * 8);
	let isKilled = false;
	const upload = async () => {
		while (!isKilled) {
			const content = Buffer.concat([Buffer.from('%PDF-1.4\n'), randomBytes(someSize())]);
			try {
				if (await send(app.origin, draft, content)) {
					uploaded.acknowledged.push(createHash('sha256').update(content).digest('hex'));
				}
			} catch {
				uploaded.brokenOff += 1;
			}
		}
	};
	const uploads = [upload(), upload(), upload(), upload()];
	while (uploaded.acknowledged.length < enough) await wait(2);
	await wait(Math.random() * 30);
	isKilled = true;
	await app.kill();
	await Promise.all(uploads);
	return uploaded;
}

/** Mostly small, some of megabytes. */
const someSize = (): number => Math.floor(Math.random() ** 3 * 4_000_000);

/** Whether the application said that the file is attached. */
async function send(origin: string, draft: string, content: Buffer): Promise<boolean> {
	const body = new FormData();
	body.append('ligne', '');
	body.append('fichier', new File([new Uint8Array(content)], 'facture.pdf'));
	const answer = await fetch(`${origin}/declarations/${draft}/justificatifs?/joindre`, {
		method: 'POST',
		body,
		headers: { cookie, origin, accept: 'text/html' },
		redirect: 'manual'
	});
	if (answer.status !== 303) throw new Error(`answered ${answer.status}`);
	return answer.headers.get('location')?.includes('joints=1') ?? false;
}

/** Every row, with how often the history and the audit trail tell of it. */
async function listRows(): Promise<{ digest: string; told: string }[]> {
	const { rows } = await owner.query<{ digest: string; told: string }>(
		`select f.digest, concat_ws(' ',
			(select count(*) from declaration_events e
				where e.declaration_id = f.declaration_id and e.details->>'digest' = f.digest),
			(select count(*) from audit_events a
				where a.subject_id = f.declaration_id::text and a.details->>'digest' = f.digest)) as told
		from declaration_files f where f.declaration_id = any($1)`,
		[drafts]
	);
	return rows;
}

const listStored = (): string[] =>
	readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && !entry.parentPath.endsWith('incoming'))
		.map(({ name }) => name);

async function listWrong(digests: Iterable<string>): Promise<string[]> {
	const wrong: string[] = [];
	for (const digest of digests) {
		if ((await store.recountDigest(digest)) !== digest) wrong.push(digest);
	}
	return wrong;
}
