import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ActPlan } from '#lib/domain/act/plan/plan.ts';
import { describeDifference } from '#lib/domain/difference.ts';
import type { Actor, Role } from '#lib/domain/role.ts';
import type { Database } from '#lib/server/db/client.ts';
import { verifyBooks } from '#lib/server/ledger/verify-books.ts';
import { enterReading, type Entering } from '#lib/server/readings/enter-reading.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { dumpBooks } from '../../support/dump-books.ts';
import { addPerson, ask, openAsApplication } from '../../support/people.ts';
import type { PlantedChoice, PlantedReading } from '../../support/readings.ts';
import { BODY, GRANT, HEAD, PLAN, plantAct, PROGRAMME, TEXT } from '../../support/small-act.ts';

let test: TestDatabase;
let db: Database;
let superuser: pg.Client;
let officer: Actor;
let colleague: Actor;
let reading: PlantedReading;

beforeAll(async () => {
	test = await testDatabase();
	superuser = new pg.Client(test.superuser);
	await superuser.connect();
	await superuser.query("insert into communes (code, name) values ('21999', 'Valbelle')");
	[officer, colleague] = [await finance('a@demo.example'), await finance('b@demo.example')];
	db = openAsApplication(test);
});
afterAll(async () => {
	await db.close();
	await superuser.end();
	await test.drop();
});

/** The books are emptied between tests, as no application could. */
beforeEach(async () => {
	await superuser.query("set session_replication_role = 'replica'");
	for (const table of EMPTIED) await superuser.query(`delete from ${table}`);
	await superuser.query("set session_replication_role = 'origin'");
	reading = await plantAct(test, TEXT, [...HEAD, ...BODY], PLAN, officer.id);
});

describe('an act that was read', () => {
	it('is entered with all that becomes of it, each thing on its passage', async () => {
		const entered = await enter();
		expect(entered.programmeSlug).toBe('renovation');
		expect(entered.deliberationSlug).toBe('2024-03-12-aide-a-la-renovation-des-logements');
		expect(
			await ask(
				test,
				`select e.label, o.name as funder, n.fiscal_year as year, n.amount_cents::text as cents,
					n.effective_on::text as on, c.quote, n.fictitious
				from entries n join envelopes e on e.id = n.envelope_id
					join organisations o on o.id = n.counterparty_id join citations c on c.id = n.citation_id
				order by n.id`
			)
		).toEqual(
			[2024, 2025].map((year) => ({
				label: 'Rénovation des copropriétés',
				funder: 'Habiter',
				year,
				cents: '30000000',
				on: '2024-03-12',
				quote: '300 000 €',
				fictitious: false
			}))
		);
		expect(
			await ask(
				test,
				`select verb, quote, substr(d.text, start_offset + 1, end_offset - start_offset) = quote as there
				from decisions join deliberations d on d.id = deliberation_id`
			)
		).toEqual([
			{ verb: 'approuver', quote: "la convention avec l'association Habiter", there: true }
		]);
		expect(
			await ask(
				test,
				`select u.text, o.name as owner, d.name as district, v.number::int as renovated
				from undertakings u join organisations o on o.id = u.owner_id
					join programme_districts p using (programme_id) join districts d on d.id = p.district_id
					join indicators i using (programme_id) join observations v on v.indicator_id = i.id`
			)
		).toEqual([
			{
				text: 'réunir ses partenaires chaque année',
				owner: 'Habiter',
				district: 'Les Prés',
				renovated: 140
			}
		]);
	});

	it('has for author an authority that is known, or becomes known by it', async () => {
		await enter();
		const named = () =>
			ask(
				test,
				`select o.name, o.kind from deliberations d join organisations o on o.id = d.authority_id
				order by d.sitting_on`
			);
		expect(await named()).toEqual([{ name: 'Ville de Valbelle', kind: 'authority' }]);
		const other = `${TEXT}\nFait à Valbelle.`;
		const head = HEAD.map((choice) =>
			choice.key === 'authority'
				? { ...choice, value: { type: 'text' as const, text: 'Conseil de la VILLE DE VALBELLE' } }
				: choice
		);
		reading = await plantAct(test, other, head, { newParties: [], programme: null }, officer.id);
		expect((await enter()).programmeSlug).toBeNull();
		expect(await named()).toHaveLength(2);
		expect(await ask(test, 'select name from organisations order by name')).toEqual([
			{ name: 'Habiter' },
			{ name: 'Ville de Valbelle' }
		]);
	});

	it('is kept and cited alone where no programme comes of it, and no money', async () => {
		await plan({ newParties: [], programme: null });
		expect((await enter()).programmeSlug).toBeNull();
		const [counts] = await ask(
			test,
			`select (select count(*)::int from citations) as citations,
				(select count(*)::int from entries) as entries,
				(select count(*)::int from programmes) as programmes`
		);
		expect(counts).toEqual({ citations: HEAD.length + BODY.length - 1, entries: 0, programmes: 0 });
	});

	it('leaves out what was refused or not decided', async () => {
		await choose('share', 'refused');
		await choose('houses', null);
		await enter();
		const rows = await ask<{ quote: string }>(test, 'select quote from citations');
		expect(rows.map(({ quote }) => quote)).not.toEqual(
			expect.arrayContaining([expect.stringMatching(/12 %|0,8 M€/)])
		);
		expect(rows).toHaveLength(HEAD.length + BODY.length - 3);
	});

	it('says in the journal who entered it and how much of each thing', async () => {
		const { deliberationId } = await enter();
		const [event] = await ask(
			test,
			"select actor_id, subject_type, subject_id, details from audit_events where action = 'enter_act'"
		);
		expect(event).toMatchObject({
			actor_id: officer.id,
			subject_type: 'deliberation',
			subject_id: deliberationId,
			details: { reading: reading.id, envelopes: 1, undertakings: 1, organisations: 1 }
		});
		expect((event as { details: { entries: string[] } }).details.entries).toHaveLength(2);
	});
});

