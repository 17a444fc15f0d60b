import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeDifference } from '#lib/domain/difference.ts';
import { verifyBooks } from '#lib/server/ledger/verify-books.ts';
import { openDesk, type Desk } from '../../support/declarations.ts';

let desk: Desk;
let superuser: pg.Client;

beforeAll(async () => {
	desk = await openDesk();
	superuser = new pg.Client(desk.database.superuser);
	await superuser.connect();
	const aids = await desk.envelope({
		label: 'Aides',
		promised: '1 000,00',
		measures: ['Prêts', 'Dons'],
		counted: { Prêts: 'Prêts accordés' }
	});
	const typed = 'Prêts: 100,00 | Prêts nombre: 7 | Dons: 20,00';
	await desk.accept(await aids.send('2022-01-01', typed));
	const reopened = await aids.send('2021-10-01', typed);
	await desk.accept(reopened);
	await desk.reopen(reopened);
	await aids.send('2021-07-01', 'rien: oui');
	await desk.giveBack(await aids.send('2021-04-01', typed));
});
afterAll(async () => {
	await superuser.end();
	await desk.close();
});

/** What somebody changes behind every rule, and what is then said. */
const CORRUPTIONS: [title: string, statement: string, sentences: string[]][] = [
	[
		'an accepted amount that is not in the ledger',
		`update entries set declaration_line_id = null where id = (
			select min(id) from entries where amount_cents = 10000)`,
		[
			'Déclaration nº 1 › ligne 1 : elle vaut 100 €, et le grand livre en porte 0 € en aucune écriture.'
		]
	],
	[
		'an amount that was posted twice',
		`drop index entries_line_posted_once;
		insert into entries (envelope_id, measure_id, kind, amount_cents, effective_on, fiscal_year, label,
			declaration_line_id, recorded_by)
		select envelope_id, measure_id, kind, amount_cents, effective_on, fiscal_year, label,
			declaration_line_id, recorded_by from entries where amount_cents = 2000 order by id limit 1`,
		['Déclaration nº 1 › ligne 2 : elle vaut 20 €, et le grand livre en porte 40 € en 2 écritures.']
	],
	[
		'a line that was changed after it was sent',
		'update declaration_lines set amount_cents = 2001 where declaration_id = (select id from declarations where number = 1) and position = 2',
		[
			'Déclaration nº 1 › ligne 2 : elle vaut 20,01 €, et le grand livre en porte 20 € en 1 écriture.',
			'Déclaration nº 1 : ce qui a été transmis n’est plus ce que dit son empreinte.'
		]
	],
	[
		'a comment that was changed after it was sent, where nothing is posted',
		"update declaration_lines set comment = 'Autre' where declaration_id = (select id from declarations where number = 4) and position = 1",
		['Déclaration nº 4 : ce qui a été transmis n’est plus ce que dit son empreinte.']
	],
	[
		'a count that is not among the values',
		'delete from observations where id = (select min(id) from observations)',
		['Déclaration nº 1 › ligne 1 : elle compte 7, et les valeurs enregistrées disent rien.']
	],
	[
		'a value that came back after the declaration was reopened',
		'delete from observations where withdrawn',
		['Déclaration nº 2 › ligne 1 : elle compte pour rien, et les valeurs enregistrées disent 7.']
	],
	[
		'a declaration that was called returned while it is in the ledger',
		"update declarations set state = 'returned', reason = 'x' where number = 1",
		[
			'Déclaration nº 1 › ligne 1 : elle vaut 0 €, et le grand livre en porte 100 € en 1 écriture.',
			'Déclaration nº 1 › ligne 2 : elle vaut 0 €, et le grand livre en porte 20 € en 1 écriture.',
			'Déclaration nº 1 › ligne 1 : elle compte pour rien, et les valeurs enregistrées disent 7.'
		]
	],
	[
		'a word of a comment of the whole',
		"update declarations set comment = 'Autre chose' where number = 3",
		['Déclaration nº 3 : ce qui a été transmis n’est plus ce que dit son empreinte.']
	]
];

describe('recounting declarations', () => {
	it('finds nothing where they were decided by the rules, reopened and returned ones among them', async () => {
		const { declarations, differences } = await verifyBooks(desk.database.owner);
		expect(differences).toEqual([]);
		expect(declarations).toBe(4);
	});

	it.each(CORRUPTIONS)('names %s', async (_, statement, sentences) => {
		expect(await declaredDifferences(statement)).toEqual(sentences);
		expect((await verifyBooks(desk.database.owner)).differences).toEqual([]);
	});
});

/** Changes something behind every rule, recounts, and puts the tables back as they were. */
async function declaredDifferences(statement: string): Promise<string[]> {
	const tables = ['declarations', 'declaration_lines', 'entries', 'observations'];
	await superuser.query("set session_replication_role = 'replica'");
	for (const name of tables) await superuser.query(`create table kept_${name} as table ${name}`);
	try {
		await superuser.query(statement);
		const { differences } = await verifyBooks(desk.database.owner);
		return differences
			.filter((difference) => 'declaration' in difference)
			.map((difference) => describeDifference(difference).replaceAll(/[\u00a0\u202f]/g, ' '));
	} finally {
		for (const name of tables) {
			await superuser.query(`delete from ${name}`);
			await superuser.query(`insert into ${name} overriding system value table kept_${name}`);
			await superuser.query(`drop table kept_${name}`);
		}
		await superuser.query('reset session_replication_role');
	}
}
