import type { Context } from '#lib/server/context.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { listImports } from '#lib/server/imports/queries.ts';
import { readDraftPage } from '#lib/server/reports/declaration-draft.ts';

/** Where a spreadsheet is given for a draft, with those given before; null where there is no such draft of the person’s. */
export async function readImportDesk(context: Context, declarationId: string) {
	const page = await readDraftPage(context, declarationId);
	if (!page) return null;
	const { declaration, editable, shape, lastSavedAt, at } = page;
	const given = await inTransaction(context, (tx) => listImports(tx, declarationId));
	return {
		declaration: {
			id: declaration.id,
			envelope: declaration.envelope,
			period: { startsOn: declaration.periodStartsOn, endsOn: declaration.periodEndsOn }
		},
		byOperation: shape.byOperation,
		editable,
		given,
		lastSavedAt,
		at
	};
}
