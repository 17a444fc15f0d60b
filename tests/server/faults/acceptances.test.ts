import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day } from '#lib/domain/day.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { acceptDeclaration } from '#lib/server/declarations/accept-declaration.ts';
import { returnDeclaration } from '#lib/server/declarations/return-declaration.ts';
import { setDeclarationDuty } from '#lib/server/declarations/set-declaration-duty.ts';
import { withdrawDeclaration } from '#lib/server/declarations/withdraw-declaration.ts';
import { writeMessage } from '#lib/server/declarations/write-message.ts';
import { verifyBooks } from '#lib/server/ledger/verify-books.ts';
import { openDesk, type DeclaredEnvelope, type Desk } from '../../support/declarations.ts';

/** Who asks at once, as many as a busy morning never brings. */
const CLIENTS = 32;
const DECLARATIONS = 200;

let desk: Desk;
beforeAll(async () => {
	desk = await openDesk({ poolSize: CLIENTS });
});
afterAll(() => desk.close());

const openAids = (where: Desk, label: string, promised: string): Promise<DeclaredEnvelope> =>
	where.envelope({
		label,
		promised,
		measures: [`Prêts ${label}`],
		counted: { [`Prêts ${label}`]: 'Prêts accordés' },
		frequency: 'month',
		startsOn: '1990-01-01'
	});

/** The nth month since January 1990. */
const monthOf = (index: number): string =>
	`${1990 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`;

async function sendMany(
	count: number,
	send: (index: number) => Promise<string>
): Promise<string[]> {
	const ids: string[] = [];
	for (let from = 0; from < count; from += 16) {
		const some = Array.from({ length: Math.min(16, count - from) }, (_, step) => send(from + step));
		ids.push(...(await Promise.all(some)));
	}
	return ids;
}

describe(`${DECLARATIONS} acceptances at once on one envelope that holds half of them`, () => {
	it('never exceed it: each is accepted or refused with a sentence, and no deadlock happens', async () => {
		const before = await deadlocks(desk);
		const { ids, aids, outcomes } = await acceptTooMany(desk, 'Aides');
		expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(DECLARATIONS / 2);
		const refusals = outcomes.filter((outcome) => outcome !== 'accepted');
		expect(new Set(refusals)).toEqual(
			new Set([
				'Il ne reste rien à verser sur cette enveloppe\u00a0: cette déclaration porterait le dépassement à 100\u00a0€. ' +
					'Renvoyez-la, ou indiquez le motif du dépassement.'
			])
		);
		expect(await disbursed(desk, aids.id)).toBe(10_000_00);
		const { rows } = await desk.owner.query(
			'select state, count(*)::int as n from declarations where id = any($1) group by 1 order by 1',
			[ids]
		);
		expect(rows).toEqual([
			{ state: 'accepted', n: DECLARATIONS / 2 },
			{ state: 'submitted', n: DECLARATIONS / 2 }
		]);
		expect((await verifyBooks(desk.database.owner)).differences).toEqual([]);
		expect(await deadlocks(desk)).toBe(before);
	}, 120_000);

	it('exceed it where the database does not hold the limit: the negative control', async () => {
		const careless = await openDesk({ poolSize: CLIENTS });
		try {
			await careless.owner.query(
				'alter table envelope_balances drop constraint envelope_balances_disbursed_within_promised'
			);
			const { aids } = await acceptTooMany(careless, 'Aides');
			expect(await disbursed(careless, aids.id)).toBeGreaterThan(10_000_00);
		} finally {
			await careless.close();
		}
	}, 120_000);
});

describe('acceptances that take several locks', () => {
	it('of new operations, counts and amounts on three envelopes, beside other changes, never wait in a circle', async () => {
		expect(await deadlocksAmongMany(60)).toBe(0);
	}, 120_000);

	it('wait in a circle where an operation is counted as soon as it is entered: the negative control', async () => {
		const early = ['operations', 'organisations']
			.map(
				(table) => `drop trigger z_count_content_change on ${table};
				create trigger z_count_content_change after insert or update or delete on ${table}
					for each statement execute function count_content_change()`
			)
			.join(';');
		expect(await deadlocksAmongMany(24, early)).toBeGreaterThan(0);
	}, 120_000);
});

