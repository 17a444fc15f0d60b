import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { DeclaredOperation } from '#lib/domain/declared-entry.ts';
import { isSameName } from '#lib/domain/name.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';
import { operations } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';
import type { SentLine } from '#lib/server/declarations/queries.ts';
import { listOrganisations } from '#lib/server/organisations/queries.ts';

type Described = { name: string; landlord: string; communeCode: string };

/**
 * Confirms the operations that lines describe: each is entered with its landlord, found by name however
 * it is written, or entered too. One that another declaration described alike meanwhile is taken.
 * Answers the operation of each row.
 */
export async function enterOperations(
	tx: Transaction,
	declaration: { envelopeId: string; fictitious: boolean },
	lines: readonly SentLine[]
): Promise<Map<string, DeclaredOperation>> {
	const described = lines.flatMap((line) => {
		const { newOperationName: name, newOperationLandlord: landlord } = line;
		const communeCode = line.newOperationCommune;
		return name && landlord && communeCode
			? [{ rowKey: line.rowKey, name, landlord, communeCode }]
			: [];
	});
	if (described.length === 0) return new Map();
	// Two officers who confirm at the same moment take turns, so that a landlord is not entered twice.
	const [, known, landlords] = await Promise.all([
		tx.execute(sql`select pg_advisory_xact_lock(hashtext('tenu.landlords'))`),
		listKnown(tx, declaration.envelopeId),
		listOrganisations(tx)
	]);
	const entered = new Map<string, DeclaredOperation>();
	for (const row of described) {
		const operation =
			takeKnown(known, landlords, row) ?? (await enter(tx, declaration, row, landlords));
		known.push({ ...operation, name: row.name });
		entered.set(row.rowKey, operation);
	}
	return entered;
}

type Known = DeclaredOperation & { name: string };
type Landlord = { id: string; name: string };

async function listKnown(tx: Transaction, envelopeId: string): Promise<Known[]> {
	return tx
		.select({
			id: operations.id,
			name: operations.name,
			landlordId: operations.landlordId,
			communeCode: operations.communeCode
		})
		.from(operations)
		.where(eq(operations.envelopeId, envelopeId));
}

/** The same operation, where it was entered since: same name, landlord and commune. The same name alone is a question for people. */
function takeKnown(
	known: readonly Known[],
	landlords: readonly Landlord[],
	row: Described
): Known | undefined {
	const found = known.find(({ name }) => isSameName(name, row.name));
	if (!found) return undefined;
	const landlord = landlords.find(({ id }) => id === found.landlordId);
	const isSame =
		found.communeCode === row.communeCode && isSameName(landlord?.name ?? '', row.landlord);
	if (isSame) return found;
	throw new Refusal(
		typeset(
			`Une opération de cette enveloppe s’appelle déjà « ${found.name} », avec un autre bailleur ou une autre commune. Renvoyez la déclaration pour que l’organisme choisisse l’opération connue ou en donne le vrai nom.`
		),
		{ kind: 'conflict' }
	);
}

async function enter(
	tx: Transaction,
	{ envelopeId, fictitious }: { envelopeId: string; fictitious: boolean },
	{ name, landlord, communeCode }: Described,
	landlords: Landlord[]
): Promise<DeclaredOperation> {
	let landlordId = landlords.find((known) => isSameName(known.name, landlord))?.id;
	if (!landlordId) {
		landlordId = randomUUID();
		const written = landlord.trim();
		await tx.execute(sql`insert into organisations (id, name, kind, fictitious)
			values (${landlordId}, ${written}, 'landlord', ${fictitious})`);
		landlords.push({ id: landlordId, name: written });
	}
	const id = randomUUID();
	await tx.execute(sql`insert into operations
		(id, envelope_id, name, landlord_id, commune_code, confirmed_at, fictitious)
		values (${id}, ${envelopeId}, ${name.trim()}, ${landlordId}, ${communeCode}, now(), ${fictitious})`);
	return { id, landlordId, communeCode };
}
