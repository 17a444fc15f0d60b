import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PlannedEnvelope, PlannedProgramme, SumGiven } from '#lib/domain/act/plan/plan.ts';
import { day, type Day } from '#lib/domain/day.ts';
import type { Actor } from '#lib/domain/role.ts';
import { answerProgramme } from '#lib/server/api/read-programmes.ts';
import type { Database } from '#lib/server/db/client.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { listEnvelopes } from '#lib/server/envelopes/queries.ts';
import { recordEntries } from '#lib/server/ledger/record-entries.ts';
import { cents } from '#lib/domain/money.ts';
import { enterReading } from '#lib/server/readings/enter-reading.ts';
import { listMovedDays } from '#lib/server/programmes/list-moved-days.ts';
import { readProgramme } from '#lib/server/reports/programme.ts';
import { readReview } from '#lib/server/reports/reading-review.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { addPerson, ask, openAsApplication } from '../../support/people.ts';
import {
	AGREEMENT,
	AMENDMENT_CHOICES,
	AMENDMENT_TEXT,
	BODY,
	HEAD,
	PLAN,
	plantAct,
	TEXT
} from '../../support/small-act.ts';

/** Each test begins with the act and 600 000 € promised for 2024 and 2025. */
let test: TestDatabase;
let db: Database;
let superuser: pg.Client;
let finance: Actor;
let programmeId: string;
let envelopeId: string;
let agreementId: string;

beforeAll(async () => {
	test = await testDatabase();
	superuser = new pg.Client(test.superuser);
	await superuser.connect();
	await superuser.query("insert into communes (code, name) values ('21999', 'Valbelle')");
	const id = await addPerson(test, 'finances@demo.example');
	finance = { id, name: 'F', role: 'finance', organisationId: null, organisationName: null };
	db = openAsApplication(test);
});
afterAll(async () => {
	await db.close();
	await superuser.end();
	await test.drop();
});

beforeEach(async () => {
	await superuser.query("set session_replication_role = 'replica'");
	await superuser.query(
		`do $$ declare t record; begin
			for t in select relname from pg_class where relnamespace = current_schema()::regnamespace
				and relkind = 'r' and relname not in ('users', 'settings', 'communes', 'content_revision', 'mail_progress')
			loop execute format('delete from %I', t.relname); end loop;
		end $$`
	);
	await superuser.query("set session_replication_role = 'origin'");
	const reading = await plantAct(test, TEXT, [...HEAD, ...BODY], PLAN);
	await enter(reading.id);
	const [ids] = await ask<Record<string, string>>(
		test,
		`select e.id as envelope, e.programme_id as programme, e.agreement_id as agreement from envelopes e`
	);
	[envelopeId, programmeId, agreementId] = [
		ids?.['envelope'] ?? '',
		ids?.['programme'] ?? '',
		ids?.['agreement'] ?? ''
	];
});

