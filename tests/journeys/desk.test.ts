import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ProposalValue } from '#lib/domain/act/desk/proposal.ts';
import { ask } from '../support/people.ts';
import { plantReading, type PlantedReading } from '../support/readings.ts';
import { listViolations, listWhatSticksOut } from './findings.ts';
import { open, openSite, PHONE, settle, WIDE, type Site } from './site.ts';

/** With everything that makes places hard to tell: hidden stars, tabs, marks in marks, letters of two units. */
const TEXT = `EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS
Séance du 17 décembre 2020, après celle du 30 mars 2017
Membres présents :
M. François REBSAMEN	M. Guillaume RUET	M. Nicolas SCHOUTITH
Mme Nathalie KOENDERS		M. Léo LACHAMBRE
OBJET : **Convention avec l’État**

L’État verse une enveloppe annuelle de **494 000 €** (quatre cent mille 😀 et plus) pendant deux années, soit 988 000 € en tout.

- 30 M€ dont 15 M€ pour les ménages et 15,0 M€ pour les bailleurs, de 2020 à 2022 ;
  - o 52 % des logements, et un solde de 236 000 € que personne n’a lu.
${'\nUn paragraphe qui ne dit rien de chiffré, mais qui tient la place que prend le texte d’un acte.\n'.repeat(12)}
**LE CONSEIL,
APRÈS EN AVOIR DÉLIBÉRÉ, DÉCIDE :**

- **d’approuver** la convention avec l’État.

POUR : 83`;

const YEARLY: ProposalValue = {
	type: 'amount',
	cents: '49400000',
	precisionCents: '50',
	kind: 'amount',
	per: 'year',
	formula: null
};
const DERIVED: ProposalValue = {
	...YEARLY,
	cents: '98800000',
	per: null,
	kind: 'derived',
	formula: '494 000 € × 2 années'
};

let site: Site;
let reading: PlantedReading;
let address: string;

beforeAll(async () => void (site = await openSite()), 180_000);
afterAll(() => site?.close());

beforeEach(async () => {
	const waiting = { choice: null } as const;
	const wholes = { within: '30 M€ dont 15 M€ pour' };
	reading = await plantReading(site.database, TEXT, [
		{ key: 'sitting', role: 'sitting', quote: '17 décembre 2020', section: 'header', ...waiting },
		{ key: 'other', role: 'sitting', quote: '30 mars 2017', section: 'header', ...waiting },
		{ key: 'title', role: 'title', quote: 'Convention avec l’État', section: 'header', ...waiting },
		{ key: 'for', role: 'for', quote: '83', section: 'decision', ...waiting },
		{
			key: 'decision',
			role: 'decision',
			quote: '**d’approuver** la convention avec l’État',
			value: { type: 'decision', verb: 'approuver', text: 'la convention avec l’État' },
			section: 'decision',
			...waiting
		},
		{ key: 'yearly', role: 'amount', quote: '494 000 €', value: YEARLY, ...waiting },
		{ key: 'total', role: 'amount', quote: '988 000 €', value: DERIVED, ...waiting },
		{ key: 'all', role: 'amount', quote: '30 M€', ...waiting },
		{ key: 'part', role: 'amount', quote: '15 M€', ...wholes, partOf: 'all', ...waiting },
		{ key: 'other-part', role: 'amount', quote: '15,0 M€', partOf: 'all', ...waiting },
		{ key: 'share', role: 'percentage', quote: '52 %', ...waiting }
	]);
	address = `/deliberations/lectures/${reading.id}`;
});

type Row = {
	id: string;
	role: string;
	choice: string | null;
	kept_start: number | null;
	kept_end: number | null;
	kept_value: ProposalValue | null;
};

const rows = () =>
	ask<Row>(site.database, 'select * from reading_proposals where reading_id = $1', [reading.id]);

const choiceOf = async (name: string): Promise<string | null> =>
	(await rows()).find(({ id }) => id === reading.key(name))?.choice ?? null;

const card = (page: Page) => page.locator('#lecture');

/** Words with whatever spaces French sets between them. */
const spaced = (words: string): RegExp =>
	new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s'));

const waitForCard = (page: Page, words: string) =>
	card(page)
		.filter({ hasText: spaced(words) })
		.waitFor();

const said = (page: Page, words: string) =>
	page
		.getByRole('status')
		.filter({ hasText: spaced(words) })
		.waitFor();

const amountOf = (page: Page) => card(page).getByLabel('Le montant');

