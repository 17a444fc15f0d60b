import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { measureRow } from '#lib/domain/declaration-cell.ts';
import { describeChange } from '#lib/domain/declaration-comparison.ts';
import { formatPeriod } from '#lib/domain/period.ts';
import type { Context } from '#lib/server/context.ts';
import { acceptDeclaration } from '#lib/server/declarations/accept-declaration.ts';
import { recordRemark } from '#lib/server/declarations/record-remark.ts';
import { submitDeclaration } from '#lib/server/declarations/submit-declaration.ts';
import { writeMessage } from '#lib/server/declarations/write-message.ts';
import { readDeclarationPage, type DeclarationPage } from '#lib/server/reports/declaration-page.ts';
import { readEnvelopeLedger } from '#lib/server/reports/envelope-ledger.ts';
import { describePosted } from '#lib/ui/declaration/declaration-words.ts';
import { plain } from '../../domain/words.ts';
import { openDesk, type DeclaredEnvelope, type Desk } from '../../support/declarations.ts';
import { inEuros, table } from '../../support/table.ts';

let desk: Desk;
beforeAll(async () => {
	desk = await openDesk();
});
afterAll(() => desk.close());

describe('what was sent', () => {
	it('stands beside the period before and the same a year before; what is unknown is not zero', async () => {
		const aids = await openAids();
		await aids.ledger.post(`
			day        | envelope | kind         | amount | measure
			2020-11-15 | Aides 1  | disbursement | 70,00  | Prêts 1`);
		const first = await aids.send('2021-01-01', 'Prêts 1: 200,00 | Prêts 1 nombre: 20');
		await desk.accept(first);
		const page = await read(first);
		expect(page.compared.map(({ period, source }) => [formatPeriod(period), source?.kind])).toEqual(
			[
				['4e trimestre 2020', 'ledger'],
				['1er trimestre 2020', undefined]
			]
		);
		expect(rowsOf(page)).toBe(
			table(`
			row      | amount | counts | 4e trimestre 2020 | change               | 1er trimestre 2020 | change
			Prêts 1  | 200,00 | 20     | 70,00             | + 130 € (+ 185,7 %)  | non renseigné      |`)
		);
		const next = await aids.send('2021-04-01', 'Prêts 1: 150,00 | Travaux 1: 0,00');
		expect(rowsOf(await read(next))).toBe(
			table(`
			row       | amount | counts | 1er trimestre 2021 | change           | 2e trimestre 2020 | change
			Prêts 1   | 150,00 |        | 200,00             | - 50 € (- 25,0 %) | non renseigné    |
			Travaux 1 |   0,00 |        | non renseigné      |                  | non renseigné     |`)
		);
	});

	it('says what is left of the envelope, now and after, until it is in the ledger', async () => {
		const aids = await openAids();
		const id = await aids.send('2022-01-01', `${aids.loans}: 300,00`);
		expect((await read(id)).left).toEqual({
			promisedCents: 100_000n,
			nowCents: 100_000n,
			afterCents: 70_000n
		});
		await desk.accept(id);
		expect((await read(id)).left).toEqual({
			promisedCents: 100_000n,
			nowCents: 70_000n,
			afterCents: null
		});
	});

	it('asks finance for its own reason only where it is more than is left', async () => {
		const aids = await openAids();
		const within = await aids.send('2022-01-01', `${aids.loans}: 1 000,00`);
		expect((await read(within)).asksOverrunReason).toBe(false);
		await desk.accept(within);
		const over = await aids.send('2022-04-01', `${aids.loans}: 0,01 | motif: Arrondi`);
		expect((await read(over)).asksOverrunReason).toBe(true);
	});

	it('tells finance what is unusual, and nobody else', async () => {
		const aids = await openAids();
		const id = await aids.send('2022-01-01', `${aids.loans}: 5 000,00 | motif: Avance`);
		const page = await read(id);
		expect(page.findings.map(({ severity }) => severity)).toEqual([
			'alert',
			'warning',
			'note',
			'note'
		]);
		expect((await read(id, desk.people.declarant)).findings).toEqual([]);
		expect((await read(id, desk.people.admin)).findings).toEqual([]);
	});
});

