import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeInboxCursor } from '#lib/domain/inbox-query.ts';
import { formatPeriod } from '#lib/domain/period.ts';
import type { Context } from '#lib/server/context.ts';
import { submitDeclaration } from '#lib/server/declarations/submit-declaration.ts';
import { withdrawDeclaration } from '#lib/server/declarations/withdraw-declaration.ts';
import { readDecisionNote } from '#lib/server/reports/decision-note.ts';
import { MOST_EXAMINED, readInbox, type Inbox } from '#lib/server/reports/inbox.ts';
import { plain } from '../../domain/words.ts';
import { openDesk, type DeclaredEnvelope, type Desk } from '../../support/declarations.ts';
import { inEuros, table } from '../../support/table.ts';

let desk: Desk;
let aids: DeclaredEnvelope;
let homes: DeclaredEnvelope;
const sent: Record<string, string> = {};

/** Two envelopes of one partner, declared each quarter of 2021 and 2022; the day is 30 June 2022. */
beforeAll(async () => {
	desk = await openDesk();
	aids = await desk.envelope({
		label: 'Aides',
		promised: '1 000,00',
		measures: ['Prêts'],
		startsOn: '2021-01-01'
	});
	homes = await desk.envelope({
		label: 'Logements',
		promised: '100,00',
		measures: ['Travaux'],
		startsOn: '2022-01-01'
	});
	for (const [name, startsOn, amount] of [
		['T1 2021', '2021-01-01', '10,00'],
		['T2 2021', '2021-04-01', '12,00']
	] as const) {
		sent[name] = await aids.send(startsOn, `Prêts: ${amount}`);
		await desk.accept(sent[name] ?? '');
	}
	sent['returned'] = await aids.send('2021-07-01', 'Prêts: 11,00');
	await desk.giveBack(sent['returned']);
	sent['withdrawn'] = await aids.send('2021-10-01', 'Prêts: 9,00');
	await withdrawDeclaration(desk.people.declarant, sent['withdrawn']);
	sent['large'] = await aids.send('2022-01-01', 'Prêts: 90,00');
	sent['over'] = await homes.send('2022-01-01', 'Travaux: 150,00 | motif: Avance');
	await aids.type('2022-04-01', 'Prêts: 1,00');
}, 60_000);
afterAll(() => desk.close());

