import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyBooks } from '#lib/server/ledger/verify-books.ts';
import { openDesk, type DeclaredEnvelope, type Desk } from '../../support/declarations.ts';
import { KILLS } from '../../support/kills.ts';
import type { AcceptorTask } from './acceptor.ts';

const ACCEPTOR = join(import.meta.dirname, 'acceptor.ts');
/** Declarations for one life of the application: more than it accepts before it is killed. */
const A_LIFE = 6;

/** Fifty starts of the same program: its compiled form is kept between them. */
const compileCache = mkdtempSync(join(tmpdir(), 'tenu-acceptor-'));

let desk: Desk;
let declarations: string[];

beforeAll(async () => {
	desk = await openDesk({ poolSize: 16 });
	const envelopes = await Promise.all(
		['A', 'B'].map((name) =>
			desk.envelope({
				label: `Aides ${name}`,
				promised: '1 000 000,00',
				measures: [`Prêts ${name}`, `Dons ${name}`],
				counted: { [`Prêts ${name}`]: 'Prêts accordés' },
				frequency: 'month',
				startsOn: '2005-01-01'
			})
		)
	);
	declarations = await sendAll(envelopes);
}, 120_000);
afterAll(async () => {
	await desk.close();
	rmSync(compileCache, { recursive: true, force: true });
});

describe('the application killed while it accepts', () => {
	it('again and again leaves every declaration wholly accepted or not at all, and loses nothing that was said', async () => {
		const acknowledged = await killMany(KILLS, { early: false });
		expect(acknowledged.length).toBeGreaterThan(KILLS);
		expect(await notAccepted(acknowledged)).toEqual([]);
		expect(await byHalves()).toEqual([]);
		const { differences } = await verifyBooks(desk.database.owner);
		expect(differences).toEqual([]);
		expect(await countBy('accepted')).toBeGreaterThanOrEqual(acknowledged.length);
		expect(await countBy('submitted')).toBeGreaterThan(0);
	}, 240_000);

	it('is a test that an answer given too early fails', async () => {
		const acknowledged = await killMany(4, { early: true });
		expect((await notAccepted(acknowledged)).length).toBeGreaterThan(0);
	}, 60_000);
});

async function sendAll(envelopes: readonly DeclaredEnvelope[]): Promise<string[]> {
	const months = Array.from({ length: 150 }, (_, index) => index);
	const ids: string[] = [];
	for (let from = 0; from < months.length; from += 8) {
		const some = months.slice(from, from + 8).flatMap((month) =>
			envelopes.map((envelope, index) => {
				const name = 'AB'[index] ?? '';
				const startsOn = `${2005 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
				return envelope.send(
					startsOn,
					`Prêts ${name}: 12,34 | Prêts ${name} nombre: 3 | Dons ${name}: 5,00`
				);
			})
		);
		ids.push(...(await Promise.all(some)));
	}
	return ids;
}

/** Starts applications, three at a time, and kills each in the midst of its work. */
async function killMany(count: number, { early }: { early: boolean }): Promise<string[]> {
	const acknowledged: string[] = [];
	let left = count;
	const lane = async () => {
		while (left-- > 0) acknowledged.push(...(await acceptUntilKilled(early)));
	};
	await Promise.all([lane(), lane(), lane()]);
	return acknowledged;
}

async function acceptUntilKilled(early: boolean): Promise<string[]> {
	const { host, port, user, database } = desk.database.login;
	const task: AcceptorTask = {
		connection: {
			host: host ?? '',
			port: port ?? 5432,
			user: user ?? '',
			database: database ?? ''
		},
		actorId: desk.finance.actor.id,
		declarations: await stillToDecide(),
		early
	};
	const child = spawn(process.execPath, [ACCEPTOR, JSON.stringify(task)], {
		stdio: ['ignore', 'pipe', 'inherit'],
		env: { ...process.env, NODE_COMPILE_CACHE: compileCache }
	});
	let output = '';
	const enough = 1 + Math.floor(Math.random() * (A_LIFE - 2));
	const ended = new Promise((done) => child.on('close', done));
	const isAccepting = await new Promise((answer) => {
		child.stdout.on('data', (chunk: Buffer) => {
			output += chunk.toString();
			if (output.split('\n').length > enough) answer(true);
		});
		void ended.then(() => answer(false));
	});
	if (!isAccepting) throw new Error('The application ended by itself.');
	await wait(Math.random() * 10);
	child.kill('SIGKILL');
	await ended;
	// What comes after the last line end was not said whole.
	return output.split('\n').slice(0, -1);
}

/** Some that wait, at random: three applications accept beside each other, and may meet. */
async function stillToDecide(): Promise<string[]> {
	const { rows } = await desk.owner.query<{ id: string }>(
		"select id from declarations where state = 'submitted' and id = any($1) order by random() limit $2",
		[declarations, 3 * A_LIFE]
	);
	return rows.map(({ id }) => id);
}

async function notAccepted(ids: readonly string[]): Promise<string[]> {
	const { rows } = await desk.owner.query<{ id: string }>(
		"select id from declarations where id = any($1) and state <> 'accepted'",
		[ids]
	);
	return rows.map(({ id }) => id);
}

async function countBy(state: string): Promise<number> {
	const { rows } = await desk.owner.query<{ n: number }>(
		'select count(*)::int as n from declarations where state = $1',
		[state]
	);
	return rows[0]?.n ?? 0;
}

/** Declarations of which the state, the entries, the values, the history, the audit or the receipt say different things. */
async function byHalves(): Promise<unknown[]> {
	const { rows } = await desk.owner.query(
		`select id, state, entries, observed, told, audited, answered from (
			select d.id, d.state,
				(select count(*) from entries e join declaration_lines l on l.id = e.declaration_line_id
					where l.declaration_id = d.id) as entries,
				(select count(*) from observations o join declaration_counts c on c.id = o.declaration_count_id
					join declaration_lines l on l.id = c.line_id where l.declaration_id = d.id) as observed,
				(select count(*) from declaration_events v where v.declaration_id = d.id and v.action = 'accept') as told,
				(select count(*) from audit_events a
					where a.subject_id = d.id::text and a.action = 'accept_declaration') as audited,
				(select count(*) from command_receipts r where r.answer ? (
					select min(e.id)::text from entries e join declaration_lines l on l.id = e.declaration_line_id
					where l.declaration_id = d.id)) as answered
			from declarations d
		) t
		where (entries, observed, told, audited, answered)
			is distinct from (case state when 'accepted' then (2::bigint, 1::bigint, 1::bigint, 1::bigint, 1::bigint)
				else (0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint) end)`
	);
	return rows;
}
