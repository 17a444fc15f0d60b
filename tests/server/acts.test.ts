import { readFileSync } from 'node:fs';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { enterActs } from '#lib/server/acts/enter-acts.ts';
import { enterParties } from '#lib/server/acts/enter-parties.ts';
import { createDatabase } from '#lib/server/db/client.ts';
import { readDeliberationPage } from '#lib/server/reports/deliberation-page.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';

const ACTION_LOGEMENT = '2020-12-17-action-logement';
const LOGEMENT_D_ABORD = '2021-09-30-logement-d-abord';

let database: TestDatabase;
let client: pg.Client;
let financeId: string;

beforeAll(async () => {
	database = await testDatabase();
	client = new pg.Client(database.owner);
	await client.connect();
	const {
		rows: [user]
	} = await client.query<{ id: string }>(
		`insert into users (email, name, role, password_hash) values ('f@example.org', 'F', 'finance', 'x') returning id`
	);
	financeId = user?.id ?? '';
	const tx = drizzle(client);
	const at = new Date('2026-01-05T09:00:00Z');
	await enterActs(tx, { by: financeId, at: () => at, parties: await enterParties(tx) });
});

afterAll(async () => {
	await client.end();
	await database.drop();
});

test('the texts stand byte for byte, with their digest', async () => {
	const { rows } = await client.query<{ slug: string; text: string }>(
		`select slug, text from deliberations
		where text_digest = encode(sha256(convert_to(text, 'UTF8')), 'hex') order by slug`
	);
	expect(rows.map(({ slug }) => slug)).toEqual([ACTION_LOGEMENT, LOGEMENT_D_ABORD]);
	for (const { slug, text } of rows) {
		const file = new URL(`../../src/lib/server/acts/texts/${slug}.txt`, import.meta.url);
		expect(Buffer.from(text, 'utf8').equals(readFileSync(file))).toBe(true);
	}
});

test('every quote stands at its offsets, counted in UTF-16 units', async () => {
	const { rows } = await client.query(
		`select d.text, s.quote, s.start_offset, s.end_offset from deliberations d join (
			select deliberation_id, quote, start_offset, end_offset from citations
			union all select deliberation_id, quote, start_offset, end_offset from decisions
		) s on s.deliberation_id = d.id`
	);
	expect(rows.length).toBeGreaterThan(60);
	for (const { text, quote, start_offset, end_offset } of rows) {
		expect(text.slice(start_offset, end_offset)).toBe(quote);
	}
});

test('the heads say who sat, when, and how they voted', async () => {
	const { rows } = await client.query(
		`select sitting_on::text, convened_on::text, president, secretary, number, theme, title, members, in_office,
			present, names_counted, proxies, absent, votes_for, votes_against, abstentions, not_voting,
			(select count(*)::int from decisions where deliberation_id = d.id) as decisions
		from deliberations d order by sitting_on`
	);
	expect(rows).toEqual([
		{
			sitting_on: '2020-12-17',
			convened_on: '2020-12-11',
			president: 'REBSAMEN',
			secretary: 'LACHAMBRE',
			number: null,
			theme: 'Habitat, politique de la ville et urbanisme',
			title: 'Action Logement : avenant 2020-2022 à la convention-cadre avec Dijon Métropole',
			members: 86,
			in_office: 86,
			present: 74,
			names_counted: 74,
			proxies: 9,
			absent: 3,
			votes_for: 83,
			votes_against: 0,
			abstentions: 0,
			not_voting: 0,
			decisions: 2
		},
		{
			sitting_on: '2021-09-30',
			convened_on: '2021-09-24',
			president: 'REBSAMEN',
			secretary: 'LACHAMBRE',
			number: null,
			theme: 'Développement économique, attractivité et solidarités',
			title: "Programme Territoire accéléré Logement d'abord – Convention avec l'Etat",
			members: 86,
			in_office: 86,
			present: 75,
			names_counted: 75,
			proxies: 8,
			absent: 3,
			votes_for: 83,
			votes_against: 0,
			abstentions: 0,
			not_voting: 0,
			decisions: 3
		}
	]);
});

const HEADER = 'header';
const REASONS = 'statement_of_reasons';
const DECISION = 'decision';