describe('the inbox of finance', () => {
	it('shows what waits, what is gravest first, with what is unusual', async () => {
		const inbox = await read('');
		expect(rowsOf(inbox)).toBe(
			table(`
			envelope  | period              | state     | amount | files | unusual
			Logements | 1er trimestre 2022  | submitted | 150,00 | 0     | Dépasse le reste de l’enveloppe : 150 € déclarés pour 100 € restants, soit 50 € de trop. Motif donné : « Avance ».
			Aides     | 1er trimestre 2022  | submitted |  90,00 | 0     | Prêts : 90 €, plus du double de l’habituel (11 €, médiane de 2 périodes validées).`)
		);
		expect([inbox.count, inbox.amountCents, inbox.next]).toEqual([2, 24_000n, null]);
		expect(inbox.rows.map(({ findings }) => findings.length)).toEqual([3, 3]);
		expect(inbox.rows.map(({ sentOn }) => sentOn)).toEqual(['2022-06-30', '2022-06-30']);
	});

	it('shows them the oldest first where that is asked', async () => {
		expect((await read('tri=envoi')).rows.map(({ envelope }) => envelope)).toEqual([
			'Aides',
			'Logements'
		]);
	});

	it.each([
		['etat=renvoyees', ['3e trimestre 2021 returned 11,00']],
		['etat=retirees', ['4e trimestre 2021 draft 9,00']],
		[
			'etat=validees&tri=periode&sens=decroissant',
			['2e trimestre 2021 accepted 12,00', '1er trimestre 2021 accepted 10,00']
		],
		['etat=rouvertes', []],
		[
			'tri=montant&sens=decroissant',
			['1er trimestre 2022 submitted 150,00', '1er trimestre 2022 submitted 90,00']
		],
		[
			'periode=2022-01-01_2022-03-31&tri=montant',
			['1er trimestre 2022 submitted 90,00', '1er trimestre 2022 submitted 150,00']
		]
	])('narrows and turns as its address says: %s', async (search, rows) => {
		const inbox = await read(search);
		expect(shortRows(inbox)).toEqual(rows);
		expect([inbox.count, inbox.notes]).toEqual([rows.length, []]);
	});

	it('narrows to an organisation and an envelope, and says so in words', async () => {
		const inbox = await read(`etat=toutes&enveloppe=${homes.id}&organisme=${desk.partnerId}`);
		expect(shortRows(inbox)).toEqual(['1er trimestre 2022 submitted 150,00']);
		expect(inbox.filter.map(plain)).toEqual([
			'organisme : Action Logement',
			'enveloppe : Logements'
		]);
	});

	it('shows no draft that was never sent', async () => {
		const inbox = await read('etat=toutes');
		expect(inbox.count).toBe(6);
		expect(inbox.rows.some(({ periodStartsOn }) => periodStartsOn === '2022-04-01')).toBe(false);
	});

	it('falls back and says so where the address cannot be followed', async () => {
		const other = randomUUID();
		const inbox = await read(
			`etat=perdues&organisme=${other}&enveloppe=${other}&periode=1999-01-01_1999-03-31&tri=couleur&sens=haut&apres=zzz`
		);
		expect(inbox.count).toBe(2);
		expect(inbox.notes.map(plain)).toEqual([
			'Dans l’adresse, le choix « etat » n’a pas été compris et n’est pas appliqué.',
			'Dans l’adresse, le choix « tri » n’a pas été compris et n’est pas appliqué.',
			'Dans l’adresse, le choix « sens » n’a pas été compris et n’est pas appliqué.',
			'Dans l’adresse, le choix « apres » n’a pas été compris et n’est pas appliqué.',
			'L’organisme demandé n’a transmis aucune déclaration : ce choix n’est pas appliqué.',
			'Sur l’enveloppe demandée, rien n’est déclaré : ce choix n’est pas appliqué.',
			'Pour la période demandée, rien n’est déclaré : ce choix n’est pas appliqué.'
		]);
	});

	it('asks as many questions for one declaration as for many', async () => {
		const one = await countStatements((context) =>
			readInbox(context, new URLSearchParams(`enveloppe=${homes.id}`))
		);
		const many = await countStatements((context) =>
			readInbox(context, new URLSearchParams('etat=toutes'))
		);
		expect(one).toBeGreaterThan(5);
		expect(many).toBe(one);
	});
});

describe('who is late', () => {
	it('is whoever was due by now and sent nothing, or has to correct; the longest first', async () => {
		const { late, nextDue } = await read('');
		expect(
			late.map(({ period, dueOn, daysLate, declaration }) =>
				[formatPeriod(period), dueOn, daysLate, declaration?.state ?? 'nothing'].join(' ')
			)
		).toEqual([
			'3e trimestre 2021 2021-11-14 228 returned',
			'4e trimestre 2021 2022-02-14 136 draft'
		]);
		expect(nextDue).toMatchObject({ envelope: 'Aides', dueOn: '2022-08-14' });
	});

	it('is told with what waits in one line', async () => {
		expect((await readDecisionNote(desk.people.officer)).declarations).toBe(
			'2 déclarations attendent votre décision, 2 sont en retard'
		);
	});
});

it.each([
	'',
	'tri=envoi',
	'tri=montant',
	'tri=periode',
	'sens=decroissant',
	'tri=montant&sens=decroissant'
])(
	'turns its pages without losing or repeating a declaration: %s',
	async (search) => {
		const long = await manyDeclarations();
		const whole = new URLSearchParams(search);
		whole.set('enveloppe', long.id);
		const ids: string[] = [];
		for (let page: Inbox | null = await read(whole.toString()); page;) {
			expect(page.count).toBe(30);
			ids.push(...page.rows.map(({ id }) => id));
			if (!page.next) break;
			whole.set('apres', encodeInboxCursor(page.next));
			page = await read(whole.toString());
		}
		expect(ids).toHaveLength(30);
		expect(new Set(ids).size).toBe(30);
	},
	60_000
);

