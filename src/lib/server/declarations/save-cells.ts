import { sql } from 'drizzle-orm';
import { isCellKey, type CellKey, type Cells } from '#lib/domain/declaration-cell.ts';
import { canEditDeclaration } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';
import type { Context } from '#lib/server/context.ts';
import { refusalOf } from '#lib/server/db/constraint.ts';
import { inTransaction, type Transaction } from '#lib/server/db/transaction.ts';
import { findOwnToChange } from '#lib/server/declarations/find-own.ts';
import { listTypedCells, type TypedCell } from '#lib/server/declarations/queries.ts';

/** What a person typed in a field, and what stood there when they began. */
export type CellChange = { key: CellKey; base: string; value: string };

/** A field that somebody else changed meanwhile: both values, who, and when. */
export type CellConflict = { key: CellKey; mine: string; theirs: string; by: string; at: Date };

export type SavedCells = {
	/** When the draft was last written, by the clock of the database. */
	savedAt: Date;
	conflicts: CellConflict[];
	/** The draft as it stands now. */
	cells: Cells;
	/** The same with who typed each field last, and when. */
	typed: TypedCell[];
};

/** More than any envelope asks for: a draft stays a draft. */
const MOST_CELLS = 20_000;
const LONGEST_VALUE = 2000;

/**
 * Keeps what was typed, as it was typed. A field is written only where nobody else changed it meanwhile;
 * else both values are answered, the other fields are kept all the same, and the person chooses.
 */
export async function saveCells(
	context: Context,
	declarationId: string,
	changes: readonly CellChange[]
): Promise<SavedCells> {
	changes.forEach(refuseUnfit);
	try {
		return await inTransaction(context, async (tx) => {
			const declaration = await findOwnToChange(tx, context.actor, declarationId);
			if (!canEditDeclaration(context.actor, declaration)) {
				throw new Refusal(
					typeset(
						'Cette déclaration n’est plus modifiable : elle a été transmise entre-temps. Rechargez la page pour voir où elle en est.'
					),
					{ kind: 'conflict' }
				);
			}
			const before = await listTypedCells(tx, declarationId);
			const { written, conflicts } = settle(changes, before);
			await write(tx, declarationId, context.actor.id, written);
			const typed = written.length > 0 ? await listTypedCells(tx, declarationId) : before;
			if (typed.length > MOST_CELLS) throw new Refusal('Ce brouillon a trop de champs.');
			const instants = typed.map(({ at }) => at.getTime());
			return {
				savedAt: instants.length > 0 ? new Date(Math.max(...instants)) : context.at,
				conflicts,
				cells: new Map(typed.map(({ key, value }) => [key, value])),
				typed
			};
		});
	} catch (error) {
		throw refusalOf(error) ?? error;
	}
}

function refuseUnfit({ key, value }: CellChange): void {
	if (!isCellKey(key)) throw new Refusal('Ce champ n’existe pas.');
	if (value.length <= LONGEST_VALUE) return;
	throw new Refusal(typeset('C’est trop long : 2 000 caractères au plus.'), { field: key });
}

/** Which fields are written, and which were changed by somebody else since the person began. */
function settle(
	changes: readonly CellChange[],
	before: readonly TypedCell[]
): { written: CellChange[]; conflicts: CellConflict[] } {
	const stored = new Map(before.map((cell) => [cell.key, cell]));
	const written = new Map<CellKey, CellChange>();
	const conflicts = new Map<CellKey, CellConflict>();
	for (const change of changes) {
		const { key, base, value } = change;
		const cell = stored.get(key);
		const theirs = cell?.value ?? '';
		if (theirs === value) continue;
		if (theirs === base) written.set(key, change);
		else if (cell) conflicts.set(key, { key, mine: value, theirs, by: cell.by, at: cell.at });
		// What is not there was never typed by anybody: what the person saw has no part in it.
		else written.set(key, change);
	}
	return { written: [...written.values()], conflicts: [...conflicts.values()] };
}

/** An emptied field stays, empty, so that one can say who emptied it. */
async function write(
	tx: Transaction,
	declarationId: string,
	actorId: string,
	written: readonly CellChange[]
): Promise<void> {
	if (written.length === 0) return;
	const rows = JSON.stringify(written.map(({ key, value }) => ({ key, value })));
	await tx.execute(sql`
		insert into declaration_cells (declaration_id, key, value, updated_by)
		select ${declarationId}::uuid, given.key, given.value, ${actorId}::uuid
		from jsonb_to_recordset(${rows}::jsonb) as given (key text, value text)
		on conflict on constraint declaration_cells_pkey do update
		set value = excluded.value, updated_by = excluded.updated_by, updated_at = clock_timestamp()`);
}
