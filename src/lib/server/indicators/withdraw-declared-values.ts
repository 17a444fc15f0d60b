import { sql } from 'drizzle-orm';
import type { Actor } from '#lib/domain/role.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

/** Takes back every value that stands for a declaration: each is replaced by one that says nothing. */
export async function withdrawDeclaredValues(
	tx: Transaction,
	actor: Actor,
	declarationId: string
): Promise<void> {
	await tx.execute(sql`
		insert into observations (indicator_id, kind, period_starts_on, period_ends_on, product, stage,
			commune_code, district_id, operation_id, declaration_count_id, replaces_observation_id,
			withdrawn, recorded_by, fictitious)
		select o.indicator_id, o.kind, o.period_starts_on, o.period_ends_on, o.product, o.stage,
			o.commune_code, o.district_id, o.operation_id, o.declaration_count_id, o.id, true,
			${actor.id}::uuid, o.fictitious
		from observations o
		join declaration_counts c on c.id = o.declaration_count_id
		join declaration_lines l on l.id = c.line_id
		where l.declaration_id = ${declarationId} and not o.withdrawn
			and not exists (select from observations w where w.replaces_observation_id = o.id)
		order by o.id`);
}
