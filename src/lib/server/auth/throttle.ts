import { sql } from 'drizzle-orm';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Database } from '#lib/server/db/client.ts';
import { atTheDoor } from '#lib/server/db/transaction.ts';
import { digestOf } from './token.ts';

/** Five failures in a quarter of an hour close an account for as long, then twice as long each time, up to four hours. */
const ACCOUNT = { points: 5, seconds: 15 * 60, longestBlockSeconds: 4 * 3600 };

/** A town hall shares one address: it takes fifty failures in a quarter of an hour to close it for as long. */
const ADDRESS = { points: 50, seconds: 15 * 60 };

/** How long an account remembers that it was closed before. */
const MEMORY_SECONDS = 24 * 3600;

/** Counts attempts to sign in by account and by address, in the database: all processes see them, and a restart forgets none. */
export type Throttle = {
	/** Counts one attempt, before the password is looked at so that fifty at once do not slip through. */
	admit: (email: string, address: string) => Promise<void>;
	/** The password was right: the account starts afresh, and this attempt does not weigh on the address. */
	forgive: (email: string, address: string) => Promise<void>;
};

export function createThrottle(db: Database): Throttle {
	const account = limiter(db, 'account', ACCOUNT.points, ACCOUNT.seconds);
	const closings = limiter(db, 'closings', Number.MAX_SAFE_INTEGER, MEMORY_SECONDS);
	const sender = limiter(db, 'address', ADDRESS.points, ADDRESS.seconds);

	return {
		async admit(email, address) {
			const known = await sender.get(keyOf(networkOf(address)));
			if (known && known.consumedPoints >= ADDRESS.points) throw tooMany(known.msBeforeNext);

			const tried = await account.consume(keyOf(email)).catch(asOverrun);
			if (tried.consumedPoints > ACCOUNT.points) {
				const first = tried.consumedPoints === ACCOUNT.points + 1;
				throw tooMany(first ? await close(keyOf(email)) : tried.msBeforeNext);
			}
			// Only what reaches a password weighs on the address: a closed account does not close the town hall.
			const sent = await sender.consume(keyOf(networkOf(address))).catch(asOverrun);
			if (sent.consumedPoints > ADDRESS.points) throw tooMany(sent.msBeforeNext);
		},
		async forgive(email, address) {
			await account.delete(keyOf(email));
			await closings.delete(keyOf(email));
			await sender.reward(keyOf(networkOf(address)));
		}
	};

	async function close(key: string): Promise<number> {
		const { consumedPoints } = await closings.penalty(key);
		const seconds = Math.min(
			ACCOUNT.seconds * 2 ** Math.min(consumedPoints - 1, 10),
			ACCOUNT.longestBlockSeconds
		);
		await account.block(key, seconds);
		return seconds * 1000;
	}
}

/** Throws away the counts whose time has passed. */
export async function forgetOldAttempts(db: Database, at: Date): Promise<void> {
	await atTheDoor(db, (tx) =>
		tx.execute(sql`delete from throttles where expire < ${at.getTime()}`)
	);
}

/** The limiter says no by rejecting with its count; anything else it rejects with is a failure. */
function asOverrun(reason: unknown): RateLimiterRes {
	if (reason instanceof RateLimiterRes) return reason;
	throw reason;
}

function tooMany(waitMs: number): Refusal {
	const minutes = Math.max(1, Math.ceil(waitMs / 60_000));
	const wait = minutes === 1 ? 'une minute' : `${minutes} minutes`;
	return new Refusal(
		`Trop d’essais de connexion. Pour protéger les comptes, réessayez dans ${wait}.`,
		{ kind: 'too-many' }
	);
}

/** Whoever has one IPv6 address has the 2^64 beside it: they count as one. */
function networkOf(address: string): string {
	if (!address.includes(':') || address.includes('.')) return address;
	const [head = '', tail] = address.split('::');
	const before = head.split(':').filter(Boolean);
	const after = (tail ?? '').split(':').filter(Boolean);
	const zeros = Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
	return [...before, ...zeros, ...after].slice(0, 4).join(':');
}

/** Neither an account nor an address stands in the table in clear. */
const keyOf = (text: string): string => digestOf(text).slice(0, 32);

function limiter(
	db: Database,
	name: string,
	points: number,
	duration: number
): RateLimiterPostgres {
	return new RateLimiterPostgres({
		storeClient: { query: (statement: Statement) => run(db, statement) },
		storeType: 'client',
		tableName: 'throttles',
		tableCreated: true,
		clearExpiredByTimeout: false,
		keyPrefix: name,
		points,
		duration
	});
}

type Statement = { text: string; values: (string | number | null)[] };

/** Runs a statement of the limiter, with its $1, $2…, in a transaction at the sign-in door. */
function run(db: Database, { text, values }: Statement) {
	const parts = text
		.split(/\$(\d+)/)
		.map((part, index) =>
			index % 2 === 0 ? sql.raw(part) : sql`${values[Number(part) - 1] ?? null}`
		);
	return atTheDoor(db, (tx) => tx.execute(sql.join(parts)));
}