/** Accepts declarations of all kinds at once; every connection counts its changes in the same row, as by bad luck. */
async function deadlocksAmongMany(count: number, planted = ''): Promise<number> {
	const many = await openDesk({ poolSize: CLIENTS });
	try {
		await many.owner.query("insert into communes (code, name) values ('21231', 'Dijon')");
		const { rows: sources } = await many.owner.query<{ text: string }>(
			"select pg_get_functiondef('count_content_change'::regproc) as text"
		);
		await many.owner.query(sources[0]?.text.replace('pg_backend_pid() % 16', '0') ?? '');
		if (planted) await many.owner.query(planted);
		await findDeadlocksSoon(many);
		const envelopes = await Promise.all(
			['A', 'B', 'C'].map((name) =>
				many.envelope({
					label: `Travaux ${name}`,
					promised: '1 000 000,00',
					measures: [`Suivi ${name}`],
					counted: { [`Suivi ${name}`]: 'Logements suivis' },
					byOperation: true,
					frequency: 'month',
					startsOn: '1990-01-01'
				})
			)
		);
		const ids = await sendMany(count, (index) => {
			const name = 'ABC'[index % 3] ?? '';
			const fresh = `n1: 3,00 | n1 nom: Résidence ${index} | n1 bailleur: Bailleur ${index % 7} | n1 commune: 21231`;
			return (envelopes[index % 3] as DeclaredEnvelope).send(
				monthOf(index),
				`Suivi ${name}: 5,00 | Suivi ${name} nombre: 2${index % 2 === 0 ? ` | ${fresh}` : ''}`
			);
		});
		const { officer, second, declarant } = many.people;
		const answers = await Promise.allSettled([
			...ids.map((id, index) =>
				acceptDeclaration(index % 4 < 2 ? officer : second, randomUUID(), id)
			),
			...ids.map((id) => writeMessage(declarant, id, { text: 'Bonjour' })),
			...envelopes.flatMap(({ id }) =>
				[30, 31, 32].map((dueDays) =>
					setDeclarationDuty(officer, id, {
						frequency: 'month',
						dueDays,
						startsOn: day('1990-01-01'),
						byOperation: true
					})
				)
			)
		]);
		if (planted) return await deadlocks(many); // Tried again as often as they may, some get through.
		expect(answers.filter(({ status }) => status === 'rejected')).toEqual([]);
		const { rows } = await many.owner.query(
			`select count(distinct o.id)::int as operations, count(distinct o.landlord_id)::int as landlords
			from operations o where o.envelope_id = any($1)`,
			[envelopes.map(({ id }) => id)]
		);
		expect(rows).toEqual([{ operations: count / 2, landlords: 7 }]);
		expect((await verifyBooks(many.database.owner)).differences).toEqual([]);
		return await deadlocks(many);
	} finally {
		await many.close();
	}
}

describe('the same declaration', () => {
	it('accepted fifty times at once posts once: the officer is answered alike, the other is told who was first', async () => {
		const aids = await openAids(desk, 'Une', '1 000,00');
		const id = await aids.send('2022-01-01', 'Prêts Une: 10,00 | Prêts Une nombre: 1');
		const { officer, second } = desk.people;
		const key = randomUUID();
		const answers = await Promise.allSettled(
			Array.from({ length: 50 }, (_, index) =>
				index % 5 === 4
					? acceptDeclaration(second, randomUUID(), id)
					: acceptDeclaration(officer, index % 2 ? key : randomUUID(), id)
			)
		);
		const given = answers.flatMap((answer) =>
			answer.status === 'fulfilled' ? [answer.value] : []
		);
		const told = answers.flatMap((answer) =>
			answer.status === 'rejected' ? [(answer.reason as Refusal).message] : []
		);
		expect(new Set(given.map(({ entryIds }) => String(entryIds))).size).toBe(1);
		expect(given.length + told.length).toBe(50);
		expect(told.length).toBeGreaterThan(0);
		for (const message of told) expect(message).toMatch(/a déjà été validée par (Camille|Lou) /);
		expect(await aids.ledger.balances()).toContain('10,00 | 2');
	});

	it('accepted, returned and withdrawn at once: one wins and the others are told, whoever it is', async () => {
		const aids = await openAids(desk, 'Trois', '1 000,00');
		const ids = await sendMany(30, (index) => aids.send(monthOf(index), 'Prêts Trois: 1,00'));
		const { officer, second, declarant } = desk.people;
		const winners = await Promise.all(
			ids.map(async (id) => {
				const tries = [
					() => acceptDeclaration(officer, randomUUID(), id),
					() => returnDeclaration(second, id, { reason: 'À revoir' }),
					() => withdrawDeclaration(declarant, id)
				];
				const order = tries.map((_, step) => step).sort(() => Math.random() - 0.5);
				const answers = await Promise.allSettled(
					order.map(async (step) => {
						await wait(Math.random() * 5);
						return { step, answer: await tries[step]?.() };
					})
				);
				const won = answers.flatMap((answer) =>
					answer.status === 'fulfilled' ? [answer.value.step] : []
				);
				for (const answer of answers) {
					if (answer.status === 'fulfilled') continue;
					expect(answer.reason).toBeInstanceOf(Refusal);
					expect(answer.reason).toMatchObject({ kind: 'conflict' });
				}
				expect(won).toHaveLength(1);
				expect(await desk.stateOf(id)).toBe(['accepted', 'returned', 'draft'][won[0] ?? 0]);
				return won[0];
			})
		);
		expect(new Set(winners).size).toBeGreaterThan(1);
		expect((await verifyBooks(desk.database.owner)).differences).toEqual([]);
	}, 60_000);
});