describe('words in which several things were read', () => {
	it('are cited once where they say the same', async () => {
		await again({ key: 'twice', role: 'count', quote: '140' });
		await enter();
		expect(await ask(test, "select kind from citations where quote = '140'")).toEqual([
			{ kind: 'count' }
		]);
		expect(await ask(test, 'select from reading_proposals where citation_id is null')).toHaveLength(
			1
		); // The decision.
	});

	it('are cited as words where they say different things of one kind', async () => {
		await again({
			key: 'other',
			role: 'for',
			quote: '140',
			value: { type: 'count', number: 20, of: null }
		});
		await enter();
		expect(await ask(test, "select kind, number from citations where quote = '140'")).toEqual([
			{ kind: 'words', number: null }
		]);
	});

	it('are no sum where the amount was reckoned or is a price', async () => {
		const amount = { type: 'amount', cents: '1', precisionCents: '0', per: 'm²' } as const;
		await again(
			{
				key: 'price',
				role: 'amount',
				quote: 'parc',
				value: { ...amount, kind: 'rate', formula: null }
			},
			{
				key: 'sum',
				role: 'amount',
				quote: 'rénovés',
				value: { ...amount, kind: 'derived', formula: '1 × 1' }
			}
		);
		await enter();
		expect(
			await ask(
				test,
				"select quote, kind, amount_cents from citations where quote in ('parc', 'rénovés')"
			)
		).toEqual([{ quote: 'parc', kind: 'words', amount_cents: null }]);
	});
});

describe('what is owed', () => {
	it.each([
		['authority', 'Il manque l’assemblée'],
		['sitting', 'Il manque le jour de la séance'],
		['title', 'Il manque l’objet']
	])('of the head, %s, is asked for', async (name, message) => {
		await choose(name, null);
		await expect(enter()).rejects.toThrow(message);
		expect(await ask(test, 'select from deliberations')).toEqual([]);
	});

	it('to be confirmed is confirmed, by its name', async () => {
		await plan({
			...PLAN,
			programme: { ...PROGRAMME, envelopes: [{ ...GRANT, passage: 'flats' }] }
		});
		const firm = `envelope-grant-${reading.key('flats')}-firm`;
		const times = `envelope-grant-${reading.key('flats')}-times`;
		await expect(enter({ confirmed: [times] })).rejects.toMatchObject({ field: firm });
		await expect(enter({ confirmed: [firm] })).rejects.toMatchObject({ field: times });
		await enter({ confirmed: [firm, times] });
	});

	it('by a plan that nobody made is what becomes of it', async () => {
		await superuser.query('update readings set plan = null where id = $1', [reading.id]);
		await expect(enter()).rejects.toThrow('Dites d’abord ce que devient l’acte');
	});

	it('by a page of before is to read again what was changed since', async () => {
		await superuser.query('update readings set revision = 4 where id = $1', [reading.id]);
		await expect(enter()).rejects.toMatchObject({
			kind: 'conflict',
			message: expect.stringContaining('a changé cette lecture') as string
		});
		await enter({ revision: 4 });
	});
});

