import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Actor } from '#lib/domain/role.ts';
import type { Draft } from '#lib/forms/declaration.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

type Sent = Pick<Draft, 'nothing' | 'comment' | 'overrunReason' | 'lines'> & {
	submission: number;
	digest: string;
};

/** Writes what is sent: the state of the declaration, then its lines, then their counts. */
export async function recordSent(
	tx: Transaction,
	actor: Actor,
	{ id, envelopeId }: { id: string; envelopeId: string },
	{ submission, digest, nothing, comment, overrunReason, lines }: Sent
): Promise<void> {
	await tx.execute(sql`
		update declarations set state = 'submitted', submission = ${submission}, digest = ${digest},
			nothing_to_declare = ${nothing}, comment = ${comment}, overrun_reason = ${overrunReason},
			submitted_by = ${actor.id}, submitted_at = now()
		where id = ${id}`);
	if (lines.length === 0) return;
	const numbered = lines.map((line, index) => ({ ...line, id: randomUUID(), position: index + 1 }));
	await tx.execute(sql`
		insert into declaration_lines (id, declaration_id, submission, position, row_key, envelope_id,
			measure_id, operation_id, new_operation_name, new_operation_landlord,
			new_operation_commune, amount_cents, comment, corrects_from, corrects_to)
		select given.id, ${id}::uuid, ${submission}, given.position, given.row_key, ${envelopeId}::uuid,
			given.measure_id, given.operation_id, given.name, given.landlord, given.commune,
			given.amount_cents, given.comment, given.corrects_from, given.corrects_to
		from jsonb_to_recordset(${JSON.stringify(numbered.map(toLine))}::jsonb) as given (
			id uuid, position integer, row_key text, measure_id uuid, operation_id uuid, name text,
			landlord text, commune text, amount_cents bigint, comment text, corrects_from date,
			corrects_to date
		)
		order by given.position`);
	const counts = numbered.flatMap(({ id: lineId, counts: own }) =>
		own.map((count) => toCount(lineId, count))
	);
	if (counts.length === 0) return;
	await tx.execute(sql`
		insert into declaration_counts
			(line_id, indicator_id, product, stage, commune_code, number)
		select line_id, indicator_id, product, stage, commune_code, number
		from jsonb_to_recordset(${JSON.stringify(counts)}::jsonb) as given (
			line_id uuid, indicator_id uuid, product text, stage text, commune_code text, number integer
		)`);
}

type Line = Sent['lines'][number];

/** Cents travel as text: a JSON number loses digits above 2^53. */
const toLine = (line: Line & { id: string; position: number }) => ({
	id: line.id,
	position: line.position,
	row_key: line.rowKey,
	measure_id: line.measureId,
	operation_id: line.operationId,
	name: line.newOperation?.name ?? null,
	landlord: line.newOperation?.landlord ?? null,
	commune: line.newOperation?.communeCode ?? null,
	amount_cents: line.amountCents === null ? null : String(line.amountCents),
	comment: line.comment,
	corrects_from: line.corrects?.startsOn ?? null,
	corrects_to: line.corrects?.endsOn ?? null
});

const toCount = (lineId: string, count: Line['counts'][number]) => ({
	line_id: lineId,
	indicator_id: count.indicatorId,
	product: count.product,
	stage: count.stage,
	commune_code: count.communeCode,
	number: count.number
});