describe('a year that is closed meanwhile', () => {
	it('lets the acceptance that waited for it into the open year, with its true day', async () => {
		const aids = await openAids(desk, 'Close', '1 000,00');
		const id = await aids.send('2021-06-01', 'Prêts Close: 10,00');
		await desk.owner.query('begin');
		await desk.owner.query(
			'insert into fiscal_years (year, closed_at, closed_by) values (2021, now(), $1)',
			[desk.finance.actor.id]
		);
		const acceptance = desk.accept(id);
		const early = await Promise.race([acceptance, wait(300, 'waits')]);
		expect(early).toBe('waits');
		await desk.owner.query('commit');
		try {
			expect((await acceptance).movedTo).toBe(2022);
		} finally {
			await desk.owner.query('delete from fiscal_years');
		}
		expect(await aids.ledger.journal()).toContain(
			'2021-06-30 | Close | Prêts Close | disbursement | 10,00 | 2022'
		);
	});
});

/** Sends many declarations of 100 € on an envelope that holds half of them, and accepts all at once. */
async function acceptTooMany(where: Desk, label: string) {
	const aids = await openAids(where, label, '10 000,00');
	const ids = await sendMany(DECLARATIONS, (index) =>
		aids.send(monthOf(index), `Prêts ${label}: 100,00 | Prêts ${label} nombre: 1 | motif: Beaucoup`)
	);
	const { officer, second } = where.people;
	const outcomes = await Promise.all(
		ids.map(async (id, index) => {
			try {
				await acceptDeclaration(index % 2 ? officer : second, randomUUID(), id);
				return 'accepted';
			} catch (error) {
				if (!(error instanceof Refusal)) throw error;
				return error.message;
			}
		})
	);
	return { aids, ids, outcomes };
}

async function disbursed(where: Desk, envelopeId: string): Promise<number> {
	const { rows } = await where.owner.query<{ counter: string; ledger: string }>(
		`select b.disbursed_cents as counter, (
			select sum(e.amount_cents) from entries e
			where e.envelope_id = b.envelope_id and e.kind = 'disbursement'
		) as ledger from envelope_balances b where b.envelope_id = $1`,
		[envelopeId]
	);
	expect(rows[0]?.counter).toBe(rows[0]?.ledger);
	return Number(rows[0]?.ledger);
}

/** A circle is looked for after 30 ms instead of a second, on the connections that are still to be opened. */
async function findDeadlocksSoon({ database }: Desk): Promise<void> {
	const superuser = new pg.Client(database.superuser);
	await superuser.connect();
	await superuser.query(`alter database ${database.name} set deadlock_timeout = '30ms'`);
	await superuser.end();
}

async function deadlocks(where: Desk): Promise<number> {
	await where.owner.query('select pg_stat_force_next_flush()');
	const { rows } = await where.owner.query<{ deadlocks: number }>(
		'select deadlocks::int from pg_stat_database where datname = current_database()'
	);
	return rows[0]?.deadlocks ?? 0;
}
