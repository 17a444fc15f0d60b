import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type Database } from '#lib/server/db/client.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { plantWorld, type World } from '../../support/world.ts';

let database: TestDatabase;
let owner: pg.Client;
let db: Database;
let own: World;

beforeAll(async () => {
	database = await testDatabase();
	owner = new pg.Client(database.superuser);
	await owner.connect();
	db = createDatabase({ connection: database.login });
	own = await plantWorld(owner, { name: 'a' });
	const foreign = await plantWorld(owner, { name: 'b' });
	await fund(own, 'Financeur de notre enveloppe');
	await fund(foreign, 'Financeur d’une autre enveloppe');
});

afterAll(async () => {
	await db.close();
	await owner.end();
	await database.drop();
});

describe('a partner whose envelope another organisation funds', () => {
	it('reads the name of that funder, and of no other', async () => {
		const actor = {
			id: own.partnerId,
			name: 'Partenaire',
			role: 'partner' as const,
			organisationId: own.organisationId,
			organisationName: null
		};
		const { rows } = await inTransaction({ db, actor }, (tx) =>
			tx.execute(sql`select name from organisations where name like 'Financeur%'`)
		);
		expect(rows).toEqual([{ name: 'Financeur de notre enveloppe' }]);
	});
});

async function fund(world: World, name: string): Promise<void> {
	await owner.query(
		`with funder as (insert into organisations (name, kind) values ($1, 'funder') returning id)
		update envelopes set funder_id = (select id from funder) where id = $2`,
		[name, world.envelopeId]
	);
}