describe('an amendment', () => {
	it.each<[SumGiven, string, [number, string][], string]>([
		['sum', '750 000 €', [[2025, '15000000']], '75000000'],
		['sum_of_year', '200 000 €', [[2025, '-10000000']], '50000000'],
		['increase', '90 000 €', [[2025, '9000000']], '69000000'],
		['decrease', '200 000 €', [[2025, '-20000000']], '40000000']
	])(
		'that gives %s %s posts the difference with its sign',
		async (gives, passage, posted, promised) => {
			await enterAmendment({ ...change(gives), passage });
			const rows = await ask<{ year: number; cents: string; on: string }>(
				test,
				`select fiscal_year as year, amount_cents::text as cents, effective_on::text as on
			from entries where effective_on > '2024-12-31' order by id`
			);
			expect(rows).toEqual(posted.map(([year, sum]) => ({ year, cents: sum, on: '2025-02-04' })));
			expect(await ask(test, 'select promised_cents::text from envelope_balances')).toEqual([
				{ promised_cents: promised }
			]);
		}
	);

	it('points to the root and takes the next rank, also the second of them', async () => {
		await enterAmendment(change('increase'));
		await enterAmendment({ ...change('increase'), key: 'again' }, {}, `${AMENDMENT_TEXT}\nEncore.`);
		const rows = await ask(
			test,
			`select rank, root_agreement_id = $1 as of_root from agreements order by rank`,
			[agreementId]
		);
		expect(rows).toEqual([
			{ rank: 0, of_root: null },
			{ rank: 1, of_root: true },
			{ rank: 2, of_root: true }
		]);
	});

	it('moves last days later, and what comes of it is numbered after what was there', async () => {
		await enterAmendment(
			{
				...change('increase'),
				of: { kind: 'existing', envelopeId, endsOn: day('2026-12-31'), gives: 'increase' },
				measures: [{ key: 'new', label: 'Toitures', passage: null, instrument: null, children: [] }]
			},
			{ of: { kind: 'existing', programmeId, endsOn: day('2026-12-31') } }
		);
		expect(
			await ask(
				test,
				`select p.ends_on::text as programme, e.ends_on::text as envelope, m.position, m.label
				from programmes p join envelopes e on e.programme_id = p.id
					join measures m on m.envelope_id = e.id order by m.position`
			)
		).toEqual([
			{ programme: '2026-12-31', envelope: '2026-12-31', position: 1, label: 'Parties communes' },
			{ programme: '2026-12-31', envelope: '2026-12-31', position: 2, label: 'Toitures' }
		]);
	});

	describe('that moves last days leaves what was seen from before it as it was', () => {
		const BEFORE_ACT = day('2025-02-03');
		const ON_ACT = day('2025-02-04');
		const past = (days: number) => new Date(Date.now() + days * 86_400_000);
		const OLD = { ends: '2025-12-31', horizon: '2027-12-31', quote: '12 mars 2024' };
		const NEW = { ends: '2026-12-31', horizon: '2027-12-31', quote: '12 mars 2024' };

		beforeEach(async () => {
			await superuser.query("set session_replication_role = 'replica'");
			await superuser.query(
				`update programmes set horizon_ends_on = '2027-12-31',
					horizon_citation_id = (select id from citations where quote = '12 mars 2024')`
			);
			await superuser.query("set session_replication_role = 'origin'");
			await moveTo('2026-12-31', AMENDMENT_TEXT);
		});

		it.each([
			['all that is known, before the sitting', BEFORE_ACT, null, OLD],
			['all that is known, on the day of the sitting', ON_ACT, null, NEW],
			['what was known before it was entered, before the sitting', BEFORE_ACT, -1, OLD],
			['what was known before it was entered, after the sitting', ON_ACT, -1, OLD],
			['what was known once it was entered, before the sitting', BEFORE_ACT, 1, OLD],
			['what was known once it was entered, after the sitting', ON_ACT, 1, NEW]
		])('%s', async (_, asOf, known, seen) => {
			expect(await seenFrom(asOf, known === null ? null : past(known))).toEqual(seen);
		});

		it('and so does one that reaches the horizon, which was hoped for until then', async () => {
			await moveTo('2027-12-31', `${AMENDMENT_TEXT}\nEncore.`);
			expect(await seenFrom(ON_ACT, null)).toEqual({
				ends: '2027-12-31',
				horizon: null,
				quote: null
			});
			expect(await seenFrom(BEFORE_ACT, null)).toEqual(OLD);
		});

		it('and one that was voted before, and entered after, is seen from its own sitting', async () => {
			const earlier = AMENDMENT_TEXT.replace('4 février 2025', '4 février 2024');
			await moveTo('2027-06-30', earlier);
			expect(await seenFrom(day('2024-02-03'), null)).toEqual(OLD);
			expect(await seenFrom(BEFORE_ACT, null)).toEqual({ ...OLD, ends: '2027-06-30' });
			expect(await seenFrom(ON_ACT, null)).toEqual({ ...OLD, ends: '2027-06-30' });
		});

		it('and the page and the data of the programme say it alike', async () => {
			const context = { db, actor: finance, at: AT };
			for (const [au, ends] of [
				['2025-02-03', '2025-12-31'],
				['2025-02-04', '2026-12-31']
			] as const) {
				const asked = new URLSearchParams({ au });
				const page = await readProgramme(context, 'renovation', asked);
				const { body } = await answerProgramme(context, asked, 'renovation');
				expect(page.programme.endsOn, au).toBe(ends);
				expect(page.endsOn, au).toBe(ends);
				expect(body, au).toMatchObject({ ends_on: ends, horizon_ends_on: '2027-12-31' });
				expect(
					body.envelopes.map((envelope) => envelope.ends_on),
					au
				).toEqual([ends]);
			}
		});

		const moveTo = (endsOn: string, text: string) =>
			enterAmendment(
				{
					...change('increase'),
					of: { kind: 'existing', envelopeId, endsOn: day(endsOn), gives: 'increase' }
				},
				{ of: { kind: 'existing', programmeId, endsOn: day(endsOn) } },
				text
			);

		/** The days of the programme and of its envelope, which are the same. */
		const seenFrom = (asOf: Day, knownAt: Date | null) =>
			inTransaction({ db, actor: finance }, async (tx) => {
				const [[envelope], moved] = await Promise.all([
					listEnvelopes(tx, { asOf, knownAt }),
					listMovedDays(tx, { asOf, knownAt }, [programmeId])
				]);
				const days = moved.get(programmeId);
				expect(days?.endsOn).toBe(envelope?.endsOn);
				expect(days?.horizonEndsOn).toBe(envelope?.horizonEndsOn);
				return { ends: days?.endsOn, horizon: days?.horizonEndsOn, quote: days?.horizonQuote };
			});
	});

	it('opens another envelope after those that are there', async () => {
		await enterAmendment({
			...change('increase'),
			of: {
				kind: 'new',
				label: 'Toitures',
				purpose: 'amendment',
				funder: { organisationId: await funderId() },
				partner: null,
				circuit: 'own_expenditure',
				strength: 'firm',
				instrument: 'loan',
				startsOn: day('2025-02-04'),
				endsOn: day('2025-12-31')
			},
			agreement: { agreementId }
		});
		expect(
			await ask(test, 'select position, label, instrument from envelopes order by position')
		).toEqual([
			{ position: 1, label: 'Rénovation des copropriétés', instrument: null },
			{ position: 2, label: 'Toitures', instrument: 'loan' }
		]);
	});

	it('entered at the same moment as another takes its turn', async () => {
		const readings = await Promise.all([
			plantAmendment(change('increase')),
			plantAmendment(change('increase'), {}, `${AMENDMENT_TEXT}\nEncore.`)
		]);
		await Promise.all(readings.map(({ id }) => enter(id)));
		expect(await ask(test, 'select rank from agreements order by rank')).toEqual([
			{ rank: 0 },
			{ rank: 1 },
			{ rank: 2 }
		]);
		expect(await ask(test, 'select promised_cents::text as cents from envelope_balances')).toEqual([
			{ cents: '78000000' }
		]);
	});

	it('shows before, after and the difference, and what becomes of the plan of payments', async () => {
		const reading = await plantAmendment({
			...change('sum'),
			passage: '750 000 €',
			instalments: [{ dueOn: day('2026-06-30'), passage: '200 000 €' }]
		});
		const review = await readReview({ db, actor: finance, at: AT }, reading.id);
		expect(review?.difference.envelopes).toEqual([
			{
				key: 'grant',
				label: 'Rénovation des copropriétés',
				isNew: false,
				promised: { beforeCents: 60000000n, afterCents: 75000000n, deltaCents: 15000000n },
				years: [
					{ fiscalYear: 2025, beforeCents: 30000000n, afterCents: 45000000n, deltaCents: 15000000n }
				],
				endsOn: null,
				instalments: [
					{
						dueOn: '2025-12-31',
						beforeCents: 30000000n,
						afterCents: null,
						deltaCents: -30000000n
					},
					{ dueOn: '2026-06-30', beforeCents: null, afterCents: 20000000n, deltaCents: 20000000n }
				]
			}
		]);
		expect(review?.groups.flatMap(({ sentences }) => sentences).join('\n')).toContain(
			'augmentera de 150 000 €'.replaceAll(/(?<=\d) (?=\d)/g, '\u202f').replace(' €', '\u00a0€')
		);
	});

	it('of the day of its root replaces the plan of payments from that day on', async () => {
		const reading = await plantAmendment(
			{
				...change('increase'),
				instalments: [{ dueOn: day('2025-12-31'), passage: '750 000 €' }]
			},
			{ agreements: [{ ...amending(), effectiveOn: day('2024-03-12') }] }
		);
		const review = await readReview({ db, actor: finance, at: AT }, reading.id);
		expect(review?.difference.envelopes[0]?.instalments).toEqual([
			{
				dueOn: '2024-12-31',
				beforeCents: 30000000n,
				afterCents: null,
				deltaCents: -30000000n
			},
			{ dueOn: '2025-12-31', beforeCents: 30000000n, afterCents: 75000000n, deltaCents: 45000000n }
		]);
	});

	it('of which one more entry came between is posted as the difference to what is so then', async () => {
		const reading = await plantAmendment({ ...change('sum'), passage: '750 000 €' });
		await Promise.all([
			enter(reading.id),
			recordEntries({ db, actor: finance, at: AT }, randomUUID(), [
				{
					envelopeId,
					kind: 'disbursement',
					amountCents: cents(100n),
					effectiveOn: day('2025-01-15'),
					label: 'Versement'
				}
			])
		]);
		expect(
			await ask(test, 'select promised_cents::text, disbursed_cents::text from envelope_balances')
		).toEqual([{ promised_cents: '75000000', disbursed_cents: '100' }]);
	});
});

