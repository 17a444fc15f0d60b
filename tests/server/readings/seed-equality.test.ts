import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ACTION_LOGEMENT } from '#lib/server/acts/action-logement.ts';
import type { ShippedAct } from '#lib/server/acts/act.ts';
import { enterActs } from '#lib/server/acts/enter-acts.ts';
import { enterParties } from '#lib/server/acts/enter-parties.ts';
import { LOGEMENT_D_ABORD } from '#lib/server/acts/logement-d-abord.ts';
import { asOwner } from '#lib/server/db/as-owner.ts';
import type { Database } from '#lib/server/db/client.ts';
import { enterReading } from '#lib/server/readings/enter-reading.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { dumpBooks } from '../../support/dump-books.ts';
import { addPerson, ask, openAsApplication } from '../../support/people.ts';
import { planOn } from '../../support/plans.ts';
import { choicesOfAct, plantReading } from '../../support/readings.ts';

/**
 * The two real acts, entered as an installation ships them and as finance enters them at the desk:
 * the same passages kept, the same plan.
 */
let shipped: TestDatabase;
let desk: TestDatabase;
let db: Database;

beforeAll(async () => {
	[shipped, desk] = [await testDatabase(), await testDatabase()];
	const at = new Date('2026-01-05T09:00:00Z');
	const by = await addPerson(shipped, 'finances@demo.example');
	await asOwner(shipped.owner, async (tx) =>
		enterActs(tx, { by, at: () => at, parties: await enterParties(tx) })
	);
	const parties = await asOwner(desk.owner, enterParties);
	await addPerson(desk, 'finances@demo.example');
	db = openAsApplication(desk);
	for (const act of [ACTION_LOGEMENT, LOGEMENT_D_ABORD]) await enterAtDesk(act, parties);
});
afterAll(async () => {
	await db.close();
	await shipped.drop();
	await desk.drop();
});

it('both ways say exactly the same, but for the address that the desk makes of the title', async () => {
	const leftOut = ['slug', 'entered_by', 'recorded_by'];
	const [as, is] = [await dumpBooks(shipped.owner, leftOut), await dumpBooks(desk.owner, leftOut)];
	expect(Object.values(as).flat().length).toBeGreaterThan(150);
	expect(is).toEqual(as);
});

it('the programmes have the addresses that the plans give them, and the acts those of their titles', async () => {
	const slugs = (test: TestDatabase) => ask(test, 'select slug from programmes order by slug');
	expect(await slugs(desk)).toEqual(await slugs(shipped));
	expect(await ask(desk, 'select slug from deliberations order by slug')).toEqual([
		{ slug: '2020-12-17-action-logement-avenant-2020-2022-a-la-convention-cadre' },
		{ slug: '2021-09-30-programme-territoire-accelere-logement-d-abord-convention' }
	]);
});

it('every proposal that was kept names the citation that it became', async () => {
	const rows = await ask(
		desk,
		`select count(*)::int as lost from reading_proposals
		where citation_id is null and role <> 'decision' and read_start is not null`
	);
	expect(rows).toEqual([{ lost: 0 }]);
});

async function enterAtDesk(
	{ act, plan }: ShippedAct,
	parties: Record<string, string>
): Promise<void> {
	const text = readFileSync(
		new URL(`../../../src/lib/server/acts/texts/${act.file}`, import.meta.url),
		'utf8'
	);
	const { id, key } = await plantReading(desk, text, choicesOfAct(act));
	const [{ by } = { by: '' }] = await ask<{ by: string }>(
		desk,
		'select created_by as by from readings where id = $1',
		[id]
	);
	// What the head says in words is kept without a place: the seed cites only its days and its counts.
	for (const [role, value] of Object.entries({
		authority: { type: 'text', text: 'Conseil Métropolitain de Dijon Métropole' },
		president: { type: 'text', text: act.president },
		secretary: { type: 'text', text: act.secretary },
		theme: { type: 'text', text: act.theme },
		title: { type: 'text', text: act.title },
		absent: { type: 'count', number: 3, of: null }
	})) {
		await ask(
			desk,
			`insert into reading_proposals (reading_id, step, role, section, read_value, choice, decided_by, decided_at)
			values ($1, $2, $3, 'header', $4, 'accepted', $5, now())`,
			[id, role === 'absent' ? 'attendance' : 'identity', role, JSON.stringify(value), by]
		);
	}
	await ask(desk, 'update readings set plan = $2 where id = $1', [
		id,
		JSON.stringify(planOn(plan, key, parties))
	]);
	const actor = {
		id: by,
		name: 'Finances',
		role: 'finance' as const,
		organisationId: null,
		organisationName: null
	};
	// The seed knows that the grant is for each year; at the desk, somebody confirms it.
	const confirmed = 'grant' in act.passages ? [`envelope-grant-${key('grant')}-times`] : [];
	await enterReading({ db, actor, at: new Date('2026-01-05T09:00:00Z') }, id, {
		key: randomUUID(),
		revision: 0,
		confirmed
	});
}
