import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day } from '#lib/domain/day.ts';
import { COMMENT_CELL } from '#lib/domain/declaration-cell.ts';
import { acceptDeclaration } from '#lib/server/declarations/accept-declaration.ts';
import { recordRemark } from '#lib/server/declarations/record-remark.ts';
import { reopenDeclaration } from '#lib/server/declarations/reopen-declaration.ts';
import { returnDeclaration } from '#lib/server/declarations/return-declaration.ts';
import { saveCells } from '#lib/server/declarations/save-cells.ts';
import { setDeclarationDuty } from '#lib/server/declarations/set-declaration-duty.ts';
import { submitDeclaration } from '#lib/server/declarations/submit-declaration.ts';
import { withdrawDeclaration } from '#lib/server/declarations/withdraw-declaration.ts';
import { writeMessage } from '#lib/server/declarations/write-message.ts';
import { readDutyPage } from '#lib/server/reports/duty-page.ts';
import { openDesk, type DeclaredEnvelope, type Desk } from '../../support/declarations.ts';
import { table } from '../../support/table.ts';

let desk: Desk;
beforeAll(async () => {
	desk = await openDesk();
});
afterAll(() => desk.close());

let count = 0;
const openAids = (): Promise<DeclaredEnvelope> => {
	count += 1;
	return desk.envelope({
		label: `Aides ${count}`,
		promised: '1 000,00',
		measures: [`Prêts ${count}`],
		counted: { [`Prêts ${count}`]: 'Prêts accordés' }
	});
};
const sent = async (): Promise<{ aids: DeclaredEnvelope; id: string }> => {
	const aids = await openAids();
	const id = await aids.send('2022-01-01', `Prêts ${count}: 100,00 | Prêts ${count} nombre: 7`);
	return { aids, id };
};

describe('a decision that was taken', () => {
	it('is answered to the same officer with what was posted, whatever form it comes from', async () => {
		const { aids, id } = await sent();
		const first = await desk.accept(id);
		expect(await desk.accept(id)).toEqual(first);
		expect(await aids.ledger.balances()).toContain('100,00 | 2');
		expect(await eventsOf(id)).toEqual(['create', 'submit', 'accept']);
	});

	it('is told to another officer, by name and time', async () => {
		const { id } = await sent();
		await desk.accept(id);
		const again = acceptDeclaration(desk.people.second, randomUUID(), id);
		await expect(again).rejects.toMatchObject({ kind: 'conflict' });
		await expect(again).rejects.toThrow(
			/^Cette déclaration a déjà été validée par Camille Finances, le .* à \d+\u00a0h\u00a0\d\d\.$/
		);
		await expect(returnDeclaration(desk.people.second, id, { reason: 'Non' })).rejects.toThrow(
			'déjà été validée par Camille Finances'
		);
	});

	it('to return is told to who would accept, and the other way round', async () => {
		const { id } = await sent();
		await desk.giveBack(id, 'Il manque une pièce');
		await desk.giveBack(id, 'Il manque une pièce');
		expect(await eventsOf(id)).toEqual(['create', 'submit', 'return']);
		await expect(acceptDeclaration(desk.people.second, randomUUID(), id)).rejects.toThrow(
			'a été renvoyée par Camille Finances'
		);
	});

	it('is no longer possible once the organisation has taken the declaration back', async () => {
		const { id } = await sent();
		await withdrawDeclaration(desk.people.declarant, id);
		await expect(desk.accept(id)).rejects.toThrow('a retiré cette déclaration');
		await expect(desk.giveBack(id)).rejects.toMatchObject({ kind: 'conflict' });
	});
});

describe('four eyes', () => {
	it('hold against whoever only typed in it before they came to finance, though the history does not name them', async () => {
		const { aids, id } = await sent();
		await desk.giveBack(id);
		const before = await desk.person('Noa Passage', 'partner', desk.partnerId);
		await saveCells(before, id, [{ key: COMMENT_CELL, base: '', value: 'Relu' }]);
		await submitDeclaration(desk.people.declarant, randomUUID(), id);
		await desk.owner.query(
			"update users set role = 'finance', organisation_id = null where id = $1",
			[before.actor.id]
		);
		const turned = {
			...before,
			actor: { ...before.actor, role: 'finance' as const, organisationId: null }
		};
		await expect(acceptDeclaration(turned, randomUUID(), id)).rejects.toThrow(
			'Qui a déclaré, ou appartient à l’organisme qui déclare, ne décide pas'
		);
		await expect(returnDeclaration(turned, id, { reason: 'Non' })).rejects.toThrow('Qui a déclaré');
		expect(await aids.ledger.balances()).toContain('0,00 | 1');
	});
});