const look = async (page: Page) => {
	await settle(page);
	expect(await listViolations(page), page.url()).toEqual([]);
	expect(await listWhatSticksOut(page), page.url()).toEqual([]);
};

describe('at the desk', () => {
	it('an act is decided from the first reading to the last by keyboard alone', async () => {
		const { page, faults, context } = await site.enter('finance', { viewport: WIDE });
		await open(page, address);
		await look(page);
		const press = (key: string) => page.keyboard.press(key);
		await page.getByText('0 sur 10 décidées').waitFor();
		await page.getByText('l’acte le dit de 2 façons').waitFor();

		await press('?');
		await page.getByText('reprendre la décision').waitFor();
		await press('?');
		await press('a');
		await said(page, '17 décembre 2020, accepté, l’autre valeur est refusée');
		await waitForCard(page, 'Objet');
		expect(await page.evaluate(() => document.activeElement?.id)).toBe('lecture');
		await press('u');
		await page.getByText('0 sur 10 décidées').waitFor();
		await press('a');
		await said(page, '17 décembre 2020');
		await press('a');
		await said(page, 'Objet : Convention avec l’État, accepté');
		await waitForCard(page, 'Pour');
		await press('r');
		await said(page, 'Pour : 83, refusé');
		await waitForCard(page, 'Décision');

		// To the figures, down two, and back to what is per year.
		await press(']');
		await waitForCard(page, '494 000 €');
		await press('j');
		await waitForCard(page, 'Calculé');
		expect(await card(page).getByRole('button', { name: 'Accepter' }).count()).toBe(0);
		await press('a');
		await press('ArrowUp');
		await waitForCard(page, 'par an');
		await press('Enter');
		expect(await page.evaluate(() => document.activeElement?.className)).toMatch(/letter/);
		await press('c');
		await amountOf(page).waitFor();
		// In a field, letters are letters.
		await page.keyboard.press('ControlOrMeta+A');
		await page.keyboard.type('beaucoup');
		await page.keyboard.press('Enter');
		await page
			.getByRole('alert')
			.getByText(/Ce montant ne peut pas être lu/)
			.waitFor();
		expect(await amountOf(page).inputValue()).toBe('beaucoup');
		await look(page);
		await amountOf(page).focus();
		await page.keyboard.press('ControlOrMeta+A');
		await page.keyboard.type('495 000');
		await page.keyboard.press('Enter');
		await said(page, 'Montant : 495 000 €, corrigé');
		await card(page).getByText('Lu dans l’acte').waitFor();
		await look(page);

		await press('s');
		await page.getByRole('button', { name: /Accepter ces 4 lectures/ }).waitFor();
		await page.keyboard.press('Enter');
		await said(page, '4 lectures acceptées');
		await page.getByText('9 sur 10 décidées').waitFor();
		expect(await choiceOf('total')).toBe(null);
		expect(await choiceOf('yearly')).toBe('corrected');

		// What was missed, by its words.
		await press('m');
		await page.keyboard.type('236 000 €');
		await page.keyboard.press('Tab');
		await page.getByRole('button', { name: 'Marquer ce passage' }).focus();
		await page.keyboard.press('Enter');
		await said(page, 'Montant : 236 000 €, marqué à la main');
		await look(page);
		await page.getByText('1 lecture n’est pas décidée').waitFor();
		expect(faults).toEqual([]);
		await context.close();
	}, 90_000);

	it('words selected with the mouse are marked where they stand, wherever that is', async () => {
		const { page, faults, context } = await site.enter('finance', { viewport: WIDE });
		await open(page, address);
		const words = '236 000 €';
		await drag(page, words);
		const bar = page.getByRole('group', { name: 'Marquer ce qui est sélectionné' });
		await bar.waitFor();
		await look(page);
		await bar.getByRole('button', { name: 'montant' }).click();
		await said(page, '236 000 €, marqué à la main');
		const [marked] = (await rows()).filter(({ choice }) => choice === 'marked');
		expect(marked).toMatchObject({
			kept_start: TEXT.indexOf(words),
			kept_end: TEXT.indexOf(words) + words.length
		});

		await bar.waitFor({ state: 'detached' });
		await page.waitForFunction(() => document.activeElement?.id === 'lecture');

		// A value that the words do not say is asked for, and the words need not be selected again.
		await drag(page, 'que personne');
		await bar.getByRole('button', { name: 'montant' }).click();
		await page
			.getByRole('alert')
			.getByText(/La valeur ne se lit pas/)
			.waitFor();
		await page.locator('#marquer').getByText('Sélectionné').waitFor();
		await page.locator('#marquer').getByLabel('Le montant').fill('12 €');
		await page.getByRole('button', { name: 'Marquer ce passage' }).click();
		await said(page, 'Montant : 12 €, marqué à la main');

		// A mark leads to its proposal; the innermost counts.
		await page.locator('mark.amount', { hasText: '15,0 M€' }).click({ position: { x: 4, y: 8 } });
		await waitForCard(page, '15,0 M€');
		expect(new URL(page.url()).searchParams.get('proposition')).toBe(reading.key('other-part'));
		expect(faults).toEqual([]);
		await context.close();
	}, 60_000);

	it('any selection is told as the place of the text that it is', async () => {
		const { page, context } = await site.enter('finance', { viewport: WIDE });
		await open(page, address);
		const found = await page.evaluate(async () => {
			const sheet = document.querySelector('article.sheet');
			const walker = document.createTreeWalker(sheet ?? document, NodeFilter.SHOW_TEXT);
			const nodes: Text[] = [];
			while (walker.nextNode()) {
				const node = walker.currentNode as Text;
				if (node.data !== '' && node.parentElement?.closest('[data-start]')) nodes.push(node);
			}
			const answers: { start: number; end: number; words: string }[] = [];
			let seed = 7;
			const random = (below: number) => (seed = (seed * 16807) % 2147483647) % below;
			for (let tries = 0; tries < 80; tries += 1) {
				const first = random(nodes.length);
				const last = Math.min(nodes.length - 1, first + random(6));
				const [from, to] = [nodes[first], nodes[last]];
				if (!from || !to) continue;
				const start = random(from.length);
				const end =
					first === last ? start + 1 + random(from.length - start) : 1 + random(to.length);
				document.getSelection()?.setBaseAndExtent(from, start, to, end);
				await new Promise((done) => setTimeout(done, 15));
				const value = (name: string) =>
					document.querySelector<HTMLInputElement>(`[data-bar] input[name=${name}]`)?.value;
				// Line by line, since no line end stands in the page.
				const range = document.createRange();
				range.setStart(from, start);
				range.setEnd(to, end);
				const lines = [...range.cloneContents().querySelectorAll('[data-start]')];
				const words =
					lines.length > 0 ? lines.map((line) => line.textContent).join('\n') : range.toString();
				answers.push({ start: Number(value('start')), end: Number(value('end')), words });
			}
			return answers;
		});
		expect(found.length).toBeGreaterThan(60);
		for (const { start, end, words } of found) expect(TEXT.slice(start, end)).toBe(words);
		await context.close();
	}, 60_000);

	it('two people are told of each other, and nothing typed is lost', async () => {
		const one = await site.enter('finance', { viewport: WIDE });
		const two = await site.enter('finance', { viewport: WIDE });
		const there = `${address}?proposition=${reading.key('yearly')}`;
		await Promise.all([open(one.page, there), open(two.page, there)]);
		await card(one.page).getByText('Corriger').click();
		await amountOf(one.page).fill('495 000');
		await card(two.page).getByRole('button', { name: 'Refuser' }).click();
		await said(two.page, 'refusé');
		await one.page.getByRole('button', { name: 'Enregistrer la correction' }).click();
		await one.page
			.getByRole('alert')
			.getByText(/en a décidé entre-temps \(refusé\)/)
			.waitFor();
		expect(await amountOf(one.page).inputValue()).toBe('495 000');
		expect(await choiceOf('yearly')).toBe('refused');
		await one.page.getByRole('button', { name: 'Enregistrer la correction' }).click();
		await said(one.page, '495 000 €, corrigé');
		await Promise.all([one.context.close(), two.context.close()]);
	}, 60_000);

	it('one hand on a phone is enough', async () => {
		const { page, faults, context } = await site.enter('finance', { viewport: PHONE });
		await open(page, `${address}?etape=figures`);
		await look(page);
		await card(page).getByText('L’État verse une enveloppe annuelle de').waitFor();
		await card(page).getByRole('button', { name: 'Accepter' }).click();
		await said(page, '494 000 €, accepté');
		await page.getByRole('button', { name: 'Annuler' }).click();
		await waitForCard(page, '494 000 €');
		expect(await choiceOf('yearly')).toBe(null);
		await card(page).getByText('Corriger').click();
		await look(page);
		expect(faults).toEqual([]);
		await context.close();
	}, 60_000);

	it('a reading that was set aside is read, and nothing can be decided in it', async () => {
		await ask(site.database, "update readings set state = 'set_aside' where id = $1", [reading.id]);
		const { page, faults, context } = await site.enter('finance', { viewport: WIDE });
		await open(page, `${address}?proposition=${reading.key('yearly')}`);
		await page.getByText('Cette lecture a été abandonnée').waitFor();
		await waitForCard(page, '494 000 €');
		expect(await page.locator('main form').count()).toBe(0);
		await look(page);
		expect(faults).toEqual([]);
		await context.close();
	}, 60_000);

	it('everything is done without script', async () => {
		const { page, context } = await site.enter('finance', {
			viewport: PHONE,
			javaScriptEnabled: false
		});
		await page.goto(address);
		await page
			.getByRole('link', { name: /30 mars 2017/ })
			.first()
			.click();
		await card(page).getByRole('button', { name: 'Choisir celle-ci' }).click();
		await said(page, '30 mars 2017, accepté, l’autre valeur est refusée');
		await page.getByRole('button', { name: 'Annuler' }).click();
		expect(await choiceOf('sitting')).toBe(null);
		await page.getByRole('link', { name: /5\. Les chiffres/ }).click();
		await card(page).getByText('Corriger').click();
		await card(page).getByLabel('Le montant').fill('rien');
		await card(page).getByRole('button', { name: 'Enregistrer la correction' }).click();
		await page
			.getByRole('alert')
			.getByText(/Ce montant ne peut pas être lu/)
			.waitFor();
		await card(page).getByLabel('Le montant').fill('495 000');
		await card(page).getByText('Les mots sont ailleurs').click();
		await card(page)
			.getByLabel(/Les mots, s’ils sont ailleurs/)
			.fill('enveloppe annuelle');
		await card(page)
			.getByLabel(/Les derniers mots/)
			.fill('494 000 €');
		await card(page).getByRole('button', { name: 'Enregistrer la correction' }).click();
		await said(page, '495 000 €, corrigé');
		const yearly = (await rows()).find(({ id }) => id === reading.key('yearly'));
		expect(TEXT.slice(yearly?.kept_start ?? 0, yearly?.kept_end ?? 0)).toBe(
			'enveloppe annuelle de **494 000 €'
		);

		await page.getByText('Marquer un passage à la main').click();
		const mark = page.locator('#marquer');
		await mark.getByLabel(/Les mots de l’acte/).fill('l’état');
		await mark.getByLabel('C’est').first().selectOption('words');
		await mark.getByRole('button', { name: 'Marquer ce passage' }).click();
		await page
			.getByRole('alert')
			.getByText(/fois dans l’acte.: dites laquelle/)
			.waitFor();
		await mark.getByLabel(/Quelle fois/).fill('2');
		await mark.getByRole('button', { name: 'Marquer ce passage' }).click();
		await said(page, 'Mots, marqué à la main');
		const [marked] = (await rows()).filter(({ choice }) => choice === 'marked');
		expect(marked?.kept_start).toBe(
			TEXT.toLowerCase().indexOf('l’état', TEXT.indexOf('L’État verse'))
		);
		await context.close();
	}, 60_000);
});

/** Draws the mouse over some words of the act. */
async function drag(page: Page, words: string): Promise<void> {
	const box = await page.evaluate((wanted) => {
		const walker = document.createTreeWalker(
			document.querySelector('article.sheet') ?? document,
			NodeFilter.SHOW_TEXT
		);
		while (walker.nextNode()) {
			const node = walker.currentNode as Text;
			const at = node.data.indexOf(wanted);
			if (at === -1) continue;
			const range = document.createRange();
			range.setStart(node, at);
			range.setEnd(node, at + wanted.length);
			node.parentElement?.scrollIntoView({ block: 'center', behavior: 'instant' });
			const lines = [...range.getClientRects()];
			const [first, last] = [lines[0], lines.at(-1)];
			if (!first || !last) return null;
			const from = { x: first.left + 0.5, y: first.top + first.height / 2 };
			return { from, to: { x: last.right, y: last.top + last.height / 2 } };
		}
		return null;
	}, words);
	if (!box) throw new Error(`« ${words} » is not shown`);
	await page.mouse.move(box.from.x, box.from.y);
	await page.mouse.down();
	await page.mouse.move(box.to.x, box.to.y, { steps: 4 });
	await page.mouse.up();
}
