import { sql } from 'drizzle-orm';
import { isImportField, listFieldChoices } from '#lib/domain/import-field.ts';
import { isInThousands } from '#lib/domain/import-heading.ts';
import { columnsOf, tableOf, type ImportColumnFacts } from '#lib/domain/import-state.ts';
import { isReadable } from '#lib/domain/import-table.ts';
import { columnLetters } from '#lib/domain/import-cell.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';
import type { Context } from '#lib/server/context.ts';
import { inTransaction, type Transaction } from '#lib/server/db/transaction.ts';
import { findShape } from '#lib/server/declarations/queries.ts';
import { findOwnImport } from '#lib/server/imports/find-own-import.ts';
import type { ImportRecord } from '#lib/server/imports/queries.ts';

type Ids = { declarationId: string; importId: string };

/**
 * A person says what the columns of a spreadsheet mean. Their organisation’s next file with the same
 * headings is understood by it; this one is read again.
 */
export async function matchColumns(
	context: Context,
	ids: Ids,
	matches: Readonly<Record<string, string>>
): Promise<void> {
	await inTransaction(context, async (tx) => {
		const { declaration, found } = await findOwnImport(tx, context, ids, ['matching', 'ready']);
		const shape = await findShape(tx, declaration);
		const columns = columnsOf(found.columns);
		const known = new Set<string>(listFieldChoices(shape).map(({ field }) => field));
		const fields = columns.map((column) => ({
			...column,
			field: known.has(matches[String(column.index)] ?? '')
				? (matches[String(column.index)] ?? null)
				: null
		}));
		refuseUnfit(fields);
		if (
			!isReadable(
				fields.map(({ field }) => ({ field: asField(field) })),
				shape.rows
			)
		) {
			const name = shape.byOperation ? 'de l’opération' : 'de la mesure';
			throw new Refusal(
				shape.rows.length === 1
					? 'Dites quelle colonne porte le montant.'
					: `Dites quelle colonne porte le nom ${name}, et laquelle le montant ou un nombre.`,
				{ field: 'colonnes' }
			);
		}
		const chosen = Object.fromEntries(
			fields.flatMap(({ index, field }) => (field === null ? [] : [[String(index), field]]))
		);
		await remember(tx, context, found, chosen);
		await readAgain(tx, found.id);
	});
}

/** What the organisation said of these headings is forgotten; the file is understood by its words again. */
export async function forgetColumns(context: Context, ids: Ids): Promise<void> {
	await inTransaction(context, async (tx) => {
		const { found } = await findOwnImport(tx, context, ids, ['matching', 'ready']);
		await remember(tx, context, found, {});
		await readAgain(tx, found.id);
	});
}

/** The file is read from its first line again, beside the draft as it stands now. */
export async function rereadImport(context: Context, ids: Ids): Promise<void> {
	await inTransaction(context, async (tx) => {
		const { found } = await findOwnImport(tx, context, ids, ['matching', 'ready']);
		await readAgain(tx, found.id);
	});
}

function refuseUnfit(columns: readonly ImportColumnFacts[]): void {
	const taken = new Map<string, ImportColumnFacts>();
	for (const column of columns) {
		if (column.field === null) continue;
		const other = taken.get(column.field);
		const letters = columnLetters(column.index);
		if (other) {
			throw new Refusal(
				typeset(
					`Les colonnes ${columnLetters(other.index)} et ${letters} ne peuvent pas dire la même chose : choisissez-en une.`
				),
				{ field: `colonne-${column.index}` }
			);
		}
		if (column.field === 'amount' && isInThousands(column.heading)) {
			throw new Refusal(
				typeset(
					`La colonne ${letters} est en milliers ou en millions d’euros : donnez un fichier en euros.`
				),
				{ field: `colonne-${column.index}` }
			);
		}
		taken.set(column.field, column);
	}
}

const asField = (field: string | null) => (field && isImportField(field) ? field : null);

async function remember(
	tx: Transaction,
	{ actor }: Context,
	found: ImportRecord,
	matches: Record<string, string>
): Promise<void> {
	const table = tableOf(found.columns);
	if (!table) throw new Refusal('Ce tableur n’a pas encore été lu.', { kind: 'conflict' });
	await tx.execute(sql`
		insert into column_matches (organisation_id, heading_digest, matches, updated_by)
		values (${actor.organisationId}, ${table.digest}, ${JSON.stringify(matches)}::jsonb, ${actor.id})
		on conflict on constraint column_matches_pkey do update
		set matches = excluded.matches, updated_by = excluded.updated_by, updated_at = now()`);
}

async function readAgain(tx: Transaction, importId: string): Promise<void> {
	await tx.execute(sql`
		update imports set state = 'waiting', read_count = 0, line_count = null, problem_count = 0
		where id = ${importId}`);
}
