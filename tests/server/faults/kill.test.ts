import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyBooks } from '#lib/server/ledger/verify-books.ts';
import { openBooks, type Books, type Ledger } from '../../support/books.ts';
import { KILLS } from '../../support/kills.ts';
import type { PosterTask } from './poster.ts';

const POSTER = join(import.meta.dirname, 'poster.ts');

/** Fifty starts of the same program: its compiled form is kept between them. */
const compileCache = mkdtempSync(join(tmpdir(), 'tenu-poster-'));

let books: Books;
let ledger: Ledger;

beforeAll(async () => {
	books = await openBooks();
	ledger = await books.open(
		{ Aides: 'off_budget', Autres: 'own_expenditure' },
		{ Aides: ['Prêts'], Autres: ['Dons'] }
	);
});
afterAll(async () => {
	await books.close();
	rmSync(compileCache, { recursive: true, force: true });
});

describe('the application killed while it posts', () => {
	it('again and again loses no acknowledged entry, and counter, totals and ledger agree', async () => {
		const acknowledged = await killMany(KILLS, { early: false });
		expect(acknowledged.length).toBeGreaterThan(4 * KILLS);
		expect(await missing(acknowledged)).toEqual([]);
		const { entries, differences } = await verifyBooks(books.database.owner);
		expect(differences).toEqual([]);
		expect(entries).toBeGreaterThanOrEqual(acknowledged.length);
		expect(await withoutReceipt()).toBe(0);
	}, 240_000);

	it('is a test that an answer given too early fails', async () => {
		const acknowledged = await killMany(4, { early: true });
		expect((await missing(acknowledged)).length).toBeGreaterThan(0);
	}, 60_000);
});

/** Starts applications, three at a time, and kills each in the midst of its work, after a few acknowledgements. */
async function killMany(count: number, { early }: { early: boolean }): Promise<string[]> {
	const acknowledged: string[] = [];
	let left = count;
	const lane = async () => {
		while (left-- > 0) acknowledged.push(...(await postUntilKilled(early)));
	};
	await Promise.all([lane(), lane(), lane()]);
	return acknowledged;
}

async function postUntilKilled(early: boolean): Promise<string[]> {
	const { host, port, user, database } = books.database.login;
	const task: PosterTask = {
		connection: {
			host: host ?? '',
			port: port ?? 5432,
			user: user ?? '',
			database: database ?? ''
		},
		actorId: books.finance.actor.id,
		envelopes: [ledger.id('Aides'), ledger.id('Autres')],
		measures: [ledger.measureId('Prêts'), ledger.measureId('Dons')],
		early
	};
	const child = spawn(process.execPath, [POSTER, JSON.stringify(task)], {
		stdio: ['ignore', 'pipe', 'inherit'],
		env: { ...process.env, NODE_COMPILE_CACHE: compileCache }
	});
	const enough = 1 + Math.floor(Math.random() * 12);
	let output = '';
	const ended = new Promise((done) => child.on('close', done));
	const isPosting = await new Promise((answer) => {
		child.stdout.on('data', (chunk: Buffer) => {
			output += chunk.toString();
			if (output.split('\n').length > enough) answer(true);
		});
		void ended.then(() => answer(false));
	});
	if (!isPosting) throw new Error('The application ended by itself.');
	await wait(Math.random() * 10);
	child.kill('SIGKILL');
	await ended;
	// What comes after the last line end was not said whole.
	return output.split('\n').slice(0, -1);
}

async function missing(labels: readonly string[]): Promise<string[]> {
	const { rows } = await books.owner.query<{ label: string }>(
		'select label from unnest($1::text[]) as label where not exists (select from entries e where e.label = label.label)',
		[labels]
	);
	return rows.map(({ label }) => label);
}

/** Entries stand with the receipt of their request and the trace in the audit, or not at all. */
async function withoutReceipt(): Promise<number> {
	const { rowCount } = await books.owner.query(
		`select from entries e
		where not exists (select from command_receipts r where r.answer ? e.id::text)
			or not exists (select from audit_events a where a.details->'entries' ? e.id::text)`
	);
	return rowCount ?? 0;
}
