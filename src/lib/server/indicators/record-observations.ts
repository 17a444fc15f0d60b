import { sql } from 'drizzle-orm';
import type { Day } from '#lib/domain/day.ts';
import type { Product, Stage } from '#lib/domain/dwelling.ts';
import type { Actor } from '#lib/domain/role.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

/** A count as it was declared, for the period it speaks of. */
export type DeclaredValue = {
	indicatorId: string;
	declarationCountId: string;
	periodStartsOn: Day;
	periodEndsOn: Day;
	number: number;
	product: Product | null;
	stage: Stage | null;
	communeCode: string | null;
	operationId: string | null;
	fictitious: boolean;
};

/** Adds what was counted to the observations, in one statement; triggers refuse what was not declared so. */
export async function recordObservations(
	tx: Transaction,
	actor: Actor,
	values: readonly DeclaredValue[]
): Promise<void> {
	if (values.length === 0) return;
	await tx.execute(sql`
		insert into observations (indicator_id, kind, period_starts_on, period_ends_on, number, product,
			stage, commune_code, operation_id, declaration_count_id, recorded_by, fictitious)
		select "indicatorId", 'actual', "periodStartsOn", "periodEndsOn", number, product, stage,
			"communeCode", "operationId", "declarationCountId", ${actor.id}::uuid, fictitious
		from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as given (
			"indicatorId" uuid, "periodStartsOn" date, "periodEndsOn" date, number numeric, product text,
			stage text, "communeCode" text, "operationId" uuid, "declarationCountId" uuid,
			fictitious boolean
		)`);
}
