import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSum, sumOf } from '#lib/domain/act/plan/plan-passage.ts';
import { reckonEnvelope } from '#lib/domain/act/plan/plan-sums.ts';
import type { PlannedEnvelope, SumGiven } from '#lib/domain/act/plan/plan.ts';
import { formatEuros } from '#lib/domain/money.ts';
import type { Role } from '#lib/domain/role.ts';
import { ACTION_LOGEMENT } from '#lib/server/acts/action-logement.ts';
import { enterActs } from '#lib/server/acts/enter-acts.ts';
import { enterParties } from '#lib/server/acts/enter-parties.ts';
import type { Context } from '#lib/server/context.ts';
import { asOwner } from '#lib/server/db/as-owner.ts';
import type { Database } from '#lib/server/db/client.ts';
import { savePlan, type PlanChange } from '#lib/server/readings/save-plan.ts';
import { readPlanDesk } from '#lib/server/reports/reading-plan.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { addPerson, ask, openAsApplication } from '../../support/people.ts';
import { choicesOfAct, plantReading, type PlantedReading } from '../../support/readings.ts';

/** An installation with the two acts in its books, and another amendment under way. */
let test: TestDatabase;
let db: Database;
let context: (role: Role) => Context;

beforeAll(async () => {
	test = await testDatabase();
	const people = new Map<Role, string>();
	for (const role of ['finance', 'partner', 'elected', 'admin'] as const) {
		people.set(role, await addPerson(test, `${role}@demo.example`, role));
	}
	const by = people.get('finance') ?? '';
	await asOwner(test.owner, async (tx) =>
		enterActs(tx, {
			by,
			at: () => new Date('2021-10-01T10:00:00Z'),
			parties: await enterParties(tx)
		})
	);
	db = openAsApplication(test);
	const at = new Date('2023-01-10T09:00:00Z');
	context = (role) => ({
		db,
		at,
		actor: {
			id: people.get(role) ?? '',
			name: `Personne ${role}`,
			role,
			organisationId: null,
			organisationName: null
		}
	});
});
afterAll(async () => {
	await db.close();
	await test.drop();
});

const plant = (): Promise<PlantedReading> => {
	const file = new URL(
		`../../../src/lib/server/acts/texts/${ACTION_LOGEMENT.act.file}`,
		import.meta.url
	);
	return plantReading(test, readFileSync(file, 'utf8'), choicesOfAct(ACTION_LOGEMENT.act));
};

const open = async (id: string) => {
	const desk = await readPlanDesk(context('finance'), id);
	if (!desk) throw new Error('the reading is not there');
	return desk;
};

const nothing: PlanChange = { step: 'programme', revision: 0, change: (plan) => plan };

describe('what becomes of an act', () => {
	it('is seen and saved by finance alone; for the others it is not there', async () => {
		const { id } = await plant();
		for (const role of ['partner', 'elected', 'admin'] as const) {
			expect(await readPlanDesk(context(role), id)).toBeNull();
			await expect(savePlan(context(role), id, nothing)).rejects.toMatchObject({
				kind: 'not-found'
			});
		}
		await expect(savePlan(context('finance'), 'nowhere', nothing)).rejects.toMatchObject({
			kind: 'not-found'
		});
	});

	it('creates nothing, and keeps only the page that was saved', async () => {
		const { id } = await plant();
		const before = await ask(test, 'select count(*) from programmes');
		await savePlan(context('finance'), id, nothing);
		const [row] = await ask<{ plan: { saved: string[]; programme: { envelopes: unknown[] } } }>(
			test,
			'select plan from readings where id = $1',
			[id]
		);
		expect(row?.plan.saved).toEqual(['programme']);
		expect(row?.plan.programme.envelopes).toEqual([]);
		expect(await ask(test, 'select count(*) from programmes')).toEqual(before);
		const { steps, next } = await open(id);
		expect(steps.map(({ isDone }) => isDone)).toEqual([true, false, false, false]);
		expect(next).toBe('envelopes');
	});

	it('is refused to whoever saves over a colleague, who is named, and nothing is changed', async () => {
		const { id } = await plant();
		const { reading } = await open(id);
		await savePlan(context('finance'), id, nothing);
		await expect(
			savePlan(context('finance'), id, {
				step: 'programme',
				revision: reading.revision,
				change: (plan) => ({ ...plan, programme: null })
			})
		).rejects.toMatchObject({
			kind: 'conflict',
			message: expect.stringMatching(/^Personne finance a changé cette lecture .* encore là/)
		});
		expect((await open(id)).plan.programme).not.toBeNull();
	});

	it('does not change any more once it was set aside', async () => {
		const { id } = await plant();
		await ask(test, "update readings set state = 'set_aside' where id = $1", [id]);
		await expect(savePlan(context('finance'), id, nothing)).rejects.toMatchObject({
			kind: 'conflict'
		});
	});
});

describe('an envelope that is there is shown before, after and by how much it changes', () => {
	it.each<[SumGiven, string, string, string]>([
		['sum', '15 000 000 €', '30 000 000 €', '15 000 000 €'],
		['sum_of_year', '15 000 000 €', '30 000 000 €', '15 000 000 €'],
		['increase', '15 000 000 €', '45 000 000 €', '30 000 000 €'],
		['decrease', '15 000 000 €', '− 15 000 000 €', '− 30 000 000 €']
	])('where the act gives %s', async (gives, before, after, delta) => {
		const { id } = await plant();
		const { passages, known } = await open(id);
		const programme = known.programmes.find(({ slug }) => slug === 'action-logement-2020-2022');
		const there = programme?.envelopes[0];
		// The act promises 30 M€ for what was 15 M€.
		const sum = passages.find((one) => isSum(one) && sumOf(one) === 3_000_000_000n);
		if (!there || !sum) throw new Error('the seed has an envelope, and the act a sum');
		const envelope: PlannedEnvelope = {
			key: 'e',
			of: { kind: 'existing', envelopeId: there.id, endsOn: null, gives },
			agreement: null,
			passage: sum.key,
			allocations: [{ fiscalYear: 2020, label: 'Avenant', passage: null }],
			instalments: [],
			measures: []
		};
		const sums = reckonEnvelope(envelope, passages, programme);
		const said = [sums.before ?? sums.after, sums.after, sums.totalCents].map(formatEuros);
		expect(said.map(plain)).toEqual([before, after, delta]);
	});
});

const plain = (text: string): string => text.replace(/[\u00A0\u202F]/g, ' ');
