import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { day } from '#lib/domain/day.ts';
import type { DeclarationState } from '#lib/domain/declaration.ts';
import { cents, formatEuros } from '#lib/domain/money.ts';
import { listPeriods, stateOfPeriod, type Frequency } from '#lib/domain/period.ts';
import { openFileStore } from '#lib/server/evidence/file-store.ts';
import { testDatabase, testFilesDir, type TestDatabase } from '../support/database.ts';

const OPENS_ON = day('2022-06-30');

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
	database = await testDatabase({ demonstration: true });
	client = new pg.Client(database.owner);
	await client.connect();
});

afterAll(async () => {
	await client.end();
	await database.drop();
});

async function rowsOf(text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
	return (await client.query(text, values)).rows;
}

test('it shows a declaration in every state, on every side', async () => {
	const rows = await rowsOf(
		`select split_part(e.label, ' ', 1) || ' ' || d.period_starts_on || ' ' || d.state || ' ' || d.submission
			|| ' ' || coalesce(u.email, 'personne') as line
		from declarations d join envelopes e on e.id = d.envelope_id left join users u on u.id = d.submitted_by
		order by d.number`
	);
	expect(rows.map(({ line }) => line)).toEqual([
		'Parcours 2021-07-01 accepted 2 collegue@demo.example',
		'Parcours 2021-10-01 accepted 1 partenaire@demo.example',
		'Nouveaux 2022-01-01 accepted 1 partenaire@demo.example',
		'Nouveaux 2022-02-01 accepted 1 partenaire@demo.example',
		'Parcours 2022-01-01 accepted 1 partenaire@demo.example',
		'Nouveaux 2022-03-01 accepted 1 partenaire@demo.example',
		'Nouveaux 2022-04-01 reopened 1 partenaire@demo.example',
		'Nouveaux 2022-05-01 returned 1 partenaire@demo.example',
		'Logement 2022-04-01 submitted 1 etat@demo.example',
		'Nouveaux 2022-06-01 submitted 1 collegue@demo.example',
		'Parcours 2022-04-01 draft 0 personne'
	]);
	expect(await rowsOf('select id from declarations where not fictitious')).toEqual([]);
});

test('on the day it opens a period is to come, open, late or closed, and one was never declared', async () => {
	const periods = (await listDeclarablePeriods()).map(({ line }) => line);
	expect(periods).toEqual([
		'Logement 2022-01-01 late nothing',
		'Logement 2022-04-01 open submitted',
		'Logement 2022-07-01 to_come nothing',
		'Logement 2022-10-01 to_come nothing',
		'Nouveaux 2022-01-01 closed accepted',
		'Nouveaux 2022-02-01 closed accepted',
		'Nouveaux 2022-03-01 closed accepted',
		'Nouveaux 2022-04-01 late reopened',
		'Nouveaux 2022-05-01 late returned',
		'Nouveaux 2022-06-01 open submitted',
		...['07', '08', '09', '10', '11', '12'].map(
			(month) => `Nouveaux 2022-${month}-01 to_come nothing`
		),
		'Parcours 2021-07-01 closed accepted',
		'Parcours 2021-10-01 closed accepted',
		'Parcours 2022-01-01 closed accepted',
		'Parcours 2022-04-01 open draft',
		'Parcours 2022-07-01 to_come nothing',
		'Parcours 2022-10-01 to_come nothing'
	]);
});

test('nothing is counted twice: what falls into a period that is declared comes from its declaration', async () => {
	expect(
		await rowsOf(
			`select e.label, n.kind, n.effective_on::text from entries n join envelopes e on e.id = n.envelope_id
			join declaration_duties u on u.envelope_id = e.id
			where n.kind = case e.circuit when 'earmarked_revenue' then 'receipt' else 'disbursement' end
				and (n.effective_on >= u.starts_on) <> (n.declaration_line_id is not null)`
		)
	).toEqual([]);
	expect(
		await rowsOf(
			`select d.number, sum(l.amount_cents)::text as said, (
				select sum(n.amount_cents)::text from entries n join declaration_lines p on p.id = n.declaration_line_id
				where p.declaration_id = d.id
			) as posted
			from declarations d join declaration_lines l on l.declaration_id = d.id and l.submission = d.submission
			where d.state = 'accepted' group by d.id
			having sum(l.amount_cents) is distinct from (
				select sum(n.amount_cents) from entries n join declaration_lines p on p.id = n.declaration_line_id
				where p.declaration_id = d.id
			)`
		)
	).toEqual([]);
});

