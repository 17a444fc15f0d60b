import type { Page } from 'playwright-core';
import type { ProposalRole, ProposalStep } from '#lib/domain/act/desk/proposal.ts';
import type { TestDatabase } from '../support/database.ts';
import { ask } from '../support/people.ts';

/** What a person does at the desk of a reading, by what the page offers. */
export type DeskHand = {
	readingId: string;
	/** Accepts together what is read for sure in a step; the rest is left. */
	acceptSure: (step: ProposalStep) => Promise<void>;
	/** Accepts what is read in a step, one by one. */
	acceptRead: (step: ProposalStep) => Promise<void>;
	accept: (role: ProposalRole, quote: string) => Promise<void>;
	refuse: (role: ProposalRole, quote: string) => Promise<void>;
	/** Says where the words really stand. */
	moveTo: (role: ProposalRole, quote: string, words: string) => Promise<void>;
	mark: (role: ProposalRole, words: string) => Promise<void>;
};

export function openDeskHand(test: TestDatabase, page: Page, readingId: string): DeskHand {
	const here = `/deliberations/lectures/${readingId}`;
	const card = page.locator('#lecture');
	const done = () => page.waitForURL((url) => url.searchParams.has('fait'));

	async function choose(role: ProposalRole, quote: string): Promise<void> {
		const rows = await ask<{ id: string }>(
			test,
			`select p.id from reading_proposals p join readings r on r.id = p.reading_id
			where p.reading_id = $1 and p.role = $2
				and position($3 in substr(r.text, p.read_start + 1, p.read_end - p.read_start)) = 1
			order by p.read_start`,
			[readingId, role, quote]
		);
		if (rows.length !== 1) throw new Error(`${rows.length} are read as ${role} « ${quote} »`);
		await page.goto(`${here}?proposition=${rows[0]?.id}`);
	}

	return {
		readingId,
		acceptSure: async (step) => {
			await page.goto(`${here}?etape=${step}`);
			await page.locator('#sures summary').click();
			await page.getByRole('button', { name: /^Accepter ces \d+ lectures$/ }).click();
			await done();
		},
		acceptRead: async (step) => {
			const rows = await ask<{ id: string }>(
				test,
				`select id from reading_proposals where reading_id = $1 and step = $2 and choice is null
				order by read_start`,
				[readingId, step]
			);
			for (const { id } of rows) {
				await page.goto(`${here}?proposition=${id}`);
				await card.getByRole('button', { name: /^(Accepter|Choisir celle-ci)$/ }).click();
				await done();
			}
		},
		accept: async (role, quote) => {
			await choose(role, quote);
			await card.getByRole('button', { name: /^(Accepter|Choisir celle-ci)$/ }).click();
			await done();
		},
		refuse: async (role, quote) => {
			await choose(role, quote);
			await card.getByRole('button', { name: 'Refuser' }).click();
			await done();
		},
		moveTo: async (role, quote, words) => {
			await choose(role, quote);
			await card.getByText('Corriger', { exact: true }).click();
			await card.getByText('Les mots sont ailleurs dans l’acte').click();
			await card.getByLabel('Les mots, s’ils sont ailleurs').fill(words);
			await card.getByRole('button', { name: 'Enregistrer la correction' }).click();
			await done();
		},
		mark: async (role, words) => {
			await page.goto(`${here}?etape=words`);
			await page.getByText('Marquer un passage à la main').click();
			const form = page.locator('#marquer');
			await form.getByLabel('Les mots de l’acte, ou les premiers').fill(words);
			await form.getByLabel('C’est', { exact: true }).selectOption(role);
			await form.getByRole('button', { name: 'Marquer ce passage' }).click();
			await done();
		}
	};
}
