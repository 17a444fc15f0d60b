import { sql } from 'drizzle-orm';
import type { PostedPassage } from '#lib/domain/act/plan/touched-books.ts';
import { cents } from '#lib/domain/money.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

/**
 * What an act posted already, by the words it cites; what was reversed since is not posted. The whole
 * of these words and their parts are the same money, and stand beside them with their own places.
 */
export async function listPostedPassages(
	tx: Transaction,
	deliberationId: string
): Promise<PostedPassage[]> {
	const { rows } = await tx.execute<{
		start_offset: number;
		end_offset: number;
		quote: string;
		envelope_id: string;
		label: string;
		fiscal_year: number;
		amount: string;
	}>(sql`
		select place.start_offset, place.end_offset, c.quote, e.envelope_id, v.label,
			e.fiscal_year, sum(e.amount_cents)::text as amount
		from entries e
			join citations c on c.id = e.citation_id
			join envelopes v on v.id = e.envelope_id
			join citations place on place.deliberation_id = c.deliberation_id
				and (place.id in (c.id, c.whole_citation_id) or place.whole_citation_id = c.id)
		where c.deliberation_id = ${deliberationId} and e.kind = 'allocation'
			and not exists (select from entries r where r.reverses_entry_id = e.id)
		group by place.id, c.id, e.envelope_id, v.label, e.fiscal_year
		order by e.fiscal_year, v.label, place.start_offset`);
	return rows.map((row) => ({
		start: row.start_offset,
		end: row.end_offset,
		quote: row.quote,
		envelopeId: row.envelope_id,
		label: row.label,
		fiscalYear: row.fiscal_year,
		amountCents: cents(row.amount)
	}));
}