it('puts what is unusual on top of all that waits, not of one page, each as old as it is', async () => {
	const long = await manyDeclarations();
	const ids = (
		await desk.owner.query<{ id: string }>(
			'select id from declarations where envelope_id = $1 order by submitted_at, id',
			[long.id]
		)
	).rows.map(({ id }) => id);
	const [latest = '', before = ''] = ids.toReversed();
	// Two of the latest ask for more than is left; all the others have no evidence, and warn of it.
	for (const id of [before, latest]) {
		await withdrawDeclaration(desk.people.declarant, id);
		await long.write(id, 'Petites aides: 200 000,00 | motif: Avance');
		await submitDeclaration(desk.people.declarant, randomUUID(), id);
	}
	const page = await read(`enveloppe=${long.id}`);
	expect(page.rows.slice(0, 4).map(({ id }) => id)).toEqual([before, latest, ids[0], ids[1]]);
	expect(page.rows.slice(0, 4).map(({ findings }) => findings[0]?.severity)).toEqual([
		'alert',
		'alert',
		'warning',
		'warning'
	]);
}, 60_000);

it('says so where more wait than are judged at once, and shows the oldest first', async () => {
	const crowd = await desk.envelope({
		label: 'Nombreuse',
		promised: '100 000,00',
		measures: ['Aides nombreuses'],
		frequency: 'month',
		startsOn: '2010-01-01'
	});
	for (let month = 0; month <= MOST_EXAMINED; month += 1) {
		const startsOn = `${2010 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
		await crowd.send(startsOn, 'Aides nombreuses: 1,00');
	}
	const page = await read(`enveloppe=${crowd.id}`);
	expect(page.notes.map(plain)).toEqual([
		'Plus de 100 déclarations attendent : elles sont rangées de la plus ancienne à la plus récente, sans que ce qui est à examiner passe devant.'
	]);
	expect([page.query.sort, page.rows[0]?.periodStartsOn, page.next?.sort]).toEqual([
		'envoi',
		'2010-01-01',
		'envoi'
	]);
	const asked = `enveloppe=${crowd.id}&tri=envoi&apres=${page.next && encodeInboxCursor(page.next)}`;
	expect((await read(asked)).rows[0]?.periodStartsOn).toBe('2012-02-01');
}, 120_000);

let long: Promise<DeclaredEnvelope> | null = null;

/** Thirty months, of five amounts. */
function manyDeclarations(): Promise<DeclaredEnvelope> {
	long ??= (async () => {
		const envelope = await desk.envelope({
			label: 'Mensuelle',
			promised: '100 000,00',
			measures: ['Petites aides'],
			frequency: 'month'
		});
		for (let month = 0; month < 30; month += 1) {
			const startsOn = `${2020 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
			const id = await envelope.type(startsOn, `Petites aides: ${10 + (month % 5)},00`);
			await submitDeclaration(desk.people.declarant, randomUUID(), id);
		}
		return envelope;
	})();
	return long;
}

const read = (search: string): Promise<Inbox> =>
	readInbox(desk.people.officer, new URLSearchParams(search));

const amountOf = (cents: bigint | null): string => (cents === null ? '' : inEuros(cents));

function rowsOf({ rows }: Inbox): string {
	const lines = rows.map((row) =>
		[
			row.envelope,
			formatPeriod({ startsOn: row.periodStartsOn, endsOn: row.periodEndsOn }),
			row.state,
			amountOf(row.amountCents),
			row.fileCount,
			plain(row.findings[0]?.sentence ?? '')
		].join(' | ')
	);
	return table(['envelope | period | state | amount | files | unusual', ...lines].join('\n'));
}

const shortRows = ({ rows }: Inbox): string[] =>
	rows.map((row) =>
		[
			formatPeriod({ startsOn: row.periodStartsOn, endsOn: row.periodEndsOn }),
			row.state,
			amountOf(row.amountCents)
		].join(' ')
	);

/** How many statements a page sends to the database. */
async function countStatements(run: (context: Context) => Promise<unknown>): Promise<number> {
	let count = 0;
	const { officer } = desk.people;
	const db = new Proxy(officer.db, {
		get: (target, name) =>
			name === 'connect'
				? async () => {
						const client = await target.connect();
						return new Proxy(client, {
							get: (inner, key) => {
								const value: unknown = Reflect.get(inner, key, inner);
								if (key === 'query') count += 1;
								return typeof value === 'function' ? value.bind(inner) : value;
							}
						});
					}
				: Reflect.get(target, name, target)
	});
	await run({ ...officer, db });
	return count;
}
