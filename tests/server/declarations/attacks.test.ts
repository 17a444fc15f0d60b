import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Context } from '#lib/server/context.ts';
import { databaseErrorOf, inTransaction } from '#lib/server/db/transaction.ts';
import { openDesk, type DeclaredEnvelope, type Desk } from '../../support/declarations.ts';

/**
 * Whoever got hold of our own connection writes SQL by hand, with the rights of a person: the database
 * refuses by name, at the latest at the commit. `ok` is what it lets through.
 */
let desk: Desk;
let aids: DeclaredEnvelope;
let count = 0;

beforeAll(async () => {
	desk = await openDesk();
});
afterAll(() => desk.close());
beforeEach(async () => {
	count += 1;
	aids = await desk.envelope({
		label: `Aides ${count}`,
		promised: '1 000,00',
		measures: [`Prêts ${count}`, `Dons ${count}`],
		counted: { [`Prêts ${count}`]: 'Prêts accordés' }
	});
});

const TYPED = () => `Prêts ${count}: 100,00 | Prêts ${count} nombre: 7 | Dons ${count}: 20,00`;
const send = () => aids.send('2022-01-01', TYPED());

/** What the database answers to statements run by somebody, committed together. */
async function attempt(who: Context, ...statements: string[]): Promise<string> {
	try {
		await inTransaction(who, async (tx) => {
			for (const statement of statements) {
				const { rowCount } = await tx.execute(sql.raw(statement));
				if (rowCount === 0) throw new Error('no row');
			}
		});
		return 'ok';
	} catch (error) {
		const failure = databaseErrorOf(error);
		if (!failure) return (error as Error).message;
		return failure.constraint ?? (failure.code === '42501' ? 'denied' : (failure.code ?? '?'));
	}
}

const accepting = (who: Context, id: string) =>
	`update declarations set state = 'accepted', decided_by = '${who.actor.id}', decided_at = now() where id = '${id}'`;

const reopening = (who: Context, id: string) =>
	`update declarations set state = 'reopened', reason = 'x', decided_by = '${who.actor.id}', decided_at = now() where id = '${id}'`;

/** Posts the lines of a declaration as they are, or with something changed. */
const posting = (
	who: Context,
	id: string,
	changes: Record<string, string> = {},
	where = 'true'
) => {
	const columns = {
		envelope_id: 'l.envelope_id',
		measure_id: 'l.measure_id',
		kind: "'disbursement'",
		amount_cents: 'l.amount_cents',
		effective_on: "date '2022-03-31'",
		fiscal_year: '2022',
		label: "'Attaque'",
		declaration_line_id: 'l.id',
		recorded_by: `'${who.actor.id}'`,
		...changes
	};
	return `insert into entries (${Object.keys(columns).join(', ')})
		select ${Object.values(columns).join(', ')} from declaration_lines l
		where l.declaration_id = '${id}' and ${where}`;
};

const observing = (who: Context, id: string, changes: Record<string, string> = {}) => {
	const columns = {
		indicator_id: 'c.indicator_id',
		kind: "'actual'",
		period_starts_on: "date '2022-01-01'",
		period_ends_on: "date '2022-03-31'",
		number: 'c.number',
		declaration_count_id: 'c.id',
		recorded_by: `'${who.actor.id}'`,
		...changes
	};
	return `insert into observations (${Object.keys(columns).join(', ')})
		select ${Object.values(columns).join(', ')} from declaration_counts c
		join declaration_lines l on l.id = c.line_id where l.declaration_id = '${id}'`;
};

const reversing = (who: Context, id: string, line = 'e.declaration_line_id', where = 'true') =>
	`insert into entries (envelope_id, measure_id, kind, amount_cents, effective_on, fiscal_year, label,
		declaration_line_id, reverses_entry_id, recorded_by)
	select e.envelope_id, e.measure_id, e.kind, -e.amount_cents, e.effective_on, e.fiscal_year, 'Attaque',
		${line}, e.id, '${who.actor.id}'
	from entries e join declaration_lines l on l.id = e.declaration_line_id
	where l.declaration_id = '${id}' and e.reverses_entry_id is null and ${where}`;

