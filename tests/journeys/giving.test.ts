import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LARGEST_EVIDENCE_BYTES } from '#lib/domain/evidence.ts';
import { docx, odt, paragraph, pdf } from '../server/texts/documents.ts';
import { listViolations, listWhatSticksOut } from './findings.ts';
import { NARROWEST, open, openSite, PHONE, settle, WIDE, type Site, type Visit } from './site.ts';

let site: Site;
let folder: string;
/** As a person has it: what is large takes long to be handed to the browser any other way. */
let large: string;

beforeAll(async () => {
	site = await openSite();
	folder = mkdtempSync(join(tmpdir(), 'tenu-given-acts-'));
	large = join(folder, 'Acte et annexes.pdf');
	writeFileSync(large, Buffer.alloc(LARGEST_EVIDENCE_BYTES + 1));
}, 180_000);
afterAll(async () => {
	await site?.close();
	rmSync(folder, { recursive: true, force: true });
});

const GIVE = '/deliberations/nouvelle';
const DESK = /\/deliberations\/lectures\/[0-9a-f-]{36}$/;

/** An act that nobody knows: the one of the demonstration about something else, word by word. */
const SHIPPED = readFileSync(
	new URL('../../src/lib/server/acts/texts/2020-12-17-action-logement.txt', import.meta.url),
	'utf8'
);

/** Acts that are like no other: their words stand in no other order. */
function act(subject: string): string {
	const words = SHIPPED.match(/\p{L}{5,}/gu) ?? [];
	const seed = [...subject].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
	const said = Array.from({ length: 80 }, (_, index) => words[(index * seed * 7) % words.length]);
	return `Séance du 17 décembre 2020\n\nOBJET : ${subject}\n\nConsidérant ${said.join(' ')},\n\nDÉCIDE\n- d’approuver le versement de 15 000 € pour ${subject}.`;
}

const MADE = {
	txt: (text: string) => Promise.resolve(Buffer.from(text)),
	docx: (text: string) =>
		Promise.resolve(
			docx(
				text
					.split('\n')
					.map((line) => paragraph(line))
					.join('')
			)
		),
	odt: (text: string) =>
		Promise.resolve(
			odt(
				text
					.split('\n')
					.map((line) => `<text:p>${line}</text:p>`)
					.join('')
			)
		),
	pdf: (text: string) => pdf([(page) => page.text(text)])
};

const begin = ({ page }: Visit) => page.getByRole('button', { name: 'Lire cet acte' });

async function expectAccessible({ page }: Visit): Promise<void> {
	expect(await listViolations(page)).toEqual([]);
	const width = page.viewportSize();
	await page.setViewportSize(NARROWEST);
	expect(await listWhatSticksOut(page)).toEqual([]);
	if (width) await page.setViewportSize(width);
}

