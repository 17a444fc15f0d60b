import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readImport } from '#lib/server/imports/read-import.ts';
import { openDesk, type DeclaredEnvelope, type Desk } from '../../support/declarations.ts';
import { KILLS } from '../../support/kills.ts';
import { openFolder } from '../imports/given.ts';
import type { ImporterTask } from './importer.ts';

const IMPORTER = join(import.meta.dirname, 'importer.ts');
const LINES = 200;

/** Fifty starts of the same program: its compiled form is kept between them. */
const compileCache = mkdtempSync(join(tmpdir(), 'tenu-importer-'));
const folder = openFolder();

let desk: Desk;
let envelope: DeclaredEnvelope;
const drafts: string[] = [];

beforeAll(async () => {
	desk = await openDesk();
	envelope = await desk.envelope({
		label: 'Parcours',
		promised: '9 000 000,00',
		measures: ['Accession', 'Mobilité']
	});
	for (const quarter of ['2020-01-01', '2020-04-01', '2020-07-01']) {
		drafts.push(await envelope.type(quarter, 'rien:'));
	}
});
afterAll(async () => {
	await desk.close();
	folder.remove();
	rmSync(compileCache, { recursive: true, force: true });
});

describe('the application killed while it takes spreadsheets', () => {
	it('again and again leaves nothing half done, and loses nothing that was acknowledged', async () => {
		const said = await killMany(KILLS, { early: false });
		expect(said.given.length).toBeGreaterThan(KILLS);
		expect(said.applied.length).toBeGreaterThan(KILLS / 5);
		expect(await lost(said)).toEqual([]);
		expect(await halfDone()).toEqual([]);

		const { rows: waiting } = await desk.owner.query<{ id: string }>(
			"select id from imports where state in ('waiting', 'reading')"
		);
		expect(waiting.length).toBeGreaterThan(0);
		const { db, actor } = desk.people.declarant;
		for (const { id } of waiting) {
			await readImport({ db, files: folder.files }, { importId: id, actorId: actor.id });
		}
		const { rows: left } = await desk.owner.query<{ state: string }>(
			"select distinct state from imports where state not in ('ready', 'applied')"
		);
		expect(left).toEqual([]);
		expect(await halfDone()).toEqual([]);
	}, 240_000);

	it('is a test that an answer given too early fails', async () => {
		const said = await killMany(6, { early: true });
		expect((await lost(said)).length).toBeGreaterThan(0);
	}, 60_000);
});

type Said = { given: string[]; ready: string[]; applied: string[] };

/** Starts applications, three at a time, and kills each in the midst of its work. */
async function killMany(count: number, { early }: { early: boolean }): Promise<Said> {
	const said: Said = { given: [], ready: [], applied: [] };
	let left = count;
	const lane = async (own: string[]) => {
		while (left-- > 0) {
			await makeRoom(own);
			for (const line of await importUntilKilled(own, early)) {
				const [what, id] = line.split(' ') as [keyof Said, string];
				said[what].push(id);
			}
		}
	};
	await Promise.all([lane(drafts.slice(0, 1)), lane(drafts.slice(1, 2)), lane(drafts.slice(2, 3))]);
	return said;
}

/** A draft takes so many spreadsheets: what was checked before is counted elsewhere. */
async function makeRoom(own: string[]): Promise<void> {
	for (const draft of own) {
		const { rows } = await desk.owner.query<{ count: string }>(
			'select count(*) from imports where declaration_id = $1',
			[draft]
		);
		if (Number(rows[0]?.count) < 40) continue;
		const index = drafts.indexOf(draft);
		const { rows: quarters } = await desk.owner.query<{ count: string }>(
			'select count(*) from declarations'
		);
		const place = Number(quarters[0]?.count);
		const month = String((place % 4) * 3 + 1).padStart(2, '0');
		const next = await envelope.type(`${2020 + Math.floor(place / 4)}-${month}-01`, 'rien:');
		drafts[index] = next;
		own[own.indexOf(draft)] = next;
	}
}

async function importUntilKilled(own: string[], early: boolean): Promise<string[]> {
	const { host, port, user, database } = desk.database.login;
	const { actor } = desk.people.declarant;
	const task: ImporterTask = {
		connection: {
			host: host ?? '',
			port: port ?? 5432,
			user: user ?? '',
			database: database ?? ''
		},
		folder: folder.folder,
		actorId: actor.id,
		organisationId: actor.organisationId ?? '',
		drafts: own,
		lines: LINES,
		early
	};
	const child = spawn(process.execPath, [IMPORTER, JSON.stringify(task)], {
		stdio: ['ignore', 'pipe', 'inherit'],
		env: { ...process.env, NODE_COMPILE_CACHE: compileCache }
	});
	// After a few acknowledgements, and then at any moment of what follows.
	const enough = 1 + Math.floor(Math.random() * 3);
	let output = '';
	const ended = new Promise((done) => child.on('close', done));
	const isImporting = await new Promise((answer) => {
		child.stdout.on('data', (chunk: Buffer) => {
			output += chunk.toString();
			if (output.split('\n').length > enough) answer(true);
		});
		void ended.then(() => answer(false));
	});
	if (!isImporting) throw new Error('The application ended by itself.');
	await wait(Math.random() * 150);
	child.kill('SIGKILL');
	await ended;
	return output.split('\n').slice(0, -1);
}

/** What was acknowledged and is not so. */
async function lost(said: Said): Promise<string[]> {
	const { rows } = await desk.owner.query<{ id: string; state: string; digest: string }>(
		'select id, state, file_digest as digest from imports'
	);
	const found = new Map(rows.map((row) => [row.id, row]));
	const missing: string[] = [];
	for (const id of said.given) {
		const digest = found.get(id)?.digest;
		if (!digest || (await folder.files.recountDigest(digest)) !== digest)
			missing.push(`given ${id}`);
	}
	for (const id of said.ready) {
		if (!['ready', 'applied'].includes(found.get(id)?.state ?? '')) missing.push(`ready ${id}`);
	}
	for (const id of said.applied) {
		if (found.get(id)?.state !== 'applied') missing.push(`applied ${id}`);
	}
	return missing;
}

/** An import has all its lines or none; one that was applied has its file and its event, and the draft all its fields. */
async function halfDone(): Promise<string[]> {
	const { rows } = await desk.owner.query<{ what: string }>(
		`select i.state || ' ' || i.id as what from imports i
		where (select count(*) from import_rows r where r.import_id = i.id)
			<> case when i.state in ('ready', 'applied') then $1::int else 0 end
		union all
		select 'without file or event ' || i.id from imports i
		where (i.state = 'applied') <> exists (
				select from declaration_events e where e.action = 'import'
					and e.declaration_id = i.declaration_id and e.details->>'digest' = i.file_digest)
			or (i.state = 'applied') <> exists (
				select from declaration_files f
				where f.declaration_id = i.declaration_id and f.digest = i.file_digest)
		union all
		select 'a draft by halves ' || c.declaration_id from declaration_cells c
		where c.key like '%.montant'
		group by c.declaration_id having count(*) <> 2 or min(c.value) <> max(c.value)`,
		[LINES]
	);
	return rows.map(({ what }) => what);
}
