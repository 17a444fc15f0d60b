import { sql } from 'drizzle-orm';
import pg from 'pg';
import type { Actor } from '#lib/domain/role.ts';
import type { Database } from '#lib/server/db/client.ts';
import {
	atTheDoor,
	byTheClock,
	databaseErrorOf,
	inTransaction
} from '#lib/server/db/transaction.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

/** Whoever asks: a person with their role, the door of sign-in, the clock, or the login role outside a transaction. */
export type Asker = Actor | 'door' | 'clock' | 'login';

/** How many rows a statement saw or changed, that the rights refused it, or that its key is taken. */
export type Outcome = number | 'denied' | 'taken';

export type Prober = {
	ask: (asker: Asker, statement: string) => Promise<Outcome>;
	end: () => Promise<void>;
};

/** Runs statements with the rights of whoever asks, for real, and takes back what they did. */
export async function openProber(db: Database, login: pg.ClientConfig): Promise<Prober> {
	const bare = new pg.Client(login);
	await bare.connect();
	return {
		ask: async (asker, statement) => {
			try {
				if (asker === 'login') return await askBare(bare, statement);
				const run = (tx: Transaction) => askAndTakeBack(tx, statement);
				if (asker === 'door') await atTheDoor(db, run);
				else if (asker === 'clock') await byTheClock(db, run);
				else await inTransaction({ db, actor: asker }, run);
				throw new Error('The statement was not taken back.');
			} catch (error) {
				if (error instanceof TakenBack) return error.rows;
				// 42501: insufficient privilege, or a row that a policy forbids to add.
				const { code } = databaseErrorOf(error) ?? {};
				if (code === '42501') return 'denied';
				if (code === '23505') return 'taken';
				throw error;
			}
		},
		end: () => bare.end()
	};
}

class TakenBack extends Error {
	readonly rows: number;
	constructor(rows: number) {
		super('taken back');
		this.rows = rows;
	}
}

async function askAndTakeBack(tx: Transaction, statement: string): Promise<never> {
	const { rowCount } = await tx.execute(sql.raw(statement));
	throw new TakenBack(rowCount ?? 0);
}

/** Each statement stands alone, as a stray one outside inTransaction would. */
async function askBare(client: pg.Client, statement: string): Promise<Outcome> {
	const { rowCount } = await client.query(statement);
	return rowCount ?? 0;
}