describe('whoever is not of finance', () => {
	it.each(['partner', 'elected', 'admin'] as const)('as %s enters nothing', async (role) => {
		const stranger = { ...officer, role };
		await expect(enter({}, stranger)).rejects.toMatchObject({ kind: 'forbidden' });
	});
});

describe('all or nothing', () => {
	it.each([
		'organisations',
		'deliberations',
		'decisions',
		'citations',
		'programmes',
		'agreements',
		'undertakings',
		'envelopes',
		'measures',
		'instalments',
		'indicators',
		'observations',
		'districts',
		'programme_districts',
		'entries',
		'audit_events',
		'command_receipts'
	])('a fault at %s leaves nothing, and the next try enters all', async (table) => {
		const before = await dumpBooks(test.owner);
		await superuser.query(
			`create function fault() returns trigger language plpgsql as $$ begin raise exception 'fault'; end $$;
			create trigger zz_fault before insert on ${table} for each row execute function fault()`
		);
		try {
			await expect(enter()).rejects.toThrow();
			expect(await dumpBooks(test.owner)).toEqual(before);
			expect(await ask(test, 'select state, deliberation_id from readings')).toEqual([
				{ state: 'open', deliberation_id: null }
			]);
		} finally {
			await superuser.query(`drop trigger zz_fault on ${table}; drop function fault()`);
		}
		await enter();
		expect(await ask(test, 'select from deliberations')).toHaveLength(1);
	});

	it.each(['citations', 'envelopes', 'entries'])(
		'a connection that is killed at %s is tried again, and enters one act',
		async (table) => {
			await superuser.query(
				`create sequence kills;
				grant usage on kills to public;
				create function kill_once() returns trigger language plpgsql security definer as $$ begin
					if nextval('kills') = 1 then perform pg_terminate_backend(pg_backend_pid()); end if;
					return null;
				end $$;
				create trigger zz_kill after insert on ${table}
					for each statement execute function kill_once()`
			);
			try {
				await enter();
			} finally {
				await superuser.query(
					`drop trigger zz_kill on ${table}; drop function kill_once(); drop sequence kills`
				);
			}
			const [counts] = await ask(
				test,
				`select (select count(*)::int from deliberations) as acts,
					(select count(*)::int from entries) as entries`
			);
			expect(counts).toEqual({ acts: 1, entries: 2 });
		}
	);
});

describe('once', () => {
	it('the same form sent fifty times makes one act, and is answered the same', async () => {
		const key = randomUUID();
		const answers = await Promise.all(Array.from({ length: 50 }, () => enter({ key })));
		expect(new Set(answers.map(({ deliberationId }) => deliberationId)).size).toBe(1);
		expect(await ask(test, 'select from entries')).toHaveLength(2);
		expect(await ask(test, 'select from command_receipts')).toHaveLength(1);
	});

	it('two officers at once make one act, and the second is told who was first', async () => {
		const tries = await Promise.allSettled([enter({}, officer), enter({}, colleague)]);
		expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
		const [refused] = tries.filter((one) => one.status === 'rejected');
		expect(refused?.reason).toMatchObject({
			kind: 'conflict',
			message: expect.stringContaining('a déjà entré cet acte') as string
		});
		expect(await ask(test, 'select from deliberations')).toHaveLength(1);
	});

	it('the same text read twice makes one act', async () => {
		const first = reading;
		const second = await plantAct(
			test,
			TEXT,
			[...HEAD],
			{ newParties: [], programme: null },
			colleague.id
		);
		await enter();
		reading = second;
		await expect(enter({}, colleague)).rejects.toThrow('déjà enregistrée, mot pour mot');
		expect(await ask(test, "select id from readings where state = 'entered'")).toEqual([
			{ id: first.id }
		]);
	});
});

describe('two readings of one text', () => {
	it('entered at once make one act, and the second is told so', async () => {
		const other = await plantAct(
			test,
			TEXT,
			[...HEAD],
			{ newParties: [], programme: null },
			colleague.id
		);
		const first = enter({}, officer);
		reading = other;
		const tries = await Promise.allSettled([first, enter({}, colleague)]);
		const [refused, ...others] = tries.filter((one) => one.status === 'rejected');
		expect(others).toEqual([]);
		expect(String(refused?.reason)).toContain('déjà enregistrée, mot pour mot');
	});
});