// act, section, quote, value (euros, number, points or day), precision
const VALUES: [string, string, string, string, string | null][] = [
	[ACTION_LOGEMENT, HEADER, '17 décembre 2020', '2020-12-17', null],
	[ACTION_LOGEMENT, HEADER, '11 décembre 2020', '2020-12-11', null],
	[ACTION_LOGEMENT, HEADER, '86', '86', '0'],
	[ACTION_LOGEMENT, HEADER, '74', '74', '0'],
	[ACTION_LOGEMENT, HEADER, '86', '86', '0'],
	[ACTION_LOGEMENT, HEADER, '9', '9', '0'],
	[ACTION_LOGEMENT, REASONS, '30 mars 2017', '2017-03-30', null],
	[ACTION_LOGEMENT, REASONS, '9 363', '9363', '0'],
	[ACTION_LOGEMENT, REASONS, '15,2 M€', '15200000.00', '50000.00'],
	[ACTION_LOGEMENT, REASONS, '268', '268', '0'],
	[ACTION_LOGEMENT, REASONS, '4,2 M€', '4200000.00', '50000.00'],
	[ACTION_LOGEMENT, REASONS, '5 823', '5823', '0'],
	[ACTION_LOGEMENT, REASONS, '2 072', '2072', '0'],
	[ACTION_LOGEMENT, REASONS, '8,6 M€', '8600000.00', '50000.00'],
	[ACTION_LOGEMENT, REASONS, '1 575', '1575', '0'],
	[ACTION_LOGEMENT, REASONS, '2,2 M€', '2200000.00', '50000.00'],
	[ACTION_LOGEMENT, REASONS, '391', '391', '0'],
	[ACTION_LOGEMENT, REASONS, '236 000 €', '236000.00', '0.50'],
	[ACTION_LOGEMENT, REASONS, '1 306', '1306', '0'],
	[ACTION_LOGEMENT, REASONS, '15,4 M€', '15400000.00', '50000.00'],
	[ACTION_LOGEMENT, REASONS, '2 027', '2027', '0'],
	[ACTION_LOGEMENT, REASONS, '52%', '52', '0.5'],
	[ACTION_LOGEMENT, REASONS, '38%', '38', '0.5'],
	[ACTION_LOGEMENT, REASONS, '7%', '7', '0.5'],
	[ACTION_LOGEMENT, REASONS, '4%', '4', '0.5'],
	[ACTION_LOGEMENT, REASONS, '30 M€', '30000000.00', '500000.00'],
	[ACTION_LOGEMENT, REASONS, '15 M€', '15000000.00', '500000.00'],
	[ACTION_LOGEMENT, REASONS, '15 M€', '15000000.00', '500000.00'],
	[ACTION_LOGEMENT, HEADER, '83', '83', '0'],
	[ACTION_LOGEMENT, HEADER, '0', '0', '0'],
	[ACTION_LOGEMENT, HEADER, '0', '0', '0'],
	[ACTION_LOGEMENT, HEADER, '0', '0', '0'],
	[LOGEMENT_D_ABORD, HEADER, '30 septembre 2021', '2021-09-30', null],
	[LOGEMENT_D_ABORD, HEADER, '24 septembre 2021', '2021-09-24', null],
	[LOGEMENT_D_ABORD, HEADER, '86', '86', '0'],
	[LOGEMENT_D_ABORD, HEADER, '75', '75', '0'],
	[LOGEMENT_D_ABORD, HEADER, '86', '86', '0'],
	[LOGEMENT_D_ABORD, HEADER, '8', '8', '0'],
	[LOGEMENT_D_ABORD, REASONS, '494 000 €', '494000.00', '0.50'],
	[LOGEMENT_D_ABORD, DECISION, '494 000 €', '494000.00', '0.50'],
	[LOGEMENT_D_ABORD, HEADER, '83', '83', '0'],
	[LOGEMENT_D_ABORD, HEADER, '0', '0', '0'],
	[LOGEMENT_D_ABORD, HEADER, '0', '0', '0'],
	[LOGEMENT_D_ABORD, HEADER, '0', '0', '0']
];

test('every value of the two acts is cited, in the order of the text', async () => {
	const { rows } = await client.query(
		`select d.slug, c.section, c.quote,
			coalesce((c.amount_cents / 100.0)::numeric(20, 2)::text, trim_scale(c.number)::text, c.day::text) as value,
			coalesce((c.precision_cents / 100.0)::numeric(20, 2)::text, trim_scale(c.precision)::text) as precision
		from citations c join deliberations d on d.id = c.deliberation_id
		where c.kind <> 'words' order by d.slug, c.start_offset`
	);
	expect(rows.map((row) => Object.values(row))).toEqual(VALUES);
});

