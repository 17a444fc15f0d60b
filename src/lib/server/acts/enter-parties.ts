import { randomUUID } from 'node:crypto';
import type { Party } from '#lib/server/acts/act.ts';
import { COMMUNES, PARTIES } from '#lib/server/acts/parties.ts';
import { communes, organisations } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

/** Enters the métropole, its partners and its communes. Answers with the identifier of each party. */
export async function enterParties(tx: Transaction): Promise<Record<Party, string>> {
	const rows = PARTIES.map((party) => ({ id: randomUUID(), ...party }));
	await tx.insert(organisations).values(rows);
	await tx.insert(communes).values([...COMMUNES]);
	return Object.fromEntries(rows.map(({ name, id }) => [name, id])) as Record<Party, string>;
}
