import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ActPlan } from '#lib/domain/act/plan/plan.ts';
import type { ProposalValue } from '#lib/domain/act/desk/proposal.ts';
import type { Actor } from '#lib/domain/role.ts';
import type { Database } from '#lib/server/db/client.ts';
import { reverseEntry } from '#lib/server/ledger/reverse-entry.ts';
import { beginCiting } from '#lib/server/readings/begin-citing.ts';
import { changeProposal } from '#lib/server/readings/change-proposal.ts';
import { enterReading } from '#lib/server/readings/enter-reading.ts';
import { markPassage } from '#lib/server/readings/mark-passage.ts';
import { readReview } from '#lib/server/reports/reading-review.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { addPerson, ask, openAsApplication } from '../../support/people.ts';
import type { PlantedReading } from '../../support/readings.ts';
import { BODY, HEAD, PLAN, plantAct, PROGRAMME, TEXT } from '../../support/small-act.ts';

/** The act as councils write: its parts stand apart. */
const ACT = TEXT.replace(/\n(?=La ville entend|Le conseil approuve|Adopté)/gu, '\n\n');

let test: TestDatabase;
let db: Database;
let finance: Actor;

beforeAll(async () => {
	test = await testDatabase();
	const superuser = new pg.Client(test.superuser);
	await superuser.connect();
	await superuser.query("insert into communes (code, name) values ('21999', 'Valbelle')");
	await superuser.end();
	const id = await addPerson(test, 'finances@demo.example');
	finance = { id, name: 'F', role: 'finance', organisationId: null, organisationName: null };
	db = openAsApplication(test);
	await enter((await plantAct(test, ACT, [...HEAD, ...BODY], PLAN)).id);
});
afterAll(async () => {
	await db.close();
	await test.drop();
});

const AT = new Date('2025-03-01T09:00:00Z');
const context = () => ({ db, actor: finance, at: AT });

/** Another act of the same words, with its grant as the reader gives it. */
async function plantAnother(name: string, slug: string): Promise<PlantedReading> {
	return plantAct(test, `${ACT}\n${name}.`, [...HEAD, ...BODY], {
		newParties: [{ key: 'habiter', name, kind: 'association', siren: null }],
		programme: {
			...PROGRAMME,
			of: { ...PROGRAMME.of, slug, name } as never,
			districts: []
		}
	});
}

async function enter(id: string, confirmed: readonly string[] = []): Promise<unknown> {
	const [{ revision } = { revision: 0 }] = await ask<{ revision: number }>(
		test,
		'select revision from readings where id = $1',
		[id]
	);
	return enterReading(context(), id, { key: randomUUID(), revision, confirmed });
}

async function correct(
	reading: PlantedReading,
	key: string,
	cents: string,
	place: { start: number; end: number } | null
): Promise<void> {
	const [row] = await ask<{ seen: string; value: ProposalValue }>(
		test,
		`select choice || ' ' || to_char(decided_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as seen,
			read_value as value from reading_proposals where id = $1`,
		[reading.key(key)]
	);
	const value = { ...row?.value, cents } as ProposalValue;
	await changeProposal(context(), reading.id, {
		id: reading.key(key),
		seen: row?.seen ?? '',
		value,
		place
	});
}

it('a sum that its passage does not say is entered once both were seen', async () => {
	const reading = await plantAnother('Corrigée', 'corrigee');
	await correct(reading, 'grant', '500000000', null);
	const review = await readReview(context(), reading.id);
	expect(review?.groups.flatMap(({ sentences }) => sentences).join('\n')).toMatch(
		/l’acte écrit «.300.000.€.», et 5.000.000.€ par an en est retenu/u
	);
	const name = `envelope-grant-${reading.key('grant')}-written`;
	await expect(enter(reading.id)).rejects.toMatchObject({
		field: name,
		message: expect.stringMatching(
			/l’acte écrit «.300.000.€.», et vous inscrivez 5.000.000.€ par an/u
		) as string
	});
	await enter(reading.id, [name]);
});

it('a sum that is moved belongs to the part of the act where it stands now', async () => {
	const reading = await plantAnother('Déplacée', 'deplacee');
	const start = ACT.indexOf('2 M€');
	await correct(reading, 'grant', '200000000', { start, end: start + '2 M€'.length });
	await expect(enter(reading.id)).rejects.toMatchObject({
		field: `envelope-grant-${reading.key('grant')}-firm`
	});
	await enter(reading.id, [`envelope-grant-${reading.key('grant')}-firm`]);
	expect(
		await ask(
			test,
			`select distinct c.quote, c.section from entries e join citations c on c.id = e.citation_id
				join deliberations d on d.id = c.deliberation_id where d.text like '%Déplacée.'`
		)
	).toEqual([{ quote: '2 M€', section: 'statement_of_reasons' }]);
});

it('a passage that carries money of its act is not posted again when the act is opened again', async () => {
	const [ids] = await ask<Record<'act' | 'programme' | 'envelope' | 'slug', string>>(
		test,
		`select d.id as act, d.slug, e.programme_id as programme, e.id as envelope from deliberations d
			join entries n on n.deliberation_id = d.id join envelopes e on e.id = n.envelope_id
			where d.text = $1 limit 1`,
		[ACT]
	);
	const id = await beginCiting(context(), ids?.slug ?? '');
	const start = ACT.indexOf('300 000 €');
	const { id: passage } = await markPassage(context(), id, {
		role: 'amount',
		place: { start, end: start + '300 000 €'.length },
		value: null
	});
	const increase = (fiscalYear: number): ActPlan => ({
		newParties: [],
		programme: {
			...PROGRAMME,
			of: { kind: 'existing', programmeId: ids?.programme ?? '', endsOn: null },
			agreements: [],
			indicators: [],
			undertakings: [],
			districts: [],
			envelopes: [
				{
					key: 'grant',
					of: {
						kind: 'existing',
						envelopeId: ids?.envelope ?? '',
						endsOn: null,
						gives: 'increase'
					},
					agreement: null,
					passage,
					allocations: [{ fiscalYear, label: 'Encore', passage: null }],
					instalments: [],
					measures: []
				}
			]
		}
	});
	const plan = (given: ActPlan) =>
		ask(test, 'update readings set plan = $2 where id = $1', [id, JSON.stringify(given)]);
	await plan(increase(2025));
	await expect(enter(id)).rejects.toThrow(/porte déjà 300.000.€ de cet acte à l’exercice 2025/u);
	await plan(increase(2024));
	await expect(enter(id)).rejects.toThrow(/porte déjà 300.000.€ de cet acte à l’exercice 2024/u);

	// What was reversed since is posted no more, and may be posted anew.
	const [entry] = await ask<{ id: string }>(
		test,
		'select id::text from entries where envelope_id = $1 and fiscal_year = 2024',
		[ids?.envelope]
	);
	const reversal = { entryId: BigInt(entry?.id ?? 0), fiscalYear: 2024, reason: 'Erreur' };
	await reverseEntry(context(), randomUUID(), reversal);
	const posted = await readReview(context(), id);
	expect(posted?.problems.filter(({ name }) => name.includes('posted'))).toMatchObject([
		{ level: 'confirm' }
	]);
});