test('words are cited where the act promises in words', async () => {
	const { rows } = await client.query<{ slug: string; quote: string }>(
		`select d.slug, c.quote from citations c join deliberations d on d.id = c.deliberation_id
		where c.kind = 'words' order by d.slug, c.start_offset`
	);
	const quotesOf = (slug: string) =>
		rows.filter((row) => row.slug === slug).map(({ quote }) => quote);
	expect(quotesOf(ACTION_LOGEMENT)).toEqual(
		expect.arrayContaining([
			'2017-2019',
			'2020-2022',
			'Mail à Chenôve',
			"Fontaine d'Ouche à Dijon",
			'prévoit de maintenir ses concours financiers'
		])
	);
	expect(quotesOf(LOGEMENT_D_ABORD)).toEqual(
		expect.arrayContaining([
			"appel à manifestation d'intérêt",
			'cinq ans',
			"l'année 2022",
			'deux années',
			"faciliter l'accès au logement pour les personnes qui en sont privées",
			'rendre possible le maintien dans le logement'
		])
	);
});

test('parts are tied to the whole that the act prints', async () => {
	const { rows } = await client.query(
		`select w.quote as whole, array_agg(c.quote order by c.start_offset) as parts
		from citations c join citations w on w.id = c.whole_citation_id
		group by w.id, w.quote, w.start_offset order by w.start_offset`
	);
	expect(rows).toEqual([
		{ whole: '9 363', parts: ['268', '5 823', '1 575', '391', '1 306'] },
		{ whole: '15,2 M€', parts: ['4,2 M€', '8,6 M€', '2,2 M€', '236 000 €'] },
		{ whole: '2 027', parts: ['52%', '38%', '7%', '4%'] },
		{ whole: '30 M€', parts: ['15 M€', '15 M€'] }
	]);
});

test('each act is checked against itself: all is exact but what the council rounded', async () => {
	const db = createDatabase({ connection: database.login, poolSize: 1 });
	const actor = {
		id: financeId,
		name: 'F',
		role: 'finance' as const,
		organisationId: null,
		organisationName: null
	};
	const checksOf = async (slug: string) => {
		const page = await readDeliberationPage({ db, actor, at: new Date() }, slug);
		return {
			attendance: page?.attendanceChecks.map(({ result }) => result),
			sums: page?.sumChecks.map(({ name, result }) => [name.replace(/\s/gu, ' '), result])
		};
	};
	const attendance = ['passed', 'passed', 'passed', 'passed'];
	expect(await checksOf(ACTION_LOGEMENT)).toEqual({
		attendance,
		sums: [
			['Parties de « 9 363 »', 'passed'],
			['Parties de « 15,2 M€ »', 'within_rounding'],
			['Parts de « 2 027 »', 'within_rounding'],
			['Parties de « 30 M€ »', 'passed']
		]
	});
	expect(await checksOf(LOGEMENT_D_ABORD)).toEqual({ attendance, sums: [] });
	await db.close();
});

