import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { amountCell, countCell, measureRow } from '#lib/domain/declaration-cell.ts';
import { tableOf } from '#lib/domain/import-state.ts';
import { readConfig } from '#lib/server/config.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { createDatabase } from '#lib/server/db/client.ts';
import {
	listCells,
	listDeclarationEvents,
	listEvidence
} from '#lib/server/declarations/queries.ts';
import { saveCells } from '#lib/server/declarations/save-cells.ts';
import { applyImport } from '#lib/server/imports/apply-import.ts';
import { discardImport } from '#lib/server/imports/discard-import.ts';
import { leaveOut, takeBack } from '#lib/server/imports/leave-out.ts';
import { forgetColumns, matchColumns } from '#lib/server/imports/match-columns.ts';
import { findImport } from '#lib/server/imports/queries.ts';
import { readImport } from '#lib/server/imports/read-import.ts';
import { receiveSpreadsheet } from '#lib/server/imports/receive-spreadsheet.ts';
import { registerJob, startJobs, stopJobs } from '#lib/server/jobs/jobs.ts';
import { readImportPage } from '#lib/server/reports/import-page.ts';
import { openDesk, type DeclaredEnvelope, type Desk } from '../../support/declarations.ts';
import { parts, row, zip } from '../spreadsheets/reading.ts';
import { give, openFolder, plain, review, workbook } from './given.ts';

let desk: Desk;
let envelope: DeclaredEnvelope;
const folder = openFolder();

beforeAll(async () => {
	desk = await openDesk();
	envelope = await desk.envelope({
		label: 'Parcours',
		promised: '10 000,00',
		measures: ['Accession', 'Mobilité'],
		counted: { Accession: 'Accession : aides', Mobilité: 'Mobilité : aides' }
	});
});
afterAll(async () => {
	await desk.close();
	folder.remove();
});

const csv = (...lines: string[]) => `${lines.join('\r\n')}\r\n`;
const draftOf = async (id: string) => {
	const { cells } = await inTransaction(desk.people.declarant, (tx) => listCells(tx, id));
	const text = (key: string) => cells.get(key) ?? '';
	return ['Accession', 'Mobilité'].map((label) =>
		plain(text(amountCell(measureRow(envelope.ledger.measureId(label)))))
	);
};

