import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Download, Page } from 'playwright-core';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LARGEST_EVIDENCE_BYTES } from '#lib/domain/evidence.ts';
import { ask } from '../support/people.ts';
import { listViolations, listWhatSticksOut } from './findings.ts';
import { NARROWEST, open, openSite, PHONE, settle, WIDE, type Site } from './site.ts';

let site: Site;
/** Drafts of nobody else’s journey, one a test. */
let drafts: string[];
let folder: string;

beforeAll(async () => {
	site = await openSite();
	folder = mkdtempSync(join(tmpdir(), 'tenu-given-'));
	const rows = await ask<{ id: string }>(
		site.database,
		`insert into declarations (envelope_id, organisation_id, period_starts_on, period_ends_on, created_by)
		select e.id, e.partner_id, e.starts_on + n, e.starts_on + n, u.id
		from users u join lateral (
			select * from envelopes where partner_id = u.organisation_id order by position limit 1
		) e on true, generate_series(1, 8) n
		where u.email = 'partenaire@demo.example' returning id`
	);
	drafts = rows.map(({ id }) => id);
}, 180_000);
afterAll(async () => {
	await site?.close();
	rmSync(folder, { recursive: true, force: true });
});

const nextDraft = (): string => `/declarations/${drafts.pop()}/justificatifs`;

const PDF = Buffer.from('%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer << >>\n%%EOF\n');
const pdf = (name: string, size = 2000) => ({
	name,
	mimeType: 'application/pdf',
	buffer: Buffer.concat([PDF, randomBytes(size)])
});
const program = {
	name: 'facture.pdf',
	mimeType: 'application/pdf',
	buffer: Buffer.from('MZ\0\x90')
};

/** As a person has them: what is large takes long to be handed to the browser any other way. */
function onDisk(given: readonly ReturnType<typeof pdf>[]): string[] {
	return given.map(({ name, buffer }) => {
		const path = join(folder, name);
		writeFileSync(path, buffer);
		return path;
	});
}

const files = (page: Page) => page.locator('table tbody tr');
const uploads = (page: Page) =>
	page.getByRole('list', { name: 'Fichiers envoyés depuis cette page' });

describe.each([
	{ screen: 'a wide screen', viewport: WIDE },
	{ screen: 'a phone', viewport: PHONE }
])('on $screen', ({ viewport }) => {
	it('attaches several files at once, is told which are refused, saves one and takes it off', async () => {
		const { page, faults, context } = await site.enter('partner', { viewport });
		await open(page, nextDraft());
		expect(await page.getByText('Aucun fichier n’est joint.').count()).toBe(1);
		expect(await page.getByText('Sans justificatif, vous pourrez transmettre').count()).toBe(1);
		const bill = pdf('Facture n° 4 – été.pdf');
		await page.getByLabel('Ces fichiers portent sur').selectOption({ index: 1 });
		await page
			.getByLabel('Fichiers', { exact: true })
			.setInputFiles(
				onDisk([bill, program, pdf('trop.pdf', LARGEST_EVIDENCE_BYTES), pdf('bilan.pdf')])
			);
		await page.getByRole('button', { name: 'Joindre' }).click();
		await page.getByText('2 fichiers joints sur 4.').waitFor();
		expect(await uploads(page).getByText('est un programme').count()).toBe(1);
		expect(await uploads(page).getByText('et un fichier fait 20\u00a0Mo au plus').count()).toBe(1);
		await files(page).nth(1).waitFor();
		expect(await files(page).count()).toBe(2);
		expect(await page.getByText('Sans justificatif').count()).toBe(0);
		expect(await listViolations(page)).toEqual([]);
		expect(await listWhatSticksOut(page)).toEqual([]);

		const saved = await download(page, () => page.getByRole('link', { name: bill.name }).click());
		expect(saved.suggestedFilename()).toBe(bill.name);
		expect((await readFile(await saved.path())).equals(bill.buffer)).toBe(true);

		await page.getByRole('button', { name: `Retirer ${bill.name}` }).click();
		await page.getByText('Le fichier est retiré.').waitFor();
		await settle(page);
		expect(await page.getByRole('link', { name: bill.name }).count()).toBe(0);
		expect(await files(page).count()).toBe(1);
		// Taken off by mistake: attached again, it is there again.
		await page.getByLabel('Fichiers', { exact: true }).setInputFiles([bill]);
		await page.getByRole('button', { name: 'Joindre' }).click();
		await files(page).nth(1).waitFor();
		expect(faults).toEqual([]);
		await context.close();
	}, 60_000);

	it('sees how far a file is, and calls it off', async () => {
		const { page, faults, context } = await site.enter('partner', { viewport });
		await open(page, nextDraft());
		const network = await context.newCDPSession(page);
		await network.send('Network.emulateNetworkConditions', {
			offline: false,
			latency: 0,
			downloadThroughput: -1,
			uploadThroughput: 300_000
		});
		await page
			.getByLabel('Fichiers', { exact: true })
			.setInputFiles(onDisk([pdf('lente.pdf', 3_000_000), pdf('petite.pdf')]));
		await page.getByRole('button', { name: 'Joindre' }).click();
		const progress = page.getByRole('progressbar', { name: 'Envoi de lente.pdf' });
		await page.waitForFunction(() =>
			[...document.querySelectorAll('progress')].some(({ value }) => value > 0.1 && value < 0.9)
		);
		expect(await listViolations(page)).toEqual([]);
		await page.getByRole('button', { name: 'Annuler l’envoi de lente.pdf' }).click();
		await uploads(page).getByText('envoi annulé').waitFor();
		expect(await progress.count()).toBe(0);
		await page.getByText('1 fichier joint sur 2.').waitFor();
		await page.reload();
		expect(await page.getByRole('link', { name: 'petite.pdf' }).count()).toBe(1);
		expect(await page.getByRole('link', { name: 'lente.pdf' }).count()).toBe(0);
		expect(faults).toEqual([]);
		await context.close();
	}, 60_000);
});