test('the envelopes are promised as the acts say, by circuit and strength, with the sentence', async () => {
	const { rows } = await client.query(
		`select p.slug, e.label, e.purpose, o.name as funder, e.circuit, e.strength, e.starts_on::text, e.ends_on::text,
			n.kind, n.amount_cents::text, n.effective_on::text, n.fiscal_year, c.quote, c.section, d.slug as act
		from envelopes e join programmes p on p.id = e.programme_id join organisations o on o.id = e.funder_id
			join entries n on n.envelope_id = e.id join citations c on c.id = n.citation_id
			join deliberations d on d.id = n.deliberation_id
		where e.citation_id = n.citation_id and not n.fictitious order by n.id`
	);
	const intention = { circuit: 'off_budget', strength: 'intention', kind: 'allocation' };
	const actionLogement = {
		...intention,
		slug: 'action-logement-2020-2022',
		funder: 'Action Logement Services',
		starts_on: '2020-01-01',
		ends_on: '2022-12-31',
		amount_cents: '1500000000',
		effective_on: '2020-12-17',
		fiscal_year: 2020,
		quote: '15 M€',
		section: REASONS,
		act: ACTION_LOGEMENT
	};
	const logementDAbord = {
		slug: 'logement-d-abord-2021-2022',
		label: 'Logement d’abord',
		purpose: 'la mise en œuvre opérationnelle de la présente convention',
		funder: 'État (DIHAL)',
		circuit: 'earmarked_revenue',
		strength: 'firm',
		starts_on: '2021-01-01',
		ends_on: '2022-12-31',
		kind: 'allocation',
		amount_cents: '49400000',
		effective_on: '2021-09-30',
		quote: '494 000 €',
		section: DECISION,
		act: LOGEMENT_D_ABORD
	};
	expect(rows).toEqual([
		{
			...actionLogement,
			label: 'Parcours résidentiel et professionnel des salariés',
			purpose: "l'accompagnement du parcours résidentiel et professionnel des salariés"
		},
		{
			...actionLogement,
			label: 'Nouveaux programmes à loyer modéré et intermédiaire',
			purpose: 'nouveaux programmes de logements à loyer modéré et intermédiaire'
		},
		{ ...logementDAbord, fiscal_year: 2021 },
		{ ...logementDAbord, fiscal_year: 2022 }
	]);
});

test('only the State’s money has a plan: the other act gives no split by year', async () => {
	const { rows } = await client.query(
		`select p.slug, i.due_on::text, i.amount_cents::text from instalments i
			join envelopes e on e.id = i.envelope_id join programmes p on p.id = e.programme_id order by i.due_on`
	);
	expect(rows).toEqual([
		{ slug: 'logement-d-abord-2021-2022', due_on: '2021-12-31', amount_cents: '49400000' },
		{ slug: 'logement-d-abord-2021-2022', due_on: '2022-12-31', amount_cents: '49400000' }
	]);
});

test('the horizon of five years and the two years that an act covers are both known', async () => {
	const { rows } = await client.query(
		`select p.slug, p.starts_on::text, p.ends_on::text, p.horizon_ends_on::text, c.quote
		from programmes p left join citations c on c.id = p.horizon_citation_id order by p.slug`
	);
	expect(rows.map((row) => Object.values(row))).toEqual([
		['action-logement-2020-2022', '2020-01-01', '2022-12-31', null, null],
		['logement-d-abord-2021-2022', '2021-01-01', '2022-12-31', '2025-12-31', 'cinq ans']
	]);
});

test('an amendment points to its root, which another act adopted', async () => {
	const { rows } = await client.query(
		`select a.title, a.rank, r.title as root, d.slug as act, c.quote, a.effective_on::text
		from agreements a left join agreements r on r.id = a.root_agreement_id
			left join deliberations d on d.id = a.deliberation_id left join citations c on c.id = a.citation_id
		order by a.effective_on`
	);
	expect(rows.map((row) => Object.values(row))).toEqual([
		['Convention-cadre', 0, null, null, '30 mars 2017', '2017-03-30'],
		[
			'Avenant 2020-2022',
			1,
			'Convention-cadre',
			ACTION_LOGEMENT,
			"l'avenant 2020-2022 à la convention-cadre territoriale établie avec Action Logement",
			'2020-12-17'
		],
		[
			'Convention Logement d’abord',
			0,
			null,
			LOGEMENT_D_ABORD,
			"la convention Logement d'abord annexée à la présente délibération",
			'2021-09-30'
		]
	]);
});

