import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What the automatic rules of accessibility find wrong, a line an element. */
export async function listViolations(page: Page): Promise<string[]> {
	const axe = new AxeBuilder({ page })
		.setLegacyMode(true) // Looks into no other frame: there is none.
		.options({ runOnly: RULES, resultTypes: ['violations'] });
	const { violations } = await axe.analyze();
	return violations.flatMap(({ id, nodes }) =>
		nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`)
	);
}

/** What sticks out of the screen to the right, where the page has to be scrolled sideways. */
export async function listWhatSticksOut(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const { scrollWidth } = document.documentElement;
		if (scrollWidth <= window.innerWidth) return [];
		const out = [...document.body.querySelectorAll('*')]
			.filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1)
			.map((element) => `${element.tagName} ${element.getAttribute('class') ?? ''}`);
		return [`${scrollWidth} px on ${window.innerWidth}`, ...out.slice(0, 5)];
	});
}

/** What a screen reader says of a page first. */
export async function readHead(
	page: Page
): Promise<{ language: string; title: string; mainHeadings: number }> {
	return page.evaluate(() => ({
		language: document.documentElement.lang,
		title: document.title,
		mainHeadings: document.querySelectorAll('h1').length
	}));
}