describe('an amendment is refused', () => {
	it('below what is disbursed', async () => {
		await pay('55000000');
		await expect(enterAmendment(change('decrease', '200 000 €'))).rejects.toThrow(
			/serait ramenée à 400.000.€, moins que les 550.000.€ déjà versés/
		);
		expect(await ask(test, 'select from deliberations')).toHaveLength(1);
	});

	it('that takes away more than there is', async () => {
		await expect(enterAmendment(change('decrease', '650 000 €'))).rejects.toThrow('serait ramenée');
	});

	it('in a closed year, which names the open one', async () => {
		await superuser.query('insert into fiscal_years values (2025, now(), $1)', [finance.id]);
		await expect(enterAmendment(change('increase'))).rejects.toThrow(
			/l’exercice 2025 est clos\. Inscrivez la dotation à l’exercice 2026/
		);
		const late = { ...change('increase'), allocations: [{ ...ALLOCATION, fiscalYear: 2026 }] };
		await enterAmendment(late);
		expect(
			await ask(
				test,
				'select fiscal_year, effective_on::text from entries order by id desc limit 1'
			)
		).toEqual([{ fiscal_year: 2026, effective_on: '2025-02-04' }]);
	});

	it('that amends an amendment', async () => {
		await enterAmendment(change('increase'));
		const [amendment] = await ask<{ id: string }>(test, 'select id from agreements where rank = 1');
		await expect(
			enterAmendment(
				{ ...change('increase') },
				{ agreements: [{ ...amending(), amends: { agreementId: amendment?.id ?? '' } }] },
				`${AMENDMENT_TEXT}\nEncore.`
			)
		).rejects.toThrow('modifie un avenant');
	});

	it('that begins a programme of its own and amends the root of another', async () => {
		const days = { startsOn: day('2025-01-01'), endsOn: day('2026-12-31') };
		await expect(
			enterAmendment(
				{
					...change('increase'),
					of: {
						kind: 'new',
						label: 'Toitures',
						purpose: 'amendment',
						funder: { organisationId: await funderId() },
						partner: null,
						circuit: 'own_expenditure',
						strength: 'firm',
						instrument: null,
						...days
					}
				},
				{ of: { kind: 'new', slug: 'toitures', name: 'Toitures', summary: null, ...days } }
			)
		).rejects.toThrow('modifie une convention d’un autre programme');
	});

	it('that gives a new sum where a later act has changed it since', async () => {
		await enterAmendment(change('increase'));
		const earlier = AMENDMENT_TEXT.replace('4 février 2025', '4 février 2024');
		await expect(
			enterAmendment({ ...change('sum'), passage: '750 000 €' }, {}, earlier)
		).rejects.toThrow(/a été changée depuis par un acte du 4.février 2025/);
	});

	it('that ends a programme or an envelope sooner', async () => {
		const sooner = day('2025-06-30');
		await expect(
			enterAmendment(change('increase'), {
				of: { kind: 'existing', programmeId, endsOn: sooner }
			})
		).rejects.toThrow('un acte peut la repousser, pas l’avancer');
		await expect(
			enterAmendment({
				...change('increase'),
				of: { kind: 'existing', envelopeId, endsOn: sooner, gives: 'increase' }
			})
		).rejects.toThrow('un acte peut repousser cette fin, pas l’avancer');
	});

	it('that leaves a year below zero, or gives a year two new sums', async () => {
		const rows = (...given: [number, string | null][]) =>
			given.map(([fiscalYear, passage]) => ({ ...ALLOCATION, fiscalYear, passage }));
		await expect(
			enterAmendment({
				...change('decrease', '200 000 €'),
				allocations: rows([2099, null])
			})
		).rejects.toThrow(/il resterait .+200.000.€ à l’exercice 2099/);
		await expect(
			enterAmendment({
				...change('sum_of_year', '200 000 €'),
				allocations: rows([2025, null], [2025, '90 000 €'])
			})
		).rejects.toThrow('reçoit deux nouvelles sommes pour l’exercice 2025');
		expect(await ask(test, 'select from deliberations')).toHaveLength(1);
	});

	it('of a sitting that did not take place yet', async () => {
		const reading = await plantAmendment(change('increase'));
		const before = new Date('2025-02-03T22:00:00Z');
		await expect(
			enterReading({ db, actor: finance, at: before }, reading.id, {
				key: randomUUID(),
				revision: 0
			})
		).rejects.toThrow(/n’a pas encore eu lieu/);
	});

	it('whose payments would come before it binds', async () => {
		await expect(
			enterAmendment({
				...change('increase'),
				instalments: [{ dueOn: day('2025-01-31'), passage: '200 000 €' }]
			})
		).rejects.toThrow('précède le jour où l’avenant s’applique');
	});

	it('of an envelope of another programme', async () => {
		await expect(
			enterAmendment({
				...change('increase'),
				of: { kind: 'existing', envelopeId: randomUUID(), endsOn: null, gives: 'increase' }
			})
		).rejects.toThrow('n’est pas dans ce programme');
	});
});