describe('what somebody may do', () => {
	it('is offered by the state and by who they are', async () => {
		const aids = await openAids();
		const id = await aids.send('2022-01-01', `${aids.loans}: 10,00`);
		expect(await rights(id)).toBe(
			table(`
			officer   | accept return remark write
			second    | accept return remark write
			insider   | write
			declarant | write withdraw
			colleague | write withdraw
			admin     |`)
		);
		await desk.accept(id);
		expect(await rights(id)).toBe(
			table(`
			officer   | reopen write
			second    | reopen write
			insider   | write
			declarant | write
			colleague | write
			admin     |`)
		);
		await desk.reopen(id);
		expect(await rights(id)).toBe(
			table(`
			officer   | write
			second    | write
			insider   | write
			declarant | write edit
			colleague | write edit
			admin     |`)
		);
	});

	it('is explained where four eyes forbid it', async () => {
		const aids = await openAids();
		const id = await aids.send('2022-01-01', `${aids.loans}: 10,00`);
		expect((await read(id)).fourEyes).toBeNull();
		expect((await read(id, desk.people.insider)).fourEyes).toContain(
			'Vous appartenez à l’organisme qui déclare'
		);
		await desk.owner.query(
			"update users set role = 'finance', organisation_id = null where id = $1",
			[desk.people.colleague.actor.id]
		);
		await desk.owner.query(
			`insert into declaration_events (declaration_id, actor_id, action, submission)
			values ($1, $2, 'attach', 0)`,
			[id, desk.people.colleague.actor.id]
		);
		const turned: Context = {
			...desk.people.colleague,
			actor: { ...desk.people.colleague.actor, role: 'finance', organisationId: null }
		};
		const page = await read(id, turned);
		expect(page.fourEyes).toContain('Vous avez pris part à cette déclaration');
		expect([page.rights.accept, page.rights.return]).toEqual([false, false]);
	});

	it('is nothing where they may not see it, nor under an address that names none', async () => {
		const aids = await openAids();
		const draft = await aids.type('2022-01-01', `${aids.loans}: 10,00`);
		expect(await readDeclarationPage(desk.people.officer, draft)).toBeNull();
		expect(await readDeclarationPage(desk.people.declarant, draft)).not.toBeNull();
		await submitDeclaration(desk.people.declarant, randomUUID(), draft);
		expect(await readDeclarationPage(desk.people.stranger, draft)).toBeNull();
		expect(await readDeclarationPage(desk.people.officer, randomUUID())).toBeNull();
		expect(await readDeclarationPage(desk.people.officer, 'douze')).toBeNull();
	});
});

describe('what was said', () => {
	it('stands at its row, in the conversation and in the history, in words', async () => {
		const aids = await openAids();
		const id = await aids.send('2022-01-01', `${aids.loans}: 21 400,00 | motif: Avance`);
		const { officer, declarant } = desk.people;
		const rowKey = measureRow(aids.ledger.measureId(aids.loans));
		await recordRemark(officer, id, { rowKey, text: 'Joindre la liste' });
		await writeMessage(declarant, id, { text: 'La liste suit' });
		await desk.giveBack(id, 'Corriger les prêts');
		await aids.write(id, `${aids.loans}: 24 100,00 | ${aids.loans} nombre: 3`);
		const before = await read(id, declarant);
		expect(before.rows[0]?.remarks.map(({ who, text }) => [who, text])).toEqual([
			['Camille Finances', 'Joindre la liste']
		]);
		await submitDeclaration(declarant, randomUUID(), id);

		const page = await read(id, declarant);
		expect(page.rows[0]?.remarks, 'about what was sent before').toEqual([]);
		expect(page.messages.map(({ who, role, text }) => [who, role, text])).toEqual([
			['Dominique Déclarante', 'partner', 'La liste suit']
		]);
		expect(historyOf(page)).toEqual([
			'Dominique Déclarante a transmis la déclaration pour la 2e fois',
			`  ${aids.loans} : 21 400 € → 24 100 €`,
			`  ${aids.loans}, Prêts accordés : non renseigné → 3`,
			'Camille Finances a renvoyé la déclaration à corriger « Corriger les prêts »',
			`Camille Finances a fait une remarque sur « ${aids.loans} » « Joindre la liste »`,
			'Dominique Déclarante a transmis la déclaration',
			'Dominique Déclarante a commencé la déclaration'
		]);
	});
});

it('shows finance the evidence that came with what was sent, and its organisation all of it', async () => {
	const aids = await openAids();
	const id = await aids.type('2022-01-01', `${aids.loans}: 10,00`);
	const { declarant } = desk.people;
	const attach = (name: string) =>
		desk.owner.query(
			`insert into declaration_files
				(declaration_id, digest, name, media_type, size_bytes, uploaded_by)
			values ($1, repeat('a', 64), $2, 'application/pdf', 12, $3)`,
			[id, name, declarant.actor.id]
		);
	await attach('avis.pdf');
	await submitDeclaration(declarant, randomUUID(), id);
	await desk.giveBack(id);
	await attach('brouillon.pdf');
	const names = async (context?: Context) =>
		(await read(id, context)).files.map(({ name }) => name);
	expect(await names()).toEqual(['avis.pdf']);
	expect(await names(declarant)).toEqual(['avis.pdf', 'brouillon.pdf']);
});