describe('returning', () => {
	it('owes a reason, which stands in the declaration, the history and the audit trail', async () => {
		const { id } = await sent();
		await expect(desk.giveBack(id, '  ')).rejects.toMatchObject({ field: 'reason' });
		await desk.giveBack(id, 'Le nombre manque');
		const { rows } = await desk.owner.query(
			`select d.state, d.reason, e.text, a.details->>'reason' as audited
			from declarations d join declaration_events e on e.declaration_id = d.id and e.action = 'return'
			join audit_events a on a.subject_id = d.id::text and a.action = 'return_declaration'
			where d.id = $1`,
			[id]
		);
		expect(rows).toEqual([
			{
				state: 'returned',
				reason: 'Le nombre manque',
				text: 'Le nombre manque',
				audited: 'Le nombre manque'
			}
		]);
	});

	it('lets the organisation correct and send again, and what is sent last is what is accepted', async () => {
		const { aids, id } = await sent();
		await desk.giveBack(id);
		await aids.write(id, `Prêts ${count}: 90,00`);
		await submitDeclaration(desk.people.declarant, randomUUID(), id);
		await desk.accept(id);
		expect(await aids.ledger.balances()).toContain('1 000,00 | 0,00 | 0,00 | 90,00 | 2');
	});
});

describe('reopening', () => {
	it('reverses every entry and withdraws every value, and the corrected one takes their place', async () => {
		const { aids, id } = await sent();
		await desk.accept(id);
		await expect(
			reopenDeclaration(desk.people.second, randomUUID(), id, { reason: ' ' })
		).rejects.toMatchObject({ field: 'reason' });
		await desk.reopen(id, 'Erreur de saisie');
		expect(await valuesOf(id)).toEqual(['7 replaced']);
		await aids.write(id, `Prêts ${count}: 60,00 | Prêts ${count} nombre: 5`);
		await submitDeclaration(desk.people.declarant, randomUUID(), id);
		await desk.accept(id);
		expect(await aids.ledger.journal()).toBe(
			table(`
				n | day        | envelope       | measure        | kind         | amount   | year | reverses | reason
				1 | 2020-12-17 | Aides ${count} | —              | allocation   | 1 000,00 | 2020 |          |
				2 | 2022-03-31 | Aides ${count} | Prêts ${count} | disbursement | 100,00   | 2022 |          |
				3 | 2022-03-31 | Aides ${count} | Prêts ${count} | disbursement | -100,00  | 2022 | 2        |
				4 | 2022-03-31 | Aides ${count} | Prêts ${count} | disbursement | 60,00    | 2022 |          |
			`)
		);
		expect(await valuesOf(id)).toEqual(['7 replaced', '5']);
		expect(await eventsOf(id)).toEqual([
			...['create', 'submit', 'accept', 'reopen', 'submit', 'accept']
		]);
	});

	it('twice by the same officer reverses once, and another is told', async () => {
		const { aids, id } = await sent();
		await desk.accept(id);
		const key = randomUUID();
		const reason = { reason: 'Erreur' };
		const first = await reopenDeclaration(desk.people.officer, key, id, reason);
		expect(await reopenDeclaration(desk.people.officer, key, id, reason)).toEqual(first);
		await reopenDeclaration(desk.people.officer, randomUUID(), id, reason);
		expect(await aids.ledger.balances()).toContain('0,00 | 3');
		await expect(reopenDeclaration(desk.people.second, randomUUID(), id, reason)).rejects.toThrow(
			'a été rouverte par Camille Finances'
		);
	});

	it('that takes a correction back over the limit gives its reason as the reason of the overrun', async () => {
		const aids = await openAids();
		const prêts = `Prêts ${count}`;
		await desk.accept(await aids.send('2021-10-01', `${prêts}: 900,00`));
		const correction = await aids.send(
			'2022-01-01',
			`${prêts}: -800,00 | ${prêts} corrige: 2021-10-01`
		);
		await desk.accept(correction);
		await desk.accept(await aids.send('2021-07-01', `${prêts}: 850,00`));
		await desk.reopen(correction, 'La correction était fausse');
		expect(await aids.ledger.balances()).toContain('1 750,00 | 5 | La correction était fausse');
	});

	it('in a closed year books the reversals in the open one', async () => {
		const aids = await openAids();
		const id = await aids.send('2021-10-01', `Prêts ${count}: 10,00`);
		await desk.accept(id);
		await desk.owner.query(
			'insert into fiscal_years (year, closed_at, closed_by) values (2021, now(), $1)',
			[desk.finance.actor.id]
		);
		try {
			await desk.reopen(id);
		} finally {
			await desk.owner.query('delete from fiscal_years');
		}
		expect(await aids.ledger.journal()).toContain('-10,00 | 2022 | 2');
	});
});

describe('what is said about a declaration', () => {
	it('goes both ways, and the same words sent twice in a row are said once', async () => {
		const { id } = await sent();
		const { declarant, officer } = desk.people;
		await Promise.all(
			Array.from({ length: 5 }, () => writeMessage(declarant, id, { text: 'Bonjour' }))
		);
		await writeMessage(officer, id, { text: 'Bonjour' });
		await writeMessage(declarant, id, { text: 'Bonjour' });
		await expect(writeMessage(officer, id, { text: ' ' })).rejects.toMatchObject({ field: 'text' });
		expect((await eventsOf(id)).filter((action) => action === 'message')).toHaveLength(3);
	});

	it('at a line is a remark of finance at a line that was sent', async () => {
		const { aids, id } = await sent();
		const rowKey = `m.${aids.ledger.measureId(`Prêts ${count}`)}`;
		await recordRemark(desk.people.officer, id, { rowKey, text: 'D’où vient ce montant ?' });
		await recordRemark(desk.people.officer, id, { rowKey, text: 'D’où vient ce montant ?' });
		await expect(
			recordRemark(desk.people.officer, id, { rowKey: 'm.autre', text: 'Et ceci ?' })
		).rejects.toMatchObject({ kind: 'not-found' });
		expect((await eventsOf(id)).filter((action) => action === 'remark')).toHaveLength(1);
	});
});

