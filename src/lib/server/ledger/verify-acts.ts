import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { ActDifference } from '#lib/domain/difference.ts';

type Act = { id: string; title: string; text: string; digest: string };
type Passage = { act: string; quote: string; startOffset: number; endOffset: number };

/** Reads every act again: the digest of its text, and each quote at its offsets, in UTF-16 units. */
export async function verifyActs(
	client: pg.Client
): Promise<{ deliberations: number; passages: number; differences: ActDifference[] }> {
	const { rows: acts } = await client.query<Act>(
		'select id, title, text, text_digest as digest from deliberations order by sitting_on, id'
	);
	const { rows: passages } = await client.query<Passage>(
		`select deliberation_id as act, quote, start_offset as "startOffset", end_offset as "endOffset" from citations
		union all
		select deliberation_id, quote, start_offset, end_offset from decisions
		order by 1, 3, 4`
	);
	const passagesOf = Map.groupBy(passages, ({ act }) => act);
	const differences = acts.flatMap(({ id, title, text, digest }): ActDifference[] => {
		const misplaced = (passagesOf.get(id) ?? [])
			.map(({ quote, startOffset, endOffset }) => ({
				of: 'passage' as const,
				deliberation: title,
				startOffset,
				endOffset,
				quote,
				found: text.slice(startOffset, endOffset)
			}))
			.filter(({ quote, found }) => quote !== found);
		return digestOf(text) === digest
			? misplaced
			: [{ of: 'text', deliberation: title }, ...misplaced];
	});
	return { deliberations: acts.length, passages: passages.length, differences };
}

const digestOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
