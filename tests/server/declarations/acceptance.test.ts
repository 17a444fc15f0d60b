import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptDeclaration } from '#lib/server/declarations/accept-declaration.ts';
import {
	openDesk,
	type DeclaredEnvelope,
	type Desk,
	type EnvelopeFacts
} from '../../support/declarations.ts';
import { table } from '../../support/table.ts';

let desk: Desk;
beforeAll(async () => {
	desk = await openDesk();
	await desk.owner.query(
		"insert into communes (code, name) values ('21231', 'Dijon'), ('21166', 'Chenôve')"
	);
});
afterAll(() => desk.close());

let count = 0;
const openAids = (facts: Partial<EnvelopeFacts> = {}): Promise<DeclaredEnvelope> => {
	count += 1;
	return desk.envelope({
		label: `Aides ${count}`,
		promised: '1 000,00',
		measures: [`Prêts ${count}`, `Dons ${count}`],
		counted: { [`Prêts ${count}`]: 'Prêts accordés' },
		...facts
	});
};

describe('a declaration that is accepted', () => {
	it('stands in the ledger line by line, on the last day of its period, and its counts in the observations', async () => {
		const aids = await openAids();
		const id = await aids.send(
			'2022-01-01',
			`Prêts ${count}: 100,00 | Prêts ${count} nombre: 7 | Dons ${count}: 25,50`
		);
		const { entryIds, movedTo } = await desk.accept(id);
		expect(entryIds).toHaveLength(2);
		expect(movedTo).toBeNull();
		expect(await aids.ledger.journal()).toBe(
			table(`
				n | day        | envelope       | measure        | kind         | amount   | year | reverses | reason
				1 | 2020-12-17 | Aides ${count} | —              | allocation   | 1 000,00 | 2020 |          |
				2 | 2022-03-31 | Aides ${count} | Prêts ${count} | disbursement | 100,00   | 2022 |          |
				3 | 2022-03-31 | Aides ${count} | Dons ${count}  | disbursement | 25,50    | 2022 |          |
			`)
		);
		expect(await labelsOf(id)).toEqual([
			`${await nameOf(id)}, 1er trimestre 2022\u00a0: Prêts ${count}`,
			`${await nameOf(id)}, 1er trimestre 2022\u00a0: Dons ${count}`
		]);
		expect(await valuesOf(id)).toEqual(['2022-01-01 2022-03-31 7']);
		expect(await traceOf(id)).toEqual([
			{ event: 'accept', entries: 2, audited: entryIds.map(String) }
		]);
	});

	it('posts nothing where there was nothing to declare, and is accepted all the same', async () => {
		const aids = await openAids();
		const id = await aids.send('2022-01-01', 'rien: oui');
		const key = randomUUID();
		expect(await acceptDeclaration(desk.people.officer, key, id)).toEqual({
			entryIds: [],
			movedTo: null
		});
		expect(await acceptDeclaration(desk.people.officer, key, id)).toEqual({
			entryIds: [],
			movedTo: null
		});
		expect(await desk.stateOf(id)).toBe('accepted');
		expect(await aids.ledger.balances()).toContain('0,00 | 1');
	});

	it('is a receipt where the money comes in to the métropole, and never spending', async () => {
		const subsidy = await openAids({ circuit: 'earmarked_revenue', counted: {} });
		const id = await subsidy.send('2022-01-01', 'tout: 250,00');
		await desk.accept(id);
		expect(await subsidy.ledger.balances()).toContain('1 000,00 | 0,00 | 250,00 | 0,00 | 2');
	});

	it('that corrects an earlier period is posted on the last day of that period', async () => {
		const aids = await openAids();
		await desk.accept(await aids.send('2021-10-01', `Prêts ${count}: 100,00`));
		const id = await aids.send(
			'2022-01-01',
			`Prêts ${count}: -40,00 | Prêts ${count} corrige: 2021-10-01 | Prêts ${count} nombre: -2`
		);
		await desk.accept(id);
		expect(await aids.ledger.months()).toContain('2021-12 | ');
		expect(await labelsOf(id)).toEqual([
			`${await nameOf(id)}, 1er trimestre 2022, correction (4e trimestre 2021)\u00a0: Prêts ${count}`
		]);
		expect(await valuesOf(id)).toEqual(['2021-10-01 2021-12-31 -2']);
	});

	it('is booked in the first open year where its own is closed, with its true day, and says so', async () => {
		const aids = await openAids();
		const id = await aids.send('2021-01-01', `Prêts ${count}: 10,00`);
		await desk.owner.query(
			'insert into fiscal_years (year, closed_at, closed_by) values (2021, now(), $1)',
			[desk.finance.actor.id]
		);
		try {
			const key = randomUUID();
			const { movedTo } = await acceptDeclaration(desk.people.officer, key, id);
			expect(movedTo).toBe(2022);
			expect((await acceptDeclaration(desk.people.officer, key, id)).movedTo).toBe(2022);
		} finally {
			await desk.owner.query('delete from fiscal_years');
		}
		expect(await aids.ledger.journal()).toContain('2021-03-31 | ');
		expect(await aids.ledger.journal()).toContain('10,00 | 2022');
		const { rows } = await desk.owner.query(
			`select details->>'movedTo' as year from declaration_events where declaration_id = $1::uuid and action = 'accept'
			union all select details->>'movedTo' from audit_events where subject_id = $1::text and action = 'accept_declaration'`,
			[id]
		);
		expect(rows).toEqual([{ year: '2022' }, { year: '2022' }]);
	});
});

