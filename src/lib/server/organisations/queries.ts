import { asc } from 'drizzle-orm';
import { organisations } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

/** The organisations that the reader may see, by name. */
export function listOrganisations(tx: Transaction) {
	return tx
		.select({ id: organisations.id, name: organisations.name, kind: organisations.kind })
		.from(organisations)
		.orderBy(asc(organisations.name));
}