test('the draft is typed by two people, asks for more than is left, and is not in the ledger', async () => {
	const cells = await rowsOf(
		`select m.label, c.value, split_part(u.email, '@', 1) as by from declaration_cells c
		join declarations d on d.id = c.declaration_id and d.state = 'draft'
		join users u on u.id = c.updated_by join measures m on c.key = 'm.' || m.id || '.montant'
		order by m.position`
	);
	expect(
		cells.map(({ label, value, by }) => `${label}: ${value} (${by})`.replaceAll(/\s/gu, ' '))
	).toEqual([
		'Accession et travaux: 412 300,00 (partenaire)',
		'Sécurisation locative: 684 210,50 (partenaire)',
		'Mobilité: 4 190 000,00 (collegue)',
		'Salariés en difficulté: 21 400,00 (collegue)'
	]);
	const [balance] = await rowsOf(
		`select (promised_cents - disbursed_cents)::text as left from envelope_balances b
		join declarations d on d.envelope_id = b.envelope_id where d.state = 'draft'`
	);
	expect(formatEuros(cents(`${balance?.left}`)).replaceAll(/\s/gu, ' ')).toBe('2 848 780,70 €');
});

test('the history of each tells its steps in the order in which they happened, before the day it opens on ends', async () => {
	const rows = await rowsOf(
		`select d.number, d.state, string_agg(v.action, ' ' order by v.id) as steps from declarations d
		join declaration_events v on v.declaration_id = d.id group by d.id order by d.number`
	);
	const stepsOf = (number: number) => rows.find((row) => row.number === String(number))?.steps;
	expect(stepsOf(1)).toBe('create attach submit remark return submit accept');
	expect(stepsOf(7)).toBe('create attach submit accept reopen');
	expect(stepsOf(8)).toBe('create attach submit remark return message message message');
	expect(
		await rowsOf(
			`select id from (select id, at, lag(at) over (order by id) as before from declaration_events) v
			where before > at or at >= '2022-07-01 00:00 Europe/Paris'`
		)
	).toEqual([]);
});

test('evidence is kept where that of partners is, says that it is fictitious, and is missing once', async () => {
	const store = openFileStore(testFilesDir());
	const files = await rowsOf('select name, digest, media_type, size_bytes from declaration_files');
	expect(files.length).toBe(9);
	for (const { name, digest } of files) {
		expect(await store.recountDigest(`${digest}`), `${name}`).toBe(digest);
		expect(name).toMatch(/-fictif\.(pdf|csv)$/);
	}
	expect(new Set(files.map(({ media_type }) => media_type))).toEqual(
		new Set(['application/pdf', 'text/csv'])
	);
	expect(
		await rowsOf(
			`select number::int from declarations d where state <> 'draft'
				and not exists (select from declaration_files f where f.declaration_id = d.id)`
		)
	).toEqual([{ number: 10 }]);
});

test('mails are written for the last days alone, not for the years before', async () => {
	expect(
		await rowsOf(
			`select min(v.at)::date::text as first, count(*)::int as waiting from declaration_events v, mail_progress p
			where v.id > p.events_through`
		)
	).toEqual([{ first: '2022-06-21', waiting: 12 }]);
});

/** Every period of every duty, with its state on the day the demonstration opens. */
async function listDeclarablePeriods(): Promise<{ line: string }[]> {
	const duties = await rowsOf(
		`select e.id, split_part(e.label, ' ', 1) as name, e.starts_on::text, e.ends_on::text, u.frequency,
			u.due_days, u.starts_on::text as begins from declaration_duties u join envelopes e on e.id = u.envelope_id
		order by name`
	);
	const declared = await rowsOf(
		'select envelope_id, period_starts_on::text as starts, state from declarations'
	);
	return duties.flatMap((row) => {
		const duty = {
			frequency: row.frequency as Frequency,
			dueDays: Number(row.due_days),
			startsOn: day(`${row.begins}`)
		};
		const envelope = { startsOn: day(`${row.starts_on}`), endsOn: day(`${row.ends_on}`) };
		return listPeriods(envelope, duty).map((period) => {
			const state = declared.find(
				({ envelope_id, starts }) => envelope_id === row.id && starts === period.startsOn
			)?.state as DeclarationState | undefined;
			const stands = stateOfPeriod(period, duty, state ?? null, OPENS_ON);
			return { line: `${row.name} ${period.startsOn} ${stands} ${state ?? 'nothing'}` };
		});
	});
}