describe('more than is left of the envelope', () => {
	it('needs the reason of finance, who is told what is left', async () => {
		const aids = await openAids({ promised: '50,00' });
		const id = await aids.send('2022-01-01', `Prêts ${count}: 80,00 | motif: Crise`);
		await expect(desk.accept(id)).rejects.toMatchObject({
			field: 'overrunReason',
			message:
				'Il reste 50\u00a0€ à verser sur cette enveloppe\u00a0: cette déclaration porterait le dépassement à 30\u00a0€. ' +
				'Renvoyez-la, ou indiquez le motif du dépassement.'
		});
		await expect(desk.accept(id, '   ')).rejects.toMatchObject({ field: 'overrunReason' });
		expect(await desk.stateOf(id)).toBe('submitted');
		await desk.accept(id, 'Avenant attendu en septembre');
		expect(await aids.ledger.balances()).toContain('80,00 | 2 | Avenant attendu en septembre');
	});

	it('keeps no reason where nothing is exceeded', async () => {
		const aids = await openAids();
		await desk.accept(await aids.send('2022-01-01', `Prêts ${count}: 80,00`), 'Au cas où');
		expect(await aids.ledger.journal()).not.toContain('Au cas où');
	});
});

describe('an operation that a declaration describes', () => {
	const described = (landlord: string, name = 'Les Tilleuls') =>
		`n1: 20,00 | n1 nom: ${name} | n1 bailleur: ${landlord} | n1 commune: 21231`;

	it('is confirmed by accepting, for the landlord whose name it is, however it was written', async () => {
		await desk.owner.query(
			"insert into organisations (name, kind) values ('Orvitis Élan', 'landlord')"
		);
		const works = await openAids({ byOperation: true, measures: [], counted: {} });
		const id = await works.send('2022-01-01', described('  orvitis  ELAN'));
		await desk.accept(id);
		const { rows } = await desk.owner.query(
			`select o.name, l.name as landlord, o.commune_code, o.confirmed_at is not null as confirmed,
				e.counterparty_id = l.id as paid
			from operations o join organisations l on l.id = o.landlord_id
			join entries e on e.operation_id = o.id where o.envelope_id = $1`,
			[works.id]
		);
		expect(rows).toEqual([
			{
				name: 'Les Tilleuls',
				landlord: 'Orvitis Élan',
				commune_code: '21231',
				confirmed: true,
				paid: true
			}
		]);
	});

	it('brings its landlord with it where nobody has that name', async () => {
		const works = await openAids({ byOperation: true, measures: [], counted: {} });
		await desk.accept(await works.send('2022-01-01', described('Bailleur nouveau')));
		const { rows } = await desk.owner.query(
			"select kind from organisations where name = 'Bailleur nouveau'"
		);
		expect(rows).toEqual([{ kind: 'landlord' }]);
	});

	it('is not entered twice when two declarations describe it, and is refused where only the name is the same', async () => {
		const works = await openAids({ byOperation: true, measures: [], counted: {} });
		await desk.accept(await works.send('2021-10-01', described('Habellis')));
		await desk.accept(await works.send('2022-01-01', described('HABELLIS', 'les tilleuls')));
		const other = await works.send('2021-07-01', described('Un autre bailleur'));
		await expect(desk.accept(other)).rejects.toThrow('s’appelle déjà');
		const { rows } = await desk.owner.query(
			'select count(*)::int as n from operations where envelope_id = $1',
			[works.id]
		);
		expect(rows).toEqual([{ n: 1 }]);
		expect(await desk.stateOf(other)).toBe('submitted');
	});

	it('leaves no operation behind when the declaration is refused', async () => {
		const works = await openAids({
			byOperation: true,
			measures: [],
			counted: {},
			promised: '5,00'
		});
		const id = await works.send('2022-01-01', `${described('Jamais vu')} | motif: Besoin`);
		await expect(desk.accept(id)).rejects.toMatchObject({ field: 'overrunReason' });
		const { rowCount } = await desk.owner.query(
			"select from organisations where name = 'Jamais vu'"
		);
		expect(rowCount).toBe(0);
	});
});

const column = async (text: string, id: string): Promise<string[]> =>
	(await desk.owner.query<{ text: string }>(text, [id])).rows.map((row) => row.text);

const labelsOf = (id: string) =>
	column(
		`select e.label as text from entries e join declaration_lines l on l.id = e.declaration_line_id
		where l.declaration_id = $1 order by e.id`,
		id
	);

const valuesOf = (id: string) =>
	column(
		`select concat_ws(' ', o.period_starts_on, o.period_ends_on, o.number::int) as text
		from observations o join declaration_counts c on c.id = o.declaration_count_id
		join declaration_lines l on l.id = c.line_id where l.declaration_id = $1 order by o.id`,
		id
	);

const nameOf = async (id: string): Promise<string> =>
	`Déclaration nº\u00a0${(await column('select number::text as text from declarations where id = $1', id))[0]}`;

async function traceOf(id: string): Promise<unknown[]> {
	const { rows } = await desk.owner.query(
		`select e.action as event, (e.details->'entries')::int as entries, a.details->'entries' as audited
		from declaration_events e join audit_events a on a.subject_id = e.declaration_id::text
			and a.action = 'accept_declaration' and a.subject_type = 'declaration'
		where e.declaration_id = $1 and e.action = 'accept'`,
		[id]
	);
	return rows;
}