describe('the rhythm of declarations', () => {
	it('is set by finance, with a trace, and leaves none where it is so already', async () => {
		const aids = await openAids();
		const duty = {
			frequency: 'month' as const,
			dueDays: 20,
			startsOn: day('2021-01-01'),
			byOperation: true
		};
		await setDeclarationDuty(desk.people.officer, aids.id, duty);
		await setDeclarationDuty(desk.people.second, aids.id, duty);
		const { rows } = await desk.owner.query(
			`select details->>'frequency' as frequency from audit_events
			where action = 'set_duty' and subject_id = $1 order by id`,
			[aids.id]
		);
		expect(rows).toEqual([{ frequency: 'quarter' }, { frequency: 'month' }]);
		for (const [wrong, field] of [
			[{ dueDays: 0 }, 'dueDays'],
			[{ startsOn: day('2023-01-01') }, 'startsOn']
		] as const) {
			await expect(
				setDeclarationDuty(desk.people.officer, aids.id, { ...duty, ...wrong })
			).rejects.toMatchObject({ field });
		}
		await expect(setDeclarationDuty(desk.people.declarant, aids.id, duty)).rejects.toMatchObject({
			kind: 'forbidden'
		});
		await expect(setDeclarationDuty(desk.people.officer, randomUUID(), duty)).rejects.toMatchObject(
			{ kind: 'not-found' }
		);
	});

	it('never asks again for a day that was declared: a changed rhythm begins behind it', async () => {
		const aids = await openAids();
		await desk.accept(await aids.send('2022-01-01', `Prêts ${count}: 100,00`));
		const monthly = (startsOn: string) =>
			setDeclarationDuty(desk.people.officer, aids.id, {
				frequency: 'month',
				dueDays: 45,
				startsOn: day(startsOn),
				byOperation: false
			});
		await expect(monthly('2020-01-01')).rejects.toMatchObject({
			field: 'startsOn',
			message: expect.stringMatching(/commencer le 1er\savril\s2022 au plus tôt/) as string
		});
		await monthly('2022-04-01');
	});

	it('cuts no draft that finance does not see, of which it learns the days alone', async () => {
		const aids = await openAids();
		const draft = await aids.type('2022-01-01', `Prêts ${count}: 100,00`);
		const monthly = (startsOn: string) =>
			setDeclarationDuty(desk.people.officer, aids.id, {
				frequency: 'month',
				dueDays: 45,
				startsOn: day(startsOn),
				byOperation: false
			});
		const page = await readDutyPage(desk.people.officer, aids.id);
		expect(page?.declared).toEqual([]);
		expect(page?.begun).toEqual([{ startsOn: '2022-01-01', endsOn: '2022-03-31' }]);
		await expect(monthly('2022-02-01')).rejects.toMatchObject({
			field: 'startsOn',
			message: expect.stringMatching(/déjà commencée.* commencer le 1er\savril\s2022/) as string
		});
		await monthly('2022-04-01');
		await submitDeclaration(desk.people.declarant, randomUUID(), draft);
		expect(await desk.stateOf(draft)).toBe('submitted');
		await aids.send('2022-04-01', `Prêts ${count}: 30,00`);
	});
});

it('an envelope keeps its partner while a declaration of it is not accepted', async () => {
	const { aids, id } = await sent();
	const hand = async () => {
		const { rows } = await desk.owner.query<{ id: string }>(
			"select id from organisations where name = 'Autre organisme'"
		);
		await desk.owner.query('update envelopes set partner_id = $2 where id = $1', [
			aids.id,
			rows[0]?.id
		]);
	};
	await expect(hand()).rejects.toMatchObject({ constraint: 'envelopes_partner_while_declared' });
	await desk.accept(id);
	await hand();
});

async function eventsOf(id: string): Promise<string[]> {
	const { rows } = await desk.owner.query<{ action: string }>(
		'select action from declaration_events where declaration_id = $1 order by id',
		[id]
	);
	return rows.map(({ action }) => action);
}

async function valuesOf(id: string): Promise<string[]> {
	const { rows } = await desk.owner.query<{ text: string }>(
		`select concat_ws(' ', o.number::int,
			case when exists (select from observations w where w.replaces_observation_id = o.id and w.withdrawn)
				then 'replaced' end) as text
		from observations o join declaration_counts c on c.id = o.declaration_count_id
		join declaration_lines l on l.id = c.line_id
		where l.declaration_id = $1 and not o.withdrawn order by o.id`,
		[id]
	);
	return rows.map(({ text }) => text);
}