describe('finance with SQL of its own', () => {
	it('accepts by hand what it may accept, whole: these statements can succeed', async () => {
		const id = await send();
		const { officer } = desk.people;
		expect(
			await attempt(officer, accepting(officer, id), posting(officer, id), observing(officer, id))
		).toBe('ok');
	});

	it('does not accept what was never sent, and does not even see it', async () => {
		const id = await aids.type('2022-01-01', TYPED());
		const { officer } = desk.people;
		expect(await attempt(officer, accepting(officer, id))).toBe('no row');
		expect(await attempt(officer, `select from declarations where id = '${id}'`)).toBe('no row');
		expect(
			await attempt(officer, `select from declaration_events where declaration_id = '${id}'`)
		).toBe('no row');
		expect(await attempt(officer, 'select from declaration_cells')).toBe('denied');
	});

	it('does not accept what is returned, nor in the name of another, nor as of another day', async () => {
		const id = await send();
		const { officer, second } = desk.people;
		expect(await attempt(officer, accepting(second, id), posting(officer, id))).toBe('denied');
		const yesterday = accepting(officer, id).replace('now()', "now() - interval '1 day'");
		expect(await attempt(officer, yesterday, posting(officer, id), observing(officer, id))).toBe(
			'denied'
		);
		await desk.giveBack(id);
		expect(await attempt(officer, accepting(officer, id))).toBe('no row');
	});

	it('does not decide for its own organisation, nor on what it declared before it changed sides', async () => {
		const id = await send();
		const { insider, declarant, colleague } = desk.people;
		const whole = (who: Context) => [accepting(who, id), posting(who, id), observing(who, id)];
		expect(await attempt(insider, ...whole(insider))).toBe('declarations_four_eyes');
		for (const { actor, db, at } of [declarant, colleague]) {
			await desk.owner.query(
				"update users set role = 'finance', organisation_id = null where id = $1",
				[actor.id]
			);
			const turned: Context = {
				db,
				at,
				actor: { ...actor, role: 'finance', organisationId: null }
			};
			// The colleague never touched it, and belongs to the organisation no longer.
			const expected = actor.id === declarant.actor.id ? 'declarations_four_eyes' : 'ok';
			expect(await attempt(turned, ...whole(turned))).toBe(expected);
			await desk.owner.query(
				"update users set role = 'partner', organisation_id = $2 where id = $1",
				[actor.id, desk.partnerId]
			);
		}
	});

	it('posts nothing for a declaration that is not accepted, and none in a second transaction', async () => {
		const id = await send();
		const { officer } = desk.people;
		expect(await attempt(officer, posting(officer, id))).toBe('entries_as_declared');
		expect(await attempt(officer, observing(officer, id))).toBe('observations_as_declared');
		expect(await attempt(officer, accepting(officer, id))).toBe('declarations_posted_whole');
	});

	it('posts neither half, nor twice, nor another amount, day, kind, measure or number', async () => {
		const id = await send();
		const { officer } = desk.people;
		const accept = accepting(officer, id);
		const post = posting(officer, id);
		const observe = observing(officer, id);
		const tries: [string, ...string[]][] = [
			['declarations_posted_whole', accept, posting(officer, id, {}, 'l.position = 1'), observe],
			['declarations_posted_whole', accept, post],
			['declarations_posted_whole', accept, observe],
			['entries_line_posted_once', accept, post, post],
			['observations_count_recorded_once', accept, post, observe, observe],
			['entries_as_declared', accept, posting(officer, id, { amount_cents: 'l.amount_cents + 1' })],
			['entries_as_declared', accept, posting(officer, id, { effective_on: "date '2022-03-30'" })],
			['entries_as_declared', accept, posting(officer, id, { kind: "'receipt'" })],
			['entries_as_declared', accept, posting(officer, id, { kind: "'commitment'" })],
			['entries_as_declared', accept, posting(officer, id, { measure_id: 'null' })],
			[
				'observations_as_declared',
				accept,
				post,
				observing(officer, id, { number: 'c.number + 1' })
			],
			['observations_as_declared', accept, post, observing(officer, id, { kind: "'target'" })],
			[
				'observations_as_declared',
				accept,
				post,
				observing(officer, id, { period_ends_on: "date '2022-06-30'" })
			],
			['observations_as_declared', accept, post, observing(officer, id, { stage: "'delivered'" })]
		];
		for (const [rule, ...statements] of tries) {
			// A receipt on an envelope that receives nothing breaks another rule as well.
			const found = await attempt(officer, ...statements);
			expect([rule, 'entries_receipt_of_earmarked_revenue'], statements.at(-1)).toContain(found);
			expect(await desk.stateOf(id)).toBe('submitted');
		}
		expect(await aids.ledger.balances()).toContain('0,00 | 1');
	});

	it('reverses no declared entry alone, whatever it calls it, and withdraws no declared value alone', async () => {
		const id = await send();
		await desk.accept(id);
		const { officer } = desk.people;
		expect(await attempt(officer, reversing(officer, id))).toBe('entries_as_declared');
		expect(await attempt(officer, reversing(officer, id, 'null'))).toBe(
			'entries_declared_reversed_by_reopening'
		);
		const replace = (columns: string, values: string) =>
			`insert into observations (indicator_id, kind, period_starts_on, period_ends_on, replaces_observation_id, recorded_by, ${columns})
			select o.indicator_id, o.kind, o.period_starts_on, o.period_ends_on, o.id, '${officer.actor.id}', ${values}
			from observations o join declaration_counts c on c.id = o.declaration_count_id
			join declaration_lines l on l.id = c.line_id where l.declaration_id = '${id}'`;
		expect(
			await attempt(
				officer,
				replace('withdrawn, declaration_count_id', 'true, o.declaration_count_id')
			)
		).toBe('observations_as_declared');
		expect(await attempt(officer, replace('withdrawn', 'true'))).toBe(
			'observations_declared_withdrawn_by_reopening'
		);
		expect(await attempt(officer, replace('number', '99'))).toBe(
			'observations_declared_withdrawn_by_reopening'
		);
	});

	it('reopens nothing without reversing and withdrawing all of it', async () => {
		const id = await send();
		await desk.accept(id);
		const { officer } = desk.people;
		const reopen = reopening(officer, id);
		expect(await attempt(officer, reopen)).toBe('declarations_posted_whole');
		expect(await attempt(officer, reopen, reversing(officer, id))).toBe(
			'declarations_posted_whole'
		);
		expect(
			await attempt(officer, reopen, reversing(officer, id, undefined, 'l.position = 1'))
		).toBe('declarations_posted_whole');
		expect(await attempt(officer, reopen, reversing(officer, id), posting(officer, id))).toBe(
			'entries_line_posted_once'
		);
		expect(await attempt(officer, reopen.replace("'x'", "' '"))).toBe('declarations_reason_given');
		expect(await desk.stateOf(id)).toBe('accepted');
	});

	it('changes nothing of what was sent, types nothing, sends nothing', async () => {
		const id = await send();
		const { officer } = desk.people;
		for (const statement of [
			`update declarations set digest = 'x' where id = '${id}'`,
			`update declarations set submitted_by = null where id = '${id}'`,
			`update declaration_lines set amount_cents = 1 where declaration_id = '${id}'`,
			`delete from declaration_lines where declaration_id = '${id}'`,
			`insert into declaration_cells (declaration_id, key, value, updated_by) values ('${id}', 'rien', 'oui', '${officer.actor.id}')`,
			`insert into declarations (envelope_id, organisation_id, period_starts_on, period_ends_on, created_by) values ('${aids.id}', '${desk.partnerId}', '2021-01-01', '2021-03-31', '${officer.actor.id}')`
		]) {
			expect(await attempt(officer, statement), statement).toBe('denied');
		}
	});

	it('tells of no decision that it did not take', async () => {
		const id = await send();
		const { officer } = desk.people;
		const tell = (action: string) =>
			`insert into declaration_events (declaration_id, actor_id, action, submission, text) values ('${id}', '${officer.actor.id}', '${action}', 1, 'x')`;
		for (const action of ['accept', 'return', 'reopen', 'submit', 'create']) {
			expect(await attempt(officer, tell(action)), action).toBe('denied');
		}
		expect(await attempt(officer, tell('message'))).toBe('ok');
	});

	it('gains nothing by having the rules checked at another moment', async () => {
		const id = await send();
		const { officer } = desk.people;
		const early = async (...statements: string[]) => {
			try {
				await inTransaction(officer, async (tx) => {
					for (const statement of statements) await tx.execute(sql.raw(statement));
				});
				return 'ok';
			} catch (error) {
				return databaseErrorOf(error)?.constraint ?? String(error);
			}
		};
		expect(await early('set constraints all immediate', accepting(officer, id))).toBe(
			'declarations_posted_whole'
		);
		expect(await early(accepting(officer, id), 'set constraints all deferred')).toBe(
			'declarations_posted_whole'
		);
	});
});

