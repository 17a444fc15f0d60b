import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeDifference } from '#lib/domain/difference.ts';
import { openFileStore, type FileStore } from '#lib/server/evidence/file-store.ts';
import { verifyBooks } from '#lib/server/ledger/verify-books.ts';
import { openBooks, type Books, type Ledger } from '../../support/books.ts';
import { plantWorld } from '../../support/world.ts';

let books: Books;
let superuser: pg.Client;
let ledger: Ledger;
let folder: string;
let store: FileStore;
let digest: string;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'tenu-verify-'));
	store = openFileStore(folder);
	const content = Readable.from([Buffer.from('une facture')]);
	({ digest } = await store.keepFile(content, { limitBytes: 100 }));
	books = await openBooks();
	superuser = new pg.Client(books.database.superuser);
	await superuser.connect();
	ledger = await books.open(
		{ Aides: 'off_budget', État: 'earmarked_revenue' },
		{ Aides: ['Prêts'] }
	);
	await ledger.post(`
		day        | envelope | kind         | amount   | measure
		2020-12-17 | Aides    | allocation   | 1 000,00 |
		2021-01-31 | Aides    | disbursement |   200,50 | Prêts
		2021-02-10 | État     | receipt      |   300,00 |
	`);
	await ledger.post(`
		day        | envelope | kind         | amount  | measure | reverses
		2021-01-31 | Aides    | disbursement | -200,50 | Prêts   | 2
	`);
	await plantWorld(superuser, { name: 'a' });
	await giveContent();
});
afterAll(async () => {
	rmSync(folder, { recursive: true, force: true });
	await superuser.end();
	await books.close();
});

/** Evidence of each declaration and of the undertaking, and the spreadsheet of each import, in a planted world. */
const FILES_OF_A_WORLD = 4;

/** What was planted names contents that were never given: they get one that was. */
async function giveContent(): Promise<void> {
	await superuser.query('update declaration_files set digest = $1', [digest]);
	await superuser.query('update imports set file_digest = $1', [digest]);
	await superuser.query('set session_replication_role = replica'); // The log of undertakings is append-only.
	await superuser.query('update undertaking_files set digest = $1', [digest]);
	await superuser.query('set session_replication_role = origin');
}

/** What an attacker or a failing disk might change behind the triggers, and the sentence it gives. */
const CORRUPTIONS = [
	[
		'a counter',
		"update envelope_balances set received_cents = 30001 where envelope_id = '$État'",
		['État › encaissement : le compteur dit 300,01 €, le grand livre 300 €.']
	],
	[
		'the count of a counter',
		"update envelope_balances set entry_count = 9 where envelope_id = '$Aides'",
		['Aides : le compteur dit 9 écritures, le grand livre 3 écritures.']
	],
	[
		'a reason without an overrun',
		"update envelope_balances set overrun_reason = 'x' where envelope_id = '$Aides'",
		['Aides : un motif de dépassement est gardé, et rien ne dépasse.']
	],
	[
		'a month of a measure',
		"update month_totals set amount_cents = 5 where measure_id is not null and envelope_id = '$Aides'",
		['Aides › Prêts › versement › janvier 2021 : le total du mois dit 0,05 €, le grand livre 0 €.']
	],
	[
		'a month that is gone',
		"delete from month_totals where kind = 'allocation' and envelope_id = '$Aides'",
		['Aides › dotation › décembre 2020 : le total du mois manque, et le grand livre dit 1 000 €.']
	],
	[
		'a month too many',
		"insert into month_totals values ('$Aides', null, 'receipt', '2021-03-01', 700, 1, '2021-03-02')",
		['Aides › encaissement › mars 2021 : le total du mois dit 7 €, et le grand livre n’a rien.']
	],
	[
		'the last day of a month',
		"update month_totals set last_effective_on = '2020-12-16' where kind = 'allocation' and envelope_id = '$Aides'",
		[
			'Aides › dotation › décembre 2020 : le total du mois dit que la dernière écriture est du 16 décembre 2020, le grand livre du 17 décembre 2020.'
		]
	],
	[
		'the count of a month',
		"update month_totals set entry_count = 2 where kind = 'allocation' and envelope_id = '$Aides'",
		[
			'Aides › dotation › décembre 2020 : le total du mois dit 2 écritures, le grand livre 1 écriture.'
		]
	],
	[
		'a counterparty that is gone',
		'delete from envelope_counterparties',
		['Enveloppe a : « Bailleur a (fictif) » manque parmi les organismes, et une écriture le nomme.']
	],
	[
		'a counterparty too many',
		"insert into envelope_counterparties select '$Aides', id from organisations where name = 'Organisation a'",
		['Aides : « Organisation a » est parmi les organismes, et aucune écriture ne le nomme.']
	],
	[
		'the amount of a reversed entry, with everything that is counted from it',
		"update entries set amount_cents = 20051 where envelope_id = '$Aides' and kind = 'disbursement' and amount_cents > 0",
		[
			'Aides › versement : le compteur dit 0 €, le grand livre 0,01 €.',
			'Aides › versement › janvier 2021 : le total du mois dit 0 €, le grand livre 0,01 €.',
			'Aides › Prêts › versement › janvier 2021 : le total du mois dit 0 €, le grand livre 0,01 €.',
			'Aides : l’écriture nº 4 ne contre-passe pas exactement l’écriture nº 2.'
		]
	],
	[
		'fiction',
		"update entries set fictitious = true where kind = 'receipt'",
		['État : l’écriture nº 3 est fictive, hors d’une démonstration.']
	],
	[
		'the circuit of an envelope',
		"update envelopes set circuit = 'off_budget' where id = '$État'",
		['État : l’écriture nº 3 est un encaissement hors d’une recette fléchée.']
	],
	[
		'a word of an act',
		"alter table deliberations drop constraint deliberations_digest_of_text; update deliberations set text = replace(text, 'promis', 'remis!') where slug = 'acte-a'",
		['Délibération « Acte a » : le texte n’est plus celui de son empreinte.']
	],
	[
		'the place of a passage',
		'update citations set start_offset = start_offset - 1',
		['Délibération « Acte a » : aux positions 8 à 16 on lit «  1 000 € » et non « 1 000 € ».']
	]
] as const;