describe('what it became', () => {
	it('is listed, and leads to the ledger and back, for whoever may open it', async () => {
		const aids = await openAids();
		const id = await aids.send('2022-01-01', `${aids.loans}: 10,00 | ${aids.works}: 5,00`);
		await desk.accept(id);
		await desk.reopen(id);
		const { declaration, entries } = await read(id);
		expect(
			entries.map(({ amountCents, reversesEntryId }) => [
				inEuros(amountCents),
				entries.findIndex((entry) => entry.id === reversesEntryId)
			])
		).toEqual([
			['10,00', -1],
			['5,00', -1],
			['-10,00', 0],
			['-5,00', 1]
		]);
		expect((await read(id, desk.people.declarant)).entries).toEqual(entries);

		const search = new URLSearchParams({ declaration: String(declaration.number) });
		for (const { role, context } of [
			{ role: 'finance', context: desk.people.officer },
			{ role: 'elected', context: desk.people.elected }
		]) {
			const ledger = await readEnvelopeLedger(context, aids.id, search);
			expect(ledger?.entryCount, role).toBe(4);
			expect(
				ledger?.entries.every((entry) => entry.declaration?.number === declaration.number)
			).toBe(true);
			expect(ledger?.filter).toEqual([`déclaration nº\u00a0${declaration.number}`]);
		}
		const whole = await readEnvelopeLedger(desk.people.elected, aids.id, new URLSearchParams());
		expect(whole?.entries.map(({ declaration: from }) => from?.number ?? null)).toEqual([
			...Array.from({ length: 4 }, () => declaration.number),
			null
		]);
	});

	it('says in which year it was written where its own is closed', async () => {
		const aids = await openAids();
		const id = await aids.send('2020-01-01', `${aids.loans}: 10,00`);
		await desk.owner.query(
			'insert into fiscal_years (year, closed_at, closed_by) values (2020, now(), $1)',
			[desk.people.officer.actor.id]
		);
		await acceptDeclaration(desk.people.officer, randomUUID(), id);
		const page = await read(id);
		expect(plain(describePosted(page.entries))).toBe(
			'1 écriture, 10 €, est au grand livre. L’exercice 2020 est clos : écrit dans l’exercice 2021, à sa vraie date.'
		);
		expect(historyOf(page)[0]).toBe(
			'Camille Finances a validé la déclaration, ce qui a fait 1 écriture dans l’exercice 2021'
		);
		await desk.owner.query('delete from fiscal_years');
	});
});

it('leads from one that waits to the next, and from the last to the first', async () => {
	const aids = await openAids();
	const waiting = await desk.owner.query<{ id: string }>(
		"select id from declarations where state = 'submitted'"
	);
	for (const { id } of waiting.rows) await desk.giveBack(id);
	const ids: string[] = [];
	for (const startsOn of ['2021-01-01', '2021-04-01', '2021-07-01']) {
		ids.push(await aids.send(startsOn, `${aids.loans}: 10,00`));
	}
	const next = async (id = '') => (await read(id)).nextWaiting?.id ?? null;
	expect([await next(ids[0]), await next(ids[1]), await next(ids[2])]).toEqual([
		ids[1],
		ids[2],
		ids[0]
	]);
	await desk.accept(ids[1] ?? '');
	expect(await next(ids[1])).toBe(ids[2]);
	await desk.accept(ids[2] ?? '');
	await desk.accept(ids[0] ?? '');
	expect(await next(ids[0])).toBeNull();
	expect((await read(ids[0] ?? '', desk.people.declarant)).nextWaiting).toBeNull();
});

let count = 0;

type Aids = DeclaredEnvelope & { loans: string; works: string };

/** An envelope of 1 000 € with two lines of use, declared each quarter. */
async function openAids(): Promise<Aids> {
	count += 1;
	const [loans, works] = [`Prêts ${count}`, `Travaux ${count}`];
	const envelope = await desk.envelope({
		label: `Aides ${count}`,
		promised: '1 000,00',
		measures: [loans, works],
		counted: { [loans]: 'Prêts accordés' }
	});
	return { ...envelope, loans, works };
}

async function read(id: string, context = desk.people.officer): Promise<DeclarationPage> {
	const page = await readDeclarationPage(context, id);
	if (!page) throw new Error('no such declaration');
	return page;
}

function rowsOf({ rows, compared }: DeclarationPage): string {
	const said = (amount: bigint | null | undefined) =>
		amount === null || amount === undefined ? 'non renseigné' : inEuros(amount);
	const head = ['row', 'amount', 'counts'].concat(
		compared.flatMap(({ period }) => [formatPeriod(period), 'change'])
	);
	const lines = rows.map((row) => [
		row.label,
		said(row.amountCents),
		row.counts.map(({ value }) => value).join(', '),
		...row.before.flatMap((before) => [
			said(before.amountCents),
			plain(describeChange(row.amountCents, before.amountCents) ?? '')
		])
	]);
	return table([head, ...lines].map((cells) => cells.join(' | ')).join('\n'));
}

const historyOf = ({ history }: DeclarationPage): string[] =>
	history.flatMap(({ who, words, text, changes }) => [
		plain([who, words, text && `« ${text} »`].filter(Boolean).join(' ')),
		...changes.map((change) => `  ${plain(change)}`)
	]);

async function rights(id: string): Promise<string> {
	const { officer, second, insider, declarant, colleague, admin } = desk.people;
	const people = { officer, second, insider, declarant, colleague, admin };
	const lines: string[] = [];
	for (const [name, context] of Object.entries(people)) {
		const page = await read(id, context);
		const may = Object.entries(page.rights).flatMap(([what, is]) => (is ? [what] : []));
		lines.push(`${name} | ${may.join(' ')}`);
	}
	return table(lines.join('\n'));
}