describe('a partner with SQL of its own', () => {
	const line = (id: string, submission: number) =>
		`insert into declaration_lines (declaration_id, submission, position, row_key, envelope_id, amount_cents)
		values ('${id}', ${submission}, 9, 'e', '${aids.id}', 5)`;
	const sending = (who: Context, id: string, submission = 1) =>
		`update declarations set state = 'submitted', submission = ${submission}, digest = repeat('a', 64),
			submitted_by = '${who.actor.id}', submitted_at = now() where id = '${id}'`;

	it('accepts nothing, returns nothing, posts nothing', async () => {
		const id = await send();
		const { declarant } = desk.people;
		expect(await attempt(declarant, accepting(declarant, id))).toBe('denied');
		expect(
			await attempt(declarant, `update declarations set state = 'accepted' where id = '${id}'`)
		).toMatch(/^(denied|declarations_\w+)$/);
		expect(await attempt(declarant, posting(declarant, id))).toBe('denied');
		expect(await attempt(declarant, observing(declarant, id))).toBe('denied');
	});

	it('adds lines and counts only in the transaction in which it sends', async () => {
		const { declarant, colleague } = desk.people;
		const id = await aids.type('2022-01-01', TYPED());
		expect(await attempt(declarant, line(id, 1))).toBe('denied');
		expect(await attempt(declarant, line(id, 1), sending(declarant, id))).toBe('denied');
		expect(await attempt(declarant, sending(declarant, id), line(id, 2))).toBe('denied');
		expect(await attempt(declarant, sending(colleague, id), line(id, 1))).toBe('denied');
		expect(await attempt(declarant, sending(declarant, id), line(id, 1))).toBe('ok');
		expect(await attempt(declarant, line(id, 1).replace("9, 'e'", "10, 'f'"))).toBe('denied');
	});

	it('changes nothing of what was sent, by any way', async () => {
		const id = await send();
		const { declarant } = desk.people;
		expect(
			await attempt(
				declarant,
				`update declaration_lines set amount_cents = 1 where declaration_id = '${id}'`
			)
		).toBe('denied');
		expect(await attempt(declarant, `delete from declaration_counts`)).toBe('denied');
		expect(
			await attempt(
				declarant,
				`update declarations set comment = 'x', state = 'draft' where id = '${id}'`
			)
		).toBe('declarations_sent_is_kept');
		expect(await attempt(declarant, sending(declarant, id, 2))).toBe('declarations_state_follows');
		expect(
			await attempt(
				declarant,
				`update declarations set submission = 0, state = 'draft' where id = '${id}'`
			)
		).toBe('declarations_sent_is_kept');
		expect(
			await attempt(
				declarant,
				`update declaration_cells set value = '1', updated_by = '${declarant.actor.id}' where declaration_id = '${id}'`
			)
		).toBe('no row');
		expect(
			await attempt(declarant, `delete from declaration_cells where declaration_id = '${id}'`)
		).toBe('no row');
		await desk.accept(id);
		expect(
			await attempt(declarant, `update declarations set state = 'draft' where id = '${id}'`)
		).toBe('no row');
	});

	it('sends twice the same time no more than it skips one', async () => {
		const id = await send();
		const { declarant } = desk.people;
		await desk.giveBack(id);
		expect(await attempt(declarant, sending(declarant, id, 1))).toBe('declarations_state_follows');
		expect(await attempt(declarant, sending(declarant, id, 3))).toBe('declarations_state_follows');
		expect(await attempt(declarant, sending(declarant, id, 2))).toBe('ok');
	});

	it('attaches and removes files only while it can be edited, in its own name', async () => {
		const { declarant, colleague } = desk.people;
		const attach = (id: string, who = declarant) =>
			`insert into declaration_files (declaration_id, digest, name, media_type, size_bytes, uploaded_by)
			values ('${id}', repeat('b', 64), 'f.pdf', 'application/pdf', 3, '${who.actor.id}')`;
		const remove = (id: string, who = declarant) =>
			`update declaration_files set removed_at = now(), removed_by = '${who.actor.id}' where declaration_id = '${id}'`;
		const id = await aids.type('2022-01-01', TYPED());
		expect(await attempt(declarant, attach(id, colleague))).toBe('denied');
		expect(await attempt(declarant, attach(id), attach(id))).toBe('ok');
		expect(await attempt(declarant, remove(id, colleague))).toBe('denied');
		expect(await attempt(declarant, sending(declarant, id))).toBe('ok');
		expect(await attempt(declarant, attach(id))).toBe('denied');
		expect(await attempt(declarant, remove(id))).toBe('no row');
		expect(await attempt(declarant, 'update declaration_files set digest = digest')).toBe('denied');
		expect(await attempt(declarant, 'delete from declaration_files')).toBe('denied');
	});

	it('takes a spreadsheet over only into what can be edited, and then leaves it as it was taken', async () => {
		const { declarant, officer } = desk.people;
		const id = await aids.type('2022-01-01', TYPED());
		const give = `insert into imports (declaration_id, file_digest, file_name, media_type, size_bytes, created_by)
			values ('${id}', repeat('a', 64), 'x.csv', 'text/csv', 4, '${declarant.actor.id}')`;
		const change = (to: string) => `update imports set ${to} where declaration_id = '${id}'`;
		const take = change("state = 'applied', applied_at = now()");
		const add = (line: number) =>
			`insert into import_rows (import_id, line_number, cells)
			select id, ${line}, '[]' from imports where declaration_id = '${id}'`;
		const read = `select from import_rows where import_id in (select id from imports where declaration_id = '${id}')`;
		expect(await attempt(declarant, give, add(1), change("state = 'ready'"))).toBe('ok');
		expect(await attempt(declarant, change("state = 'applied'"))).toBe('denied');
		const backdated = "state = 'applied', applied_at = '2020-01-01'";
		expect(await attempt(declarant, change(backdated))).toBe('denied');
		expect(await attempt(declarant, sending(declarant, id))).toBe('ok');
		expect(await attempt(declarant, take)).toBe('denied');
		await desk.giveBack(id);
		expect(await attempt(declarant, take)).toBe('ok');
		expect(await attempt(officer, read), 'of a draft').toBe('no row');
		expect(await attempt(declarant, change("state = 'ready', applied_at = null"))).toBe('no row');
		expect(await attempt(declarant, add(2))).toBe('denied');
		expect(await attempt(declarant, sending(declarant, id, 2))).toBe('ok');
		expect(await attempt(officer, read), 'once it is sent').toBe('ok');
	});

	it('declares for no other envelope, organisation, person or period', async () => {
		const { declarant, stranger, colleague } = desk.people;
		const begin = (changes: Record<string, string> = {}) => {
			const values = {
				envelope_id: `'${aids.id}'`,
				organisation_id: `'${desk.partnerId}'`,
				period_starts_on: "'2021-01-01'",
				period_ends_on: "'2021-03-31'",
				created_by: `'${declarant.actor.id}'`,
				...changes
			};
			return `insert into declarations (${Object.keys(values).join(', ')}) values (${Object.values(values).join(', ')})`;
		};
		const ownOf = (who: Context) => ({
			organisation_id: `'${who.actor.organisationId}'`,
			created_by: `'${who.actor.id}'`
		});
		expect(await attempt(stranger, begin(ownOf(stranger)))).toBe('declarations_of_its_envelope');
		expect(await attempt(stranger, begin({ created_by: `'${stranger.actor.id}'` }))).toBe('denied');
		expect(await attempt(declarant, begin({ created_by: `'${colleague.actor.id}'` }))).toBe(
			'denied'
		);
		expect(await attempt(declarant, begin({ period_ends_on: "'2031-01-01'" }))).toBe(
			'declarations_of_its_envelope'
		);
		expect(await attempt(declarant, begin({ state: "'accepted'" }))).toBe('denied');
		expect(await attempt(declarant, begin())).toBe('ok');
		expect(await attempt(declarant, begin())).toBe('declarations_period_key');
	});

	it('of another organisation sees and touches nothing of it', async () => {
		const id = await send();
		const { stranger } = desk.people;
		for (const table of [
			'declaration_cells',
			'declaration_lines',
			'declaration_files',
			'declaration_events',
			'imports'
		]) {
			expect(
				await attempt(stranger, `select from ${table} where declaration_id = '${id}'`),
				table
			).toBe('no row');
		}
		expect(await attempt(stranger, 'select from declaration_counts')).toBe('no row');
		expect(
			await attempt(stranger, `update declarations set state = 'draft' where id = '${id}'`)
		).toBe('no row');
		expect(
			await attempt(
				stranger,
				`insert into declaration_events (declaration_id, actor_id, action, submission, text)
				values ('${id}', '${stranger.actor.id}', 'message', 1, 'x')`
			)
		).toBe('denied');
	});
});

