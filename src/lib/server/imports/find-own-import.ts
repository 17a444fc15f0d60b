import type { ImportState } from '#lib/domain/import-state.ts';
import { isIdentifier } from '#lib/domain/identifier.ts';
import { canEditDeclaration } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';
import type { Context } from '#lib/server/context.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';
import { findOwnToChange, type OwnDeclaration } from '#lib/server/declarations/find-own.ts';
import { findImport, lockImport, type ImportRecord } from '#lib/server/imports/queries.ts';

const MOVED_ON: Partial<Record<ImportState, string>> = {
	waiting: 'Ce tableur est en cours de lecture : attendez qu’il soit lu.',
	reading: 'Ce tableur est en cours de lecture : attendez qu’il soit lu.',
	applied: 'Ce tableur a déjà été repris dans la déclaration.',
	discarded: 'Ce tableur a été mis de côté : donnez-le de nouveau.',
	refused: 'Ce tableur a été refusé : corrigez-le et donnez-le de nouveau.'
};

/** A spreadsheet of one’s own draft, held with it until the transaction ends, in a state where this can be done. */
export async function findOwnImport(
	tx: Transaction,
	{ actor }: Pick<Context, 'actor'>,
	ids: { declarationId: string; importId: string },
	states: readonly ImportState[]
): Promise<{ declaration: OwnDeclaration; found: ImportRecord }> {
	const declaration = await findOwnToChange(tx, actor, ids.declarationId);
	// What was taken over is not changed and not held: it is answered as it is.
	const found = isIdentifier(ids.importId)
		? ((await lockImport(tx, ids.declarationId, ids.importId)) ??
			(await findImport(tx, ids.declarationId, ids.importId)))
		: undefined;
	if (!found) throw new Refusal('Ce tableur n’existe pas.', { kind: 'not-found' });
	if (!canEditDeclaration(actor, declaration)) {
		throw new Refusal('Cette déclaration n’est plus modifiable.', { kind: 'conflict' });
	}
	if (!states.includes(found.state)) {
		const message = MOVED_ON[found.state] ?? 'Ce tableur n’en est pas là : rechargez la page.';
		throw new Refusal(typeset(message), { kind: 'conflict' });
	}
	return { declaration, found };
}
