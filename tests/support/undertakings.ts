import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Role } from '#lib/domain/role.ts';
import type { Context } from '#lib/server/context.ts';
import { createDatabase } from '#lib/server/db/client.ts';
import { testDatabase } from './database.ts';

export type Someone =
	'officer' | 'second' | 'keeper' | 'colleague' | 'stranger' | 'outsider' | 'elected' | 'admin';

/** A programme with three undertakings, and everybody who may come near them. */
export type Promises = {
	owner: pg.Client;
	/** keeper, colleague: of the organisation that keeps the first. stranger: of another one of the programme. outsider: of none. */
	people: Record<Someone, Context>;
	organisations: { keeper: string; stranger: string };
	/** One that the keeper keeps, one that the stranger keeps, one that nobody in particular keeps. */
	kept: string;
	strangers: string;
	nobodys: string;
	close: () => Promise<void>;
};

/** Clones a database for a test file. Today is 30 June 2022 for everybody. */
export async function openPromises(): Promise<Promises> {
	const database = await testDatabase();
	const owner = new pg.Client(database.owner);
	await owner.connect();
	const db = createDatabase({ connection: database.login, poolSize: 4 });
	const insert = async (table: string, row: Record<string, unknown>): Promise<string> => {
		const id = randomUUID();
		const columns = ['id', ...Object.keys(row)];
		const places = columns.map((_, index) => `$${index + 1}`);
		await owner.query(
			`insert into ${table} (${columns.join(', ')}) values (${places.join(', ')})`,
			[id, ...Object.values(row)]
		);
		return id;
	};

	const organisation = (name: string) => insert('organisations', { name, kind: 'funder' });
	const keeper = await organisation('Qui tient');
	const stranger = await organisation('Un autre');
	const outsider = await organisation('Personne ici');
	const person = async (name: Someone, role: Role, organisationId: string | null = null) => ({
		db,
		at: new Date('2022-06-30T12:00:00Z'),
		actor: {
			id: await insert('users', {
				email: `${name}@demo.example`,
				name,
				role,
				organisation_id: organisationId,
				password_hash: '-'
			}),
			name,
			role,
			organisationId,
			organisationName: null
		}
	});
	const people = {
		officer: await person('officer', 'finance'),
		second: await person('second', 'finance'),
		keeper: await person('keeper', 'partner', keeper),
		colleague: await person('colleague', 'partner', keeper),
		stranger: await person('stranger', 'partner', stranger),
		outsider: await person('outsider', 'partner', outsider),
		elected: await person('elected', 'elected'),
		admin: await person('admin', 'admin')
	};

	const days = { starts_on: '2020-01-01', ends_on: '2022-12-31' };
	const programme = await insert('programmes', {
		slug: 'promesses',
		name: 'Promesses',
		...days,
		validated_at: '2020-01-01'
	});
	const agreement = await insert('agreements', {
		programme_id: programme,
		title: 'Convention',
		effective_on: '2020-01-01'
	});
	for (const [index, partner] of [keeper, stranger].entries()) {
		await insert('envelopes', {
			programme_id: programme,
			agreement_id: agreement,
			position: index + 1,
			label: `Enveloppe ${index + 1}`,
			purpose: 'logements',
			funder_id: partner,
			partner_id: partner,
			circuit: 'off_budget',
			strength: 'firm',
			...days
		});
	}
	const undertaking = (position: number, ownerId: string | null) =>
		insert('undertakings', {
			programme_id: programme,
			position,
			text: `Promesse ${position}`,
			owner_id: ownerId
		});
	return {
		owner,
		people,
		organisations: { keeper, stranger },
		kept: await undertaking(1, keeper),
		strangers: await undertaking(2, stranger),
		nobodys: await undertaking(3, null),
		close: async () => {
			await owner.end();
			await db.close();
			await database.drop();
		}
	};
}