describe('recounting', () => {
	it('finds nothing in books that were kept by the rules', async () => {
		const { differences, ...counted } = await verifyBooks(books.database.owner, store);
		expect(differences).toEqual([]);
		expect(counted).toEqual({
			declarations: 1,
			entries: 5,
			envelopes: 3,
			monthTotals: 6,
			passages: 2,
			deliberations: 3,
			files: FILES_OF_A_WORLD
		});
	});

	it.each(CORRUPTIONS)('names %s', async (_, statement, sentences) => {
		const { differences } = await withCorruption(statement, () =>
			verifyBooks(books.database.owner, store)
		);
		// Spaces that do not break are checked with the money and the typography.
		expect(differences.map((difference) => plain(describeDifference(difference)))).toEqual(
			sentences.map(plain)
		);
	});

	it('counts offsets in UTF-16 units, as the pages do', async () => {
		const world = await plantWorld(superuser, { name: 'b' });
		const text = 'Façade 🏠🏠 : 12 logements.';
		const { rows } = await superuser.query<{ id: string }>(
			`insert into deliberations (slug, authority_id, sitting_on, title, text, text_digest, entered_by)
			values ('toits', $1, '2021-01-01', 'Toits', $2::text, encode(sha256(convert_to($2::text, 'UTF8')), 'hex'), $3) returning id`,
			[world.organisationId, text, world.financeId]
		);
		const start = text.indexOf('12 logements');
		await superuser.query(
			`insert into citations (deliberation_id, start_offset, end_offset, quote, kind, section, number, precision)
			values ($1, $2, $3, '12 logements', 'count', 'decision', 12, 0)`,
			[rows[0]?.id, start, start + 12]
		);
		await giveContent();
		expect((await verifyBooks(books.database.owner, store)).differences).toEqual([]);
	});

	it('names evidence whose file is missing, or is no longer what was given', async () => {
		const look = async () => {
			const { differences } = await verifyBooks(books.database.owner, store);
			return new Set(differences.map(describeDifference).map((text) => plain(text.slice(-45))));
		};
		const path = store.pathOf(digest);
		writeFileSync(path, 'une facturE');
		const changed = 'le fichier n’est plus celui de son empreinte.';
		expect([...(await look())].every((text) => text.endsWith(changed))).toBe(true);
		rmSync(path);
		expect([...(await look())].every((text) => text.endsWith('le fichier manque.'))).toBe(true);
		expect((await look()).size).toBeGreaterThan(0);
		writeFileSync(path, 'une facture');
		expect((await look()).size).toBe(0);
	});
});

describe('npm run verify', () => {
	const run = async () => {
		const { host, port, user, database } = books.database.owner;
		const url = `postgresql://${user}@localhost:${port}/${database}?host=${encodeURIComponent(String(host))}`;
		try {
			const { stdout, stderr } = await promisify(execFile)(
				process.execPath,
				['src/commands/verify.ts'],
				{ env: { ...process.env, DATABASE_URL: url, FILES_DIR: folder } }
			);
			return { code: 0, stdout: plain(stdout), stderr };
		} catch (error) {
			const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
			return { code, stdout: plain(stdout), stderr };
		}
	};

	it('says in one line what it recounted and how long it took', async () => {
		const { code, stdout, stderr } = await run();
		expect(stderr).toBe('');
		expect(stdout).toMatch(
			/^6 écritures, 4 enveloppes, 8 totaux de mois, 5 passages de 6 délibérations, 2 déclarations, \d+ fichiers recomptés en \d+,\d s : tout concorde\.\n$/
		);
		expect(code).toBe(0);
	});

	it('names what differs and ends with 1', async () => {
		const { code, stdout } = await withCorruption(CORRUPTIONS[0][1], run);
		expect(stdout).toMatch(
			/^État › encaissement : le compteur dit 300,01 €, le grand livre 300 €\.\n/
		);
		expect(stdout).toMatch(/ s : 1 écart\.\n$/);
		expect(code).toBe(1);
	});
});

/** Changes something behind every rule, and puts the tables back as they were. */
async function withCorruption<Result>(
	statement: string,
	look: () => Promise<Result>
): Promise<Result> {
	const tables = [
		'entries',
		'envelopes',
		'envelope_balances',
		'month_totals',
		'envelope_counterparties',
		'citations',
		'deliberations'
	];
	const change = statement
		.replaceAll('$Aides', ledger.id('Aides'))
		.replaceAll('$État', ledger.id('État'));
	await superuser.query("set session_replication_role = 'replica'");
	for (const name of tables) await superuser.query(`create table kept_${name} as table ${name}`);
	try {
		await superuser.query(change);
		return await look();
	} finally {
		for (const name of tables) {
			await superuser.query(`delete from ${name}`);
			await superuser.query(`insert into ${name} overriding system value table kept_${name}`);
			await superuser.query(`drop table kept_${name}`);
		}
		await superuser.query('reset session_replication_role');
	}
}

const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');
