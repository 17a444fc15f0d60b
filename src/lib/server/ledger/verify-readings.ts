import type pg from 'pg';
import { citedAs } from '#lib/domain/act/desk/cited-proposal.ts';
import type { ProposalValue } from '#lib/domain/act/desk/proposal.ts';
import type { ActDifference } from '#lib/domain/difference.ts';

type Kept = {
	reading: string;
	deliberation: string;
	start: number | null;
	end: number | null;
	value: ProposalValue;
	isActText: boolean;
	citedStart: number | null;
	citedEnd: number | null;
};

/**
 * Compares every reading that was entered with its act: the same text, and each passage that a person
 * kept cited where it was kept.
 */
export async function verifyReadings(client: pg.Client): Promise<ActDifference[]> {
	const { rows } = await client.query<Kept>(
		`select r.id as reading, d.title as deliberation, coalesce(p.kept_start, p.read_start) as start,
			coalesce(p.kept_end, p.read_end) as "end", coalesce(p.kept_value, p.read_value) as value,
			r.text_digest = d.text_digest as "isActText",
			c.start_offset as "citedStart", c.end_offset as "citedEnd"
		from readings r
		join deliberations d on d.id = r.deliberation_id
		join reading_proposals p on p.reading_id = r.id and p.choice in ('accepted', 'corrected', 'marked')
		left join citations c on c.id = p.citation_id and c.deliberation_id = d.id
		where r.state = 'entered'
		order by d.sitting_on, d.id, r.id, start, p.id`
	);
	const other = new Set(rows.filter(({ isActText }) => !isActText).map((row) => row.deliberation));
	const misplaced = rows.filter(
		({ start, end, value, citedStart, citedEnd }) =>
			start !== null && citedAs(value) !== null && (citedStart !== start || citedEnd !== end)
	);
	const texts = await findTexts(
		client,
		misplaced.map(({ reading }) => reading)
	);
	return [
		...[...other].map((deliberation) => ({ of: 'reading' as const, deliberation })),
		...misplaced.map(({ reading, deliberation, start, end }) => ({
			of: 'kept' as const,
			deliberation,
			startOffset: start ?? 0,
			endOffset: end ?? 0,
			quote: texts.get(reading)?.slice(start ?? 0, end ?? 0) ?? ''
		}))
	];
}

/** A text is long: only those of which something is to be said are fetched. */
async function findTexts(
	client: pg.Client,
	ids: readonly string[]
): Promise<ReadonlyMap<string, string>> {
	const { rows } = await client.query<{ id: string; text: string }>(
		'select id, text from readings where id = any($1)',
		[[...new Set(ids)]]
	);
	return new Map(rows.map(({ id, text }) => [id, text]));
}