it('works without script: several files, what is refused, taking one off', async () => {
	const { page, context } = await site.enter('partner', { javaScriptEnabled: false });
	await page.goto(nextDraft());
	const attach = async (given: ReturnType<typeof pdf>[]) => {
		await page.getByLabel('Fichiers', { exact: true }).setInputFiles(given);
		await page.getByRole('button', { name: 'Joindre' }).click();
		await page.waitForLoadState('load');
	};
	const bill = pdf('facture.pdf');
	await attach([bill, pdf('bilan.pdf')]);
	expect(await page.getByRole('status').allInnerTexts()).toContainEqual(
		expect.stringContaining('2 fichiers sont joints.')
	);
	await attach([{ ...bill, name: 'encore.pdf' }]);
	expect(await page.getByText('1 fichier était déjà joint').count()).toBe(1);
	await attach([program, pdf('bon.pdf')]);
	expect(await page.getByRole('alert').innerText()).toContain(
		'facture.pdf\u00a0: Le contenu de ce fichier est un programme'
	);
	expect(await files(page).count()).toBe(3);
	await page.getByRole('button', { name: 'Retirer bilan.pdf' }).click();
	await page.getByText('Le fichier est retiré.').waitFor();
	expect(await files(page).count()).toBe(2);
	await context.close();
}, 60_000);

it('tells who lost the session that the file has not gone', async () => {
	const { page, context } = await site.enter('partner');
	await open(page, nextDraft());
	await context.clearCookies();
	await page.getByLabel('Fichiers', { exact: true }).setInputFiles([pdf('facture.pdf')]);
	await page.getByRole('button', { name: 'Joindre' }).click();
	await uploads(page).getByText('Votre session a pris fin').waitFor();
	await context.close();
});

describe('the receipt', () => {
	it('is a page to print and a PDF to keep, with the same figures, for both sides', async () => {
		const [sent] = await ask<{ id: string; number: string; digest: string }>(
			site.database,
			`select d.id, d.number, d.digest from declarations d join users u on u.organisation_id = d.organisation_id
			where u.email = 'partenaire@demo.example' and d.state = 'accepted'
				and exists (select from declaration_files f where f.declaration_id = d.id)
			order by d.number limit 1`
		);
		for (const role of ['partner', 'finance'] as const) {
			const { page, faults, context } = await site.enter(role);
			expect(await open(page, `/declarations/${sent?.id}/recu`)).toBe(200);
			expect(await page.locator('h1').innerText()).toBe(
				`Récépissé de la déclaration nº\u00a0${sent?.number}`
			);
			const main = await page.locator('main').innerText();
			expect(main).toContain(sent?.digest);
			expect(main).toContain('Données fictives');
			const amounts = (
				await page.locator('tbody td.numeric, tfoot td.numeric').allInnerTexts()
			).map((text) => text.replaceAll(/\s+/g, ' ').trim());
			expect(amounts.length).toBeGreaterThan(1);
			expect(await listViolations(page)).toEqual([]);
			for (const viewport of [PHONE, NARROWEST]) {
				await page.setViewportSize(viewport);
				expect(await listWhatSticksOut(page)).toEqual([]);
				expect(await listViolations(page)).toEqual([]);
			}
			await page.setViewportSize(WIDE);
			await page.emulateMedia({ media: 'print' });
			expect(await page.getByRole('link', { name: 'Enregistrer le PDF' }).isVisible()).toBe(false);
			expect(await page.getByText(sent?.digest ?? '').isVisible()).toBe(true);
			await page.emulateMedia({ media: 'screen' });

			const link = page.getByRole('link', { name: 'Enregistrer le PDF' });
			const saved = await download(page, () => link.click());
			expect(saved.suggestedFilename()).toMatch(
				new RegExp(`^recepisse-${sent?.number}(-envoi-\\d)?-fictif\\.pdf$`)
			);
			const document = await getDocumentProxy(new Uint8Array(await readFile(await saved.path())));
			const { text } = await extractText(document, { mergePages: true });
			const said = text.replaceAll(/\s+/g, ' ');
			for (const amount of amounts) expect(said).toContain(amount);
			expect(text.replaceAll(/\s/g, '')).toContain(sent?.digest);
			expect(faults).toEqual([]);
			await context.close();
		}
	}, 60_000);
});

async function download(page: Page, click: () => Promise<void>): Promise<Download> {
	const [saved] = await Promise.all([page.waitForEvent('download'), click()]);
	return saved;
}