describe('a partner on its own declaration', () => {
	it('tells of nothing that it does not do, since receipts and mails follow from it', async () => {
		const id = await send();
		const { declarant } = desk.people;
		const tell = (action: string, submission = 1) =>
			`insert into declaration_events (declaration_id, actor_id, action, submission, text) values ('${id}', '${declarant.actor.id}', '${action}', ${submission}, 'x')`;
		for (const action of ['create', 'submit', 'withdraw', 'attach', 'detach', 'import', 'accept']) {
			expect(await attempt(declarant, tell(action)), action).toBe('denied');
		}
		expect(await attempt(declarant, tell('message', 2))).toBe('denied');
		expect(await attempt(declarant, tell('message'))).toBe('ok');
	});

	it('declares no day twice', async () => {
		await send();
		const { declarant } = desk.people;
		const begin = (startsOn: string, endsOn: string) =>
			`insert into declarations (envelope_id, organisation_id, period_starts_on, period_ends_on, created_by) values ('${aids.id}', '${desk.partnerId}', '${startsOn}', '${endsOn}', '${declarant.actor.id}')`;
		for (const [startsOn, endsOn] of [
			['2022-02-01', '2022-02-28'],
			['2022-01-01', '2022-01-31'],
			['2021-10-01', '2022-01-01'],
			['2021-01-01', '2022-12-31']
		] as const) {
			expect(await attempt(declarant, begin(startsOn, endsOn)), startsOn).toBe(
				'declarations_days_apart'
			);
		}
		expect(await attempt(declarant, begin('2022-04-01', '2022-04-30'))).toBe('ok');
	});
});