describe('a spreadsheet for a draft', () => {
	it('is read line by line, and puts nothing into the draft before it is applied', async () => {
		const { declarant } = desk.people;
		const id = await envelope.type('2021-01-01', 'Accession: 5,00');
		const importId = await give(
			declarant,
			folder.files,
			id,
			'versements.csv',
			csv(
				'Mesure;Montant versé (€);Aides;Commentaire',
				'ACCESSION ;"1 234,50";12;',
				'mobilite;100,10;3;premier lot',
				'Mobilité;0,20;1;',
				'TOTAL GÉNÉRAL;1 334,80;16;'
			)
		);
		expect(await review(declarant, id, importId)).toEqual([
			'ready 4',
			'2 | 123450 | ',
			'3 | 10010 | ',
			'4 | 20 | ',
			'5 |  | Ligne de total : elle n’est pas comptée une seconde fois.'
		]);
		expect(await draftOf(id)).toEqual(['5,00', '']);

		const seen = async () => {
			const asked = { filter: null, after: 0 };
			const page = await readImportPage(declarant, id, importId, asked);
			return { declarationId: id, importId, seenDigest: page?.preview?.digest ?? '' };
		};
		// A colleague types somewhere that is replaced anyway: it is not overwritten unseen.
		const seenBefore = await seen();
		const page = await readImportPage(declarant, id, importId, { filter: null, after: 0 });
		const [changed] = page?.preview?.replaced ?? [];
		await saveCells(desk.people.colleague, id, [
			{ key: changed?.key ?? '', base: changed?.before ?? '', value: '999,00' }
		]);
		await expect(applyImport(declarant, seenBefore)).rejects.toThrow(/a changé entre-temps/);
		const applied = await seen();
		await applyImport(declarant, applied);
		expect(await draftOf(id)).toEqual(['1 234,50', '100,30']);
		await inTransaction(declarant, async (tx) => {
			const { cells } = await listCells(tx, id);
			const { rows } = await desk.owner.query<{ id: string }>(
				"select id from indicators where label = 'Mobilité : aides'"
			);
			const count = {
				indicatorId: rows[0]?.id ?? '',
				product: null,
				stage: null,
				communeCode: null
			};
			const mobility = measureRow(envelope.ledger.measureId('Mobilité'));
			expect(cells.get(countCell(mobility, count))).toBe('4');
			expect((await listEvidence(tx, id)).map(({ name }) => name)).toEqual(['versements.csv']);
			const events = await listDeclarationEvents(tx, id);
			expect(events.map(({ action }) => action)).toEqual(['create', 'import']);
			expect((await findImport(tx, id, importId))?.state).toBe('applied');
		});
		await expect(applyImport(declarant, applied)).rejects.toThrow(/déjà été repris/);
	});

	it('is not applied while a line has a problem, until the line is left out on purpose', async () => {
		const { declarant } = desk.people;
		const id = await envelope.type('2021-04-01', 'rien:');
		const importId = await give(
			declarant,
			folder.files,
			id,
			'problemes.xlsx',
			await workbook({
				Lisez: [['Bonjour']],
				Données: [
					['Deuxième trimestre'],
					[],
					['Mesure', 'Montant', 'Aides'],
					['Accession', 10.5, 1],
					['Mobilité', 'environ 30', 2],
					['Mobilité', { formula: 'SUM(B4:B4)', result: 10.5 }, null],
					['Mobilité', new Date('2021-05-01'), null],
					['Mobilité', 1.005, 2.5],
					['Inconnue', 3, null]
				]
			})
		);
		const asRead = [
			'ready 6',
			'4 | 1050 | ',
			'5 |  |  | B: Ce montant ne peut pas être lu. Écrivez par exemple 1 234,50.',
			'6 |  |  | B: La cellule B6 contient une formule : collez les valeurs.',
			'7 |  |  | B: La cellule B7 contient une date, pas un montant : changez son format en « Nombre ».',
			'8 |  |  | B: La cellule B8 a plus de deux décimales (1,005) : arrondissez-la vous-même au centime. | C: La cellule C8 n’est pas un nombre entier : écrivez par exemple 12.',
			'9 | 300 |  | A: « Inconnue » n’est pas une ligne de cette déclaration : écrivez son nom comme dans le modèle.'
		];
		expect(await review(declarant, id, importId)).toEqual(asRead);
		const ids = { declarationId: id, importId };
		await expect(applyImport(declarant, { ...ids, seenDigest: null })).rejects.toThrow(
			/5 lignes ont un problème/
		);
		expect(await leaveOut(declarant, ids, 5)).toBe(1);
		expect(await leaveOut(declarant, ids, 4)).toBe(0);
		expect(await takeBack(declarant, ids, 5)).toBe(1);
		expect(await review(declarant, id, importId)).toEqual(asRead);
		expect(await leaveOut(declarant, ids, 'all')).toBe(5);
		await applyImport(declarant, { ...ids, seenDigest: null });
		expect(await draftOf(id)).toEqual(['10,50', '']);
	});

	it('with headings that say nothing waits for a person, whose answer is remembered and can be forgotten', async () => {
		const { declarant, colleague } = desk.people;
		const id = await envelope.type('2021-07-01', 'rien:');
		const table = csv('Poste;K1;K2', 'Accession;1;2,50', 'Mobilité;3;4,00');
		const importId = await give(declarant, folder.files, id, 'a.csv', table);
		expect(await review(declarant, id, importId)).toEqual(['matching 0']);

		const ids = { declarationId: id, importId };
		await expect(matchColumns(declarant, ids, { 2: 'amount' })).rejects.toThrow(
			/le nom de la mesure/
		);
		await expect(
			matchColumns(declarant, ids, { 0: 'label', 1: 'amount', 2: 'amount' })
		).rejects.toThrow(/B et C ne peuvent pas dire la même chose/);
		await matchColumns(declarant, ids, { 0: 'label', 2: 'amount' });
		await readImport(
			{ db: declarant.db, files: folder.files },
			{ importId, actorId: declarant.actor.id }
		);
		expect(await review(declarant, id, importId)).toEqual(['ready 2', '2 | 250 | ', '3 | 400 | ']);

		const later = csv('Poste;K1;K2', 'Accession;1;9,00');
		const second = await give(colleague, folder.files, id, 'b.csv', later);
		expect(await review(colleague, id, second)).toEqual(['ready 1', '2 | 900 | ']);
		const found = await inTransaction(colleague, (tx) => findImport(tx, id, second));
		expect(tableOf(found?.columns ?? null)?.remembered).toBe(1);

		await forgetColumns(colleague, { declarationId: id, importId: second });
		await readImport(
			{ db: colleague.db, files: folder.files },
			{ importId: second, actorId: colleague.actor.id }
		);
		expect(await review(colleague, id, second)).toEqual(['matching 0']);
	});

	it('is seen by nobody of another organisation, and changed by none', async () => {
		const { declarant, stranger, officer, elected } = desk.people;
		const id = await envelope.type('2021-10-01', 'rien:');
		const importId = await give(
			declarant,
			folder.files,
			id,
			'c.csv',
			csv('Mesure;Montant', 'Accession;1')
		);
		const ids = { declarationId: id, importId };
		for (const other of [stranger, officer, elected]) {
			expect(
				await inTransaction(other, (tx) =>
					findImport(tx, id, importId).catch(() => undefined)
				).catch(() => undefined)
			).toBeUndefined();
			for (const command of [
				() => applyImport(other, { ...ids, seenDigest: null }),
				() => matchColumns(other, ids, { 0: 'label', 1: 'amount' }),
				() => forgetColumns(other, ids),
				() => leaveOut(other, ids, 'all'),
				() => discardImport(other, ids),
				() => give(other, folder.files, id, 'c.csv', 'a;b\r\n')
			]) {
				await expect(command()).rejects.toMatchObject({ kind: 'not-found' });
			}
			await readImport(
				{ db: other.db, files: folder.files },
				{ importId, actorId: other.actor.id }
			);
		}
		expect(await review(declarant, id, importId)).toEqual(['ready 1', '2 | 100 | ']);
		await discardImport(declarant, ids);
		expect(await review(declarant, id, importId)).toEqual(['discarded 0']);
	});

	it('may keep its reader busy for longer than a transaction may be idle', async () => {
		const { declarant } = desk.people;
		const id = await envelope.type('2022-01-01', 'rien:');
		const empty = '<c s="0"/>'.repeat(100);
		const rows = Array.from({ length: 4000 }, (_, index) => `<row r="${index + 3}">${empty}</row>`);
		const content = zip({
			...parts(`${row(1, 'Mesure', 'Montant')}${row(2, 'Accession', 1)}${rows.join('')}`),
			'[Content_Types].xml':
				'<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
		});
		const db = createDatabase({
			connection: desk.database.login,
			idleInTransactionTimeoutMs: 300
		});
		try {
			const hasty = { ...declarant, db };
			const importId = await give(hasty, folder.files, id, 'vide.xlsx', Buffer.from(content));
			expect(await review(declarant, id, importId)).toEqual(['ready 1', '2 | 100 | ']);
			await discardImport(declarant, { declarationId: id, importId });
		} finally {
			await db.close();
		}
	});

	it('given twice while it is looked at is the same import', async () => {
		const { declarant, colleague } = desk.people;
		const id = await envelope.type('2022-01-01', 'rien:');
		const table = csv('Mesure;Montant', 'Accession;1');
		const first = await give(declarant, folder.files, id, 'd.csv', table);
		expect(await give(colleague, folder.files, id, 'autre nom.csv', table)).toBe(first);
		await discardImport(declarant, { declarationId: id, importId: first });
		expect(await give(colleague, folder.files, id, 'd.csv', table)).not.toBe(first);
	});

	it('is read for whoever looks, though the account of whoever gave it was closed before', async () => {
		const { declarant, colleague } = desk.people;
		const leaver = await desk.person('Parti Depuis', 'partner', desk.partnerId);
		const id = await envelope.type('2022-01-01', 'rien:');
		const content = csv('Mesure;Montant', 'Accession;7');
		const stream = Readable.from([Buffer.from(content)]);
		const given = { name: 'parti.csv', stream };
		const { id: importId } = await receiveSpreadsheet(leaver, folder.files, id, given);
		await desk.owner.query('update users set deactivated_at = now() where id = $1', [
			leaver.actor.id
		]);
		const job = { db: declarant.db, files: folder.files };
		await readImport(job, { importId, actorId: leaver.actor.id });
		expect(await review(colleague, id, importId)).toEqual(['waiting 0']);

		// Somebody of the organisation looks, a while later.
		const asked: string[] = [];
		registerJob('read-import', async (_, data) => {
			asked.push(data.actorId);
			await readImport(job, data);
		});
		const now = () => new Date();
		startJobs({ db: declarant.db, config: readConfig({}), now, onError: () => {} });
		try {
			const at = new Date(Date.now() + 60_000);
			await readImportPage({ ...colleague, at }, id, importId, { filter: null, after: 0 });
			await expect
				.poll(() => review(colleague, id, importId), { timeout: 10_000 })
				.toEqual(['ready 1', '2 | 700 | ']);
			expect(asked).toEqual([colleague.actor.id]);
		} finally {
			await stopJobs(5_000);
		}
	});

	it('is one of fifty at most, those set aside not counted, however many are given at once', async () => {
		const { declarant } = desk.people;
		const id = await envelope.type('2022-04-01', 'rien:');
		const hold = (state: string, many: number) =>
			desk.owner.query(
				`insert into imports (id, declaration_id, file_digest, file_name, media_type, size_bytes, created_by, state)
				select gen_random_uuid(), $1, md5(n || $3) || md5(n || $3), 'x.csv', 'text/csv', 1, $2, $3
				from generate_series(1, $4::int) n`,
				[id, declarant.actor.id, state, many]
			);
		await hold('discarded', 50);
		await hold('ready', 49);
		const answers = await Promise.allSettled(
			['un', 'deux', 'trois'].map((name) => {
				const stream = Readable.from([Buffer.from(csv('Mesure;Montant', `${name};1`))]);
				return receiveSpreadsheet(declarant, folder.files, id, { name: `${name}.csv`, stream });
			})
		);
		expect(answers.map(({ status }) => status).sort()).toEqual([
			'fulfilled',
			'rejected',
			'rejected'
		]);
		const [refused] = answers.filter((answer) => answer.status === 'rejected');
		expect(String(refused?.reason)).toMatch(/50 tableurs au plus/);
	});
});
