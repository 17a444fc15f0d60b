import { randomUUID } from 'node:crypto';
import { newOperationRows } from '#lib/domain/declaration-rows.ts';
import type { DeclarationRow, DeclaredLine } from '#lib/domain/declaration.ts';
import { explainExcess } from '#lib/domain/excess.ts';
import { readDraft, type Draft } from '#lib/forms/declaration.ts';
import type { Context } from '#lib/server/context.ts';
import { readSentDigest } from '#lib/server/declarations/read-sent-digest.ts';
import { readDraftPage, type DraftPage } from '#lib/server/reports/declaration-draft.ts';

/** A draft read over before it is sent. */
export type DraftCheck = DraftPage & {
	draft: Draft;
	/** The lines with the rows they stand in. */
	lines: { row: DeclarationRow; line: DeclaredLine }[];
	/** It is more than what is left: said with what is left, reason or not. */
	excess: string | null;
	/** Whether nothing stands in the way of sending but the calendar. */
	isComplete: boolean;
	/** The period is not over yet. */
	isEarly: boolean;
	/** Of what would be sent: only that is. */
	digest: string;
	/** Of the request that sends it, so that it is sent once. */
	key: string;
};

/** Reads a draft for the person who is about to send it; null where there is no such declaration of theirs. */
export async function readDraftCheck(context: Context, id: string): Promise<DraftCheck | null> {
	const page = await readDraftPage(context, id);
	if (!page) return null;
	const draft = readDraft(page.shape, page.cells);
	const rows = new Map(
		[...page.shape.rows, ...newOperationRows(page.shape)].map((row) => [row.key, row])
	);
	const excess = explainExcess(draft.totalCents, page.left.leftCents);
	return {
		...page,
		draft,
		lines: draft.lines.flatMap((line) => {
			const row = rows.get(line.rowKey);
			return row ? [{ row, line }] : [];
		}),
		excess,
		isComplete: draft.problems.length === 0 && (excess === null || draft.overrunReason !== null),
		isEarly: page.today < page.shape.periodEndsOn,
		digest: readSentDigest(page.declaration, draft, page.files),
		key: randomUUID()
	};
}
