import { excerptOf, type ExcerptPiece } from '#lib/domain/act/excerpt.ts';
import {
	encodeDeliberationCursor,
	type DeliberationQuery
} from '#lib/domain/deliberation-query.ts';
import type { Context } from '#lib/server/context.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import {
	countDeliberations,
	listDeliberations,
	listThemes,
	type DeliberationSummary
} from '#lib/server/deliberations/queries.ts';
import { listProgrammePage } from '#lib/server/programmes/queries.ts';

const PAGE_SIZE = 25;
/** To choose from: an authority has some dozens. */
const MOST_PROGRAMMES = 200;

/** An act in the list, with some words around what was sought. */
export type ListedDeliberation = Omit<DeliberationSummary, 'searched'> & {
	excerpt: ExcerptPiece[] | null;
};

/** The acts that answer what is asked, a page of them, and what they can be narrowed down to. */
export type DeliberationList = {
	deliberations: ListedDeliberation[];
	/** On all pages. */
	count: number;
	/** Where the next page begins; null on the last. */
	next: string | null;
	themes: string[];
	programmes: { slug: string; name: string }[];
};

export function readDeliberationList(
	context: Context,
	query: DeliberationQuery
): Promise<DeliberationList> {
	return inTransaction(context, async (tx) => {
		const [found, count, themes, programmes] = await Promise.all([
			listDeliberations(tx, query, PAGE_SIZE + 1),
			countDeliberations(tx, query),
			listThemes(tx),
			listProgrammePage(tx, null, MOST_PROGRAMMES)
		]);
		const page = found.slice(0, PAGE_SIZE);
		const last = found.length > PAGE_SIZE ? page.at(-1) : undefined;
		return {
			deliberations: page.map(({ searched, ...deliberation }) => ({
				...deliberation,
				excerpt: query.words ? excerptOf(searched, query.words, deliberation.title) : null
			})),
			count,
			next: last ? encodeDeliberationCursor(last) : null,
			themes,
			programmes: programmes.map(({ slug, name }) => ({ slug, name }))
		};
	});
}