describe.each([
	{ screen: 'a wide screen', viewport: WIDE },
	{ screen: 'a phone', viewport: PHONE }
])('on $screen', ({ screen, viewport }) => {
	it('an act is pasted, or given in a file of any kind, and read', async () => {
		const visit = await site.enter('finance', { viewport });
		const { page, faults } = visit;
		await open(page, GIVE);
		await page.getByLabel('Coller le texte').fill(act(`le texte ${screen}`));
		await begin(visit).click();
		await page.waitForURL(DESK);
		for (const [kind, make] of Object.entries(MADE)) {
			await open(page, GIVE);
			const buffer = await make(act(`un ${kind} sur ${screen}`));
			const file = { name: `Acte.${kind}`, mimeType: 'application/octet-stream', buffer };
			await page.getByLabel('Choisir un fichier').setInputFiles(file);
			await begin(visit).click();
			await page.waitForURL(DESK);
		}
		await open(page, GIVE);
		expect(await page.getByRole('row', { name: /Acte\.pdf/ }).count()).toBeGreaterThan(0);
		await expectAccessible(visit);
		expect(faults).toEqual([]);
		await visit.context.close();
	});

	it('what is refused says why, and keeps what was typed', async () => {
		const visit = await site.enter('finance', { viewport });
		const { page } = visit;
		await open(page, GIVE);
		await page.getByLabel('Coller le texte').fill('Un texte que je tape');
		const scanned = await pdf([(drawn) => drawn.rect(50, 50, 200, 200).fill('black')]);
		const file = { name: 'Acte.pdf', mimeType: 'application/pdf', buffer: scanned };
		await page.getByLabel('Choisir un fichier').setInputFiles(file);
		await begin(visit).click();
		const summary = page.getByRole('alert');
		await summary.getByText('gardez l’un des deux').waitFor();
		expect(await page.getByLabel('Coller le texte').inputValue()).toBe('Un texte que je tape');
		expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('alert');
		await page.getByLabel('Choisir un fichier').setInputFiles(large);
		await begin(visit).click();
		await page.getByRole('alert').getByText('un fichier fait 20').waitFor();
		expect(await page.getByLabel('Coller le texte').inputValue()).toBe('Un texte que je tape');
		await page.getByLabel('Choisir un fichier').setInputFiles(file);
		await page.getByLabel('Coller le texte').fill('');
		await begin(visit).click();
		await summary.getByText('reconnaissance de caractères').waitFor();
		await expectAccessible(visit);
		await visit.context.close();
	});

	it('an act that is known is said to be, one that is like it is asked about, and it is found again', async () => {
		const visit = await site.enter('finance', { viewport });
		const { page, faults } = visit;
		await open(page, GIVE);
		await page.getByLabel('Coller le texte').fill(SHIPPED);
		await begin(visit).click();
		await page.getByText('Ce texte est, à la lettre, celui de').waitFor();
		await page.getByLabel('Coller le texte').fill(SHIPPED.replace('86', '87'));
		await begin(visit).click();
		await page.getByRole('heading', { name: 'Est-ce le même acte' }).waitFor();
		await settle(page);
		await expectAccessible(visit);
		await page
			.getByRole('button', { name: /C’est le même/ })
			.first()
			.click();
		await page.waitForURL(/\/deliberations\/2020-12-17-[a-z-]+$/);

		await open(page, '/deliberations');
		await page.getByLabel('Mots du texte').fill('CRAL');
		await page.getByRole('button', { name: 'Filtrer' }).click();
		await page.getByRole('status').getByText('1 délibération trouvée').waitFor();
		expect(await page.locator('mark').count()).toBeGreaterThan(0);
		await expectAccessible(visit);
		await page.getByLabel('Mots du texte').fill('tramway');
		await page.getByRole('button', { name: 'Filtrer' }).click();
		await page.getByText('Aucune délibération ne répond').waitFor();
		expect(faults.filter((fault) => !fault.includes('409'))).toEqual([]);
		await visit.context.close();
	});
});

it('all of it works without script', async () => {
	const visit = await site.enter('finance', { javaScriptEnabled: false });
	const { page } = visit;
	await page.goto(GIVE);
	await begin(visit).click();
	expect(await page.getByRole('alert').innerText()).toContain('Collez le texte');
	await page.getByLabel('Coller le texte').fill(act('une lecture sans script'));
	await begin(visit).click();
	await page.waitForURL(DESK);
	await page.goto(GIVE);
	await page
		.getByRole('row', { name: /une lecture sans script/ })
		.getByRole('button')
		.click();
	await page.getByText('La lecture est mise de côté').waitFor();
	expect(await page.getByText('une lecture sans script').count()).toBe(0);
	await visit.context.close();
});

it('the publication of an act is completed and its file saved', async () => {
	const visit = await site.enter('finance');
	const { page } = visit;
	await open(page, '/deliberations/export');
	await page
		.getByRole('link', { name: /^Compléter/ })
		.first()
		.click();
	await page.getByLabel('SIRET de').fill('242 100 410 000 15');
	await page.getByRole('button', { name: 'Garder' }).click();
	await page.getByRole('alert').getByText('Ce n’est pas un SIRET').waitFor();
	await page.getByLabel('SIRET de').fill('242 100 410 000 16');
	await page.getByLabel('Numéro de l’acte').fill('2021-09-30_012');
	await page.getByLabel('Code de la matière').fill('8.5');
	await page.getByRole('button', { name: 'Garder' }).click();
	await page.getByText('Rien ne manque').waitFor();
	await open(page, '/deliberations/export');
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('link', { name: 'Télécharger' }).click()
	]);
	const lines = readFileSync(await download.path(), 'utf8')
		.trim()
		.split('\r\n');
	expect(lines).toHaveLength(2);
	expect(lines[1]).toMatch(/^Dijon Métropole,24210041000016,2021-09-30_012,2021-09-30,8\.5,/);
	expect(lines[1]).toMatch(/,86,83,83,0,0,$/);
	await visit.context.close();
});