describe('an act that is opened again', () => {
	const ALONE = { newParties: [], programme: null };

	beforeEach(async () => {
		await plan(ALONE);
		await choose('share', 'refused');
		const { deliberationId } = await enter();
		const more = [...HEAD, ...BODY];
		reading = await plantAct(test, TEXT, more, PLAN, colleague.id);
		await superuser.query('update readings set deliberation_id = $2 where id = $1', [
			reading.id,
			deliberationId
		]);
	});

	it('is cited further, and neither doubled nor changed', async () => {
		const act = () => ask(test, 'select * from deliberations');
		const was = await act();
		expect(await ask(test, 'select from citations')).toHaveLength(HEAD.length + BODY.length - 2);
		await enter({}, colleague);
		expect(await ask(test, 'select from citations')).toHaveLength(HEAD.length + BODY.length - 1);
		expect(await act()).toEqual(was);
		expect(await ask(test, 'select from decisions')).toHaveLength(1);
		expect(await ask(test, 'select from entries')).toHaveLength(2);
	});

	it('is entered whatever was kept of its head, which is not asked for again', async () => {
		await choose('title', null);
		await choose('sitting', null);
		await enter({}, colleague);
		expect(await ask(test, "select from readings where state = 'entered'")).toHaveLength(2);
	});
});

describe('recounting', () => {
	const look = async () => {
		const { differences, deliberations } = await verifyBooks(test.owner);
		return { deliberations, sentences: differences.map(describeDifference) };
	};

	it('finds an act that was entered at the desk as it was kept', async () => {
		await enter();
		expect(await look()).toEqual({ deliberations: 1, sentences: [] });
	});

	it.each([
		[
			'what was kept is cited no more',
			`update reading_proposals set citation_id = null where citation_id = (
				select id from citations where quote = '140')`,
			/« 140 », retenu à la lecture aux positions \d+ à \d+, n’y est pas cité/
		],
		[
			'another text is that of the act',
			`alter table readings drop constraint readings_digest_of_text;
			update readings set text_digest = repeat('a', 64)`,
			/le texte qui fut lu n’est plus celui de l’acte/
		],
		[
			'a quote stands elsewhere',
			"update citations set start_offset = start_offset - 1 where quote = '140'",
			/on lit « .140 » et non « 140 »/
		]
	])('says that %s', async (_, corruption, sentence) => {
		await enter();
		await superuser.query("set session_replication_role = 'replica'");
		await superuser.query(corruption);
		await superuser.query("set session_replication_role = 'origin'");
		expect((await look()).sentences.join('\n').replaceAll('\u00a0', ' ')).toMatch(sentence);
	});
});

const EMPTIED = [
	'reading_proposals',
	'readings',
	'observations',
	'indicators',
	'entries',
	'envelope_counterparties',
	'month_totals',
	'envelope_balances',
	'instalments',
	'measures',
	'envelopes',
	'undertakings',
	'programme_districts',
	'districts',
	'agreements',
	'programmes',
	'citations',
	'decisions',
	'deliberations',
	'organisations',
	'audit_events',
	'command_receipts'
];

const enter = (said: Partial<Entering> = {}, actor: Actor = officer) =>
	enterReading({ db, actor, at: new Date('2024-04-02T09:00:00Z') }, reading.id, {
		key: randomUUID(),
		revision: 0,
		...said
	});

async function finance(email: string): Promise<Actor> {
	const id = await addPerson(test, email);
	const role: Role = 'finance';
	return { id, name: email, role, organisationId: null, organisationName: null };
}

async function plan(made: ActPlan): Promise<void> {
	await superuser.query('delete from reading_proposals; delete from readings');
	reading = await plantAct(test, TEXT, [...HEAD, ...BODY], made, officer.id);
}

async function choose(name: string, choice: 'refused' | null): Promise<void> {
	await superuser.query(
		`update reading_proposals set choice = $2, decided_by = case when $2::text is null then null else decided_by end,
			decided_at = case when $2::text is null then null else decided_at end
		where id = $1`,
		[reading.key(name), choice]
	);
}

/** The same reading with more passages kept. */
async function again(...more: readonly PlantedChoice[]): Promise<void> {
	await superuser.query('delete from reading_proposals; delete from readings');
	reading = await plantAct(test, TEXT, [...HEAD, ...BODY, ...more], PLAN, officer.id);
}