test('the reference of 2017-2019 is a baseline, by measure, and what is inside a headline says so', async () => {
	const { rows } = await client.query(
		`select i.label, m.label as measure, i.unit, i.included, b.product, c.quote,
			coalesce((b.amount_cents / 100)::text, trim_scale(b.number)::text) as value
		from observations b join indicators i on i.id = b.indicator_id
			left join measures m on m.id = i.measure_id join citations c on c.id = b.citation_id
		where b.kind = 'baseline' and (b.period_starts_on, b.period_ends_on) = ('2017-01-01', '2019-12-31')
		order by i.position, b.id`
	);
	expect(rows.map((row) => Object.values(row))).toEqual([
		['Aides et services aux ménages', null, 'aids', false, null, '9 363', '9363'],
		['Montant des aides et services', null, 'euros', false, null, '15,2 M€', '15200000'],
		['Accession et travaux : aides', 'Accession et travaux', 'aids', false, null, '268', '268'],
		[
			'Accession et travaux : montant',
			'Accession et travaux',
			'euros',
			false,
			null,
			'4,2 M€',
			'4200000'
		],
		[
			'Sécurisation locative : aides',
			'Sécurisation locative',
			'aids',
			false,
			null,
			'5 823',
			'5823'
		],
		[
			'Sécurisation locative : montant',
			'Sécurisation locative',
			'euros',
			false,
			null,
			'8,6 M€',
			'8600000'
		],
		['Mobilité : aides', 'Mobilité', 'aids', false, null, '1 575', '1575'],
		['Mobilité : montant', 'Mobilité', 'euros', false, null, '2,2 M€', '2200000'],
		['Salariés en difficulté : aides', 'Salariés en difficulté', 'aids', false, null, '391', '391'],
		[
			'Salariés en difficulté : montant',
			'Salariés en difficulté',
			'euros',
			false,
			null,
			'236 000 €',
			'236000'
		],
		['Garanties VISALE', 'Garanties VISALE', 'aids', true, null, '2 072', '2072'],
		['Ménages logés dans le parc conventionné', null, 'households', true, null, '1 306', '1306'],
		['Concours aux bailleurs sociaux', null, 'euros', false, null, '15,4 M€', '15400000'],
		['Logements des nouveaux programmes', null, 'dwellings', false, null, '2 027', '2027'],
		['Répartition des logements par produit', null, 'percent', false, 'PLUS', '52%', '52'],
		['Répartition des logements par produit', null, 'percent', false, 'PLAI', '38%', '38'],
		['Répartition des logements par produit', null, 'percent', false, 'PLS', '7%', '7'],
		['Répartition des logements par produit', null, 'percent', false, 'LI', '4%', '4']
	]);
});

test('measures are a small tree; a guarantee is not cash', async () => {
	const { rows } = await client.query(
		`select p.slug, m.label, parent.label as parent, m.instrument from measures m
			join envelopes e on e.id = m.envelope_id join programmes p on p.id = e.programme_id
			left join measures parent on parent.id = m.parent_id
		order by p.slug, e.position, m.position`
	);
	const access = 'Faciliter l’accès au logement';
	const keeping = 'Rendre possible le maintien dans le logement';
	expect(rows.map(({ label, parent, instrument }) => [label, parent, instrument])).toEqual([
		['Accession et travaux', null, null],
		['Sécurisation locative', null, null],
		['Garanties VISALE', 'Sécurisation locative', 'guarantee'],
		['Mobilité', null, null],
		['Salariés en difficulté', null, null],
		[access, null, null],
		['Mobilisation du parc public', access, null],
		['Plateforme logement pour le parc privé', access, null],
		['Mesures d’accompagnement renforcées', access, null],
		[keeping, null, null],
		['Aller vers, pour éviter l’expulsion', keeping, null],
		['Sécurisation des fragilités identifiées', keeping, null],
		['Place des publics, pratiques, évaluation', null, null]
	]);
});

test('six undertakings and two districts come from sentences; what nobody said stays unknown', async () => {
	const undertakings = await client.query(
		`select u.text = c.quote as quoted, u.status from undertakings u
			join citations c on c.id = u.citation_id order by u.position`
	);
	expect(undertakings.rows).toEqual(Array(6).fill({ quoted: true, status: null }));

	const districts = await client.query(
		`select t.name, m.name as commune, t.code, c.quote from programme_districts pd
			join districts t on t.id = pd.district_id join communes m on m.code = t.commune_code
			join citations c on c.id = pd.citation_id order by c.start_offset`
	);
	expect(districts.rows.map((row) => Object.values(row))).toEqual([
		['Le Mail', 'Chenôve', null, 'Mail à Chenôve'],
		['La Fontaine d’Ouche', 'Dijon', null, "Fontaine d'Ouche à Dijon"]
	]);
});

test('acts alone leave nothing fictitious behind, and no payment', async () => {
	const { rows } = await client.query(
		`select (select count(*)::int from entries where kind <> 'allocation' or fictitious) as entries,
			(select count(*)::int from observations where kind <> 'baseline' or fictitious) as observations,
			(select count(*)::int from organisations where fictitious) as organisations,
			(select count(*)::int from communes) as communes`
	);
	expect(rows).toEqual([{ entries: 0, observations: 0, organisations: 0, communes: 23 }]);
});
