import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { day } from '#lib/domain/day.ts';
import { cents } from '#lib/domain/money.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Context } from '#lib/server/context.ts';
import { createDatabase } from '#lib/server/db/client.ts';
import { loginConnection } from '#lib/server/db/roles.ts';
import { recordEntries } from '#lib/server/ledger/record-entries.ts';
import { querying, type BenchBooks } from './books.ts';
import { median } from './load.ts';

const CLIENTS = 32;

export type PostingFigures = {
	plainPerSecond: number;
	/** Ours against a plain insert, in the same round. */
	oneEnvelope: number;
	fiftyEnvelopes: number;
	overspentCents: bigint;
	refusals: number;
};

/** A plain insert has one index, one connection a client and no rule; ours has all of them. */
export async function measurePosting(
	books: BenchBooks,
	rounds: number,
	milliseconds: number
): Promise<PostingFigures> {
	const context = contextOf(books);
	await querying(books.owner, (client) =>
		client.query('create table plain_entries (like entries including identity, primary key (id))')
	);
	const plain = await Promise.all(
		Array.from({ length: CLIENTS }, async () => {
			const client = new pg.Client(books.owner);
			await client.connect();
			return client;
		})
	);
	const line = (envelopeId: string, amountCents: bigint) => ({
		envelopeId,
		kind: 'commitment' as const,
		amountCents: cents(amountCents),
		effectiveOn: day('2022-05-05'),
		label: 'Engagement'
	});
	const postTo = (envelopes: readonly string[]) => (client: number, turn: number) => {
		const envelopeId = envelopes[(client * 7 + turn) % envelopes.length] ?? '';
		return recordEntries(context, randomUUID(), [line(envelopeId, 100n)]);
	};
	const insertPlain = (client: number) =>
		plain[client]?.query(
			`insert into plain_entries (envelope_id, kind, amount_cents, effective_on, fiscal_year, label, recorded_by, recorded_at, fictitious)
			values ($1, 'commitment', 100, '2022-05-05', 2022, 'Engagement', $2, now(), false)`,
			[books.envelopes[0], books.financeId]
		);

	const plainPerSecond: number[] = [];
	const [one, fifty]: [number[], number[]] = [[], []];
	for (let round = 0; round <= rounds; round++) {
		const reference = await perSecond(insertPlain, milliseconds);
		const onOne = await perSecond(postTo(books.envelopes.slice(0, 1)), milliseconds);
		const onFifty = await perSecond(postTo(books.envelopes), milliseconds);
		if (round === 0) continue; // The first warms up.
		plainPerSecond.push(reference);
		one.push(onOne / reference);
		fifty.push(onFifty / reference);
	}
	const limit = await pressAgainstTheLimit(books, context);
	await Promise.all([context.db.close(), ...plain.map((client) => client.end())]);
	return {
		plainPerSecond: median(plainPerSecond),
		oneEnvelope: median(one),
		fiftyEnvelopes: median(fifty),
		...limit
	};
}

function contextOf(books: BenchBooks): Context {
	return {
		db: createDatabase({ connection: loginConnection(books.owner), poolSize: CLIENTS }),
		actor: {
			id: books.financeId,
			name: 'Finances',
			role: 'finance',
			organisationId: null,
			organisationName: null
		},
		at: new Date()
	};
}

/** All clients disburse from one envelope until nothing fits any more. */
async function pressAgainstTheLimit(
	books: BenchBooks,
	context: Context
): Promise<{ overspentCents: bigint; refusals: number }> {
	const envelopeId = books.envelopes.at(-1) ?? '';
	const left = await readLeft(books, envelopeId);
	let refusals = 0;
	await Promise.all(
		Array.from({ length: CLIENTS }, async () => {
			for (let turn = 0; turn < 4; turn++) {
				const amountCents = left / BigInt(CLIENTS * 2) + BigInt(turn);
				try {
					await recordEntries(context, randomUUID(), [
						{
							envelopeId,
							kind: 'disbursement',
							amountCents: cents(amountCents),
							effectiveOn: day('2022-05-05'),
							label: 'Versement'
						}
					]);
				} catch (error) {
					if (!(error instanceof Refusal)) throw error;
					refusals += 1;
				}
			}
		})
	);
	const after = await readLeft(books, envelopeId);
	return { overspentCents: after < 0n ? -after : 0n, refusals };
}

async function readLeft(books: BenchBooks, envelopeId: string): Promise<bigint> {
	const { rows } = await querying(books.owner, (client) =>
		client.query<{ left: string }>(
			`select sum(case kind when 'allocation' then amount_cents when 'disbursement' then -amount_cents else 0 end) as left
			from entries where envelope_id = $1`,
			[envelopeId]
		)
	);
	return BigInt(rows[0]?.left ?? 0);
}

async function perSecond(
	work: (client: number, turn: number) => Promise<unknown> | undefined,
	milliseconds: number
): Promise<number> {
	const start = performance.now();
	let done = 0;
	await Promise.all(
		Array.from({ length: CLIENTS }, async (_, client) => {
			for (let turn = 0; performance.now() - start < milliseconds; turn++) {
				await work(client, turn);
				done += 1;
			}
		})
	);
	return (done * 1000) / (performance.now() - start);
}