describe('elected officials and administrators', () => {
	it('decide nothing, and the first do not even read', async () => {
		const id = await send();
		const { elected, admin } = desk.people;
		expect(await attempt(elected, `select from declarations where id = '${id}'`)).toBe('denied');
		expect(await attempt(admin, `select from declarations where id = '${id}'`)).toBe('ok');
		for (const who of [elected, admin]) {
			expect(await attempt(who, accepting(who, id))).toBe('denied');
			expect(await attempt(who, posting(who, id))).toBe('denied');
			expect(await attempt(who, 'select from declaration_cells')).toBe('denied');
		}
	});
});

it('closes the way of the owner too: a declaration is not accepted by hand, not even from the terminal', async () => {
	const id = await send();
	await expect(desk.owner.query(accepting(desk.people.officer, id))).rejects.toMatchObject({
		constraint: 'declarations_posted_whole'
	});
});

describe('which entries a declaration became', () => {
	it('is answered to those who see the ledger it stands in, and to nobody else', async () => {
		const id = await send();
		await desk.accept(id);
		await desk.reopen(id);
		const told = async () => {
			const answers = await Promise.all(
				(['officer', 'admin', 'elected', 'declarant', 'stranger'] as const).map(async (name) => {
					const [declared, seen] = await inTransaction(desk.people[name], (tx) =>
						Promise.all([
							tx.execute(sql`select entries_of_declaration(n) from generate_series(1, 500) n`),
							tx.execute(sql`select from entries where declaration_line_id is not null`)
						])
					);
					expect(declared.rowCount, name).toBe(seen.rowCount);
					return [name, (seen.rowCount ?? 0) > 0];
				})
			);
			return Object.fromEntries(answers) as Record<string, boolean>;
		};
		const all = { officer: true, admin: true, elected: true, declarant: true, stranger: false };
		expect(await told()).toEqual(all);
		await desk.owner.query('update programmes set validated_at = null');
		try {
			expect(await told()).toEqual({ ...all, elected: false, declarant: false });
		} finally {
			await desk.owner.query('update programmes set validated_at = now()');
		}
	});
});