const AT = new Date('2025-03-01T09:00:00Z');
const ALLOCATION = { fiscalYear: 2025, label: 'Avenant', passage: null };

const change = (gives: SumGiven, passage = '90 000 €'): PlannedEnvelope => ({
	key: 'grant',
	of: { kind: 'existing', envelopeId, endsOn: null, gives },
	agreement: { planned: 'amendment' },
	passage,
	allocations: [ALLOCATION],
	instalments: [],
	measures: []
});

const amending = () => ({
	...AGREEMENT,
	key: 'amendment',
	title: 'Avenant n° 1',
	passage: 'amendment',
	amends: { agreementId },
	effectiveOn: day('2025-02-04'),
	startsOn: null,
	endsOn: null
});

const plantAmendment = (
	envelope: PlannedEnvelope,
	programme: Partial<PlannedProgramme> = {},
	text = AMENDMENT_TEXT
) =>
	plantAct(
		test,
		text,
		AMENDMENT_CHOICES.map((choice) =>
			choice.role === 'sitting' && !text.includes(choice.quote)
				? { ...choice, quote: '4 février 2024' }
				: choice
		),
		{
			newParties: [],
			programme: {
				of: { kind: 'existing', programmeId, endsOn: null },
				horizon: null,
				visible: true,
				agreements: [amending()],
				envelopes: [envelope],
				indicators: [],
				undertakings: [],
				districts: [],
				...programme
			}
		}
	);

async function enterAmendment(...given: Parameters<typeof plantAmendment>): Promise<void> {
	const reading = await plantAmendment(...given);
	await enter(reading.id);
}

async function funderId(): Promise<string> {
	const [row] = await ask<{ id: string }>(
		test,
		"select id from organisations where name = 'Habiter'"
	);
	return row?.id ?? '';
}

const enter = (id: string) =>
	enterReading({ db, actor: finance, at: AT }, id, { key: randomUUID(), revision: 0 });

async function pay(amount: string): Promise<void> {
	await recordEntries({ db, actor: finance, at: AT }, randomUUID(), [
		{
			envelopeId,
			kind: 'disbursement',
			amountCents: cents(amount),
			effectiveOn: day('2025-01-15'),
			label: 'Versement'
		}
	]);
}
