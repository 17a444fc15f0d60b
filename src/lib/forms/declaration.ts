import {
	amountCell,
	commentCell,
	COMMENT_CELL,
	NOTHING_CELL,
	NOTHING_TICKED,
	OVERRUN_CELL,
	type CellKey,
	type Cells
} from '#lib/domain/declaration-cell.ts';
import { newOperationRows } from '#lib/domain/declaration-rows.ts';
import type { DeclarationRow, DeclarationShape, DeclaredLine } from '#lib/domain/declaration.ts';
import { LARGEST_ENTRY_CENTS } from '#lib/domain/ledger.ts';
import { addCents, NO_CENTS, parseEuros, type Cents } from '#lib/domain/money.ts';
import { formatCount } from '#lib/domain/numeral.ts';
import { typeset } from '#lib/domain/typography.ts';
import { readCorrected } from './corrected-period.ts';
import { readCounts } from './declared-counts.ts';
import { textOf, type DraftProblem } from './draft-text.ts';
import { readNewOperation } from './new-operation.ts';

/** What was typed, as values, with one problem a field at most. */
export type Draft = {
	/** Ticked: there is nothing to declare for this period. */
	nothing: boolean;
	comment: string | null;
	/** Why it is more than what is left. */
	overrunReason: string | null;
	lines: DeclaredLine[];
	problems: DraftProblem[];
	/** Of the amounts that can be read, in cents. */
	totalCents: Cents;
};

export const LONGEST_COMMENT = 2000;
export const LONGEST_REASON = 500;

const TOO_LARGE = 'Un montant ne dépasse pas 100 milliards d’euros : vérifiez-le.';
const CONTRADICTION =
	'Vous indiquez à la fois qu’il n’y a rien à déclarer et des montants ou des nombres : décochez la case, ou effacez-les.';
const EMPTY =
	'Indiquez au moins un montant ou un nombre, ou cochez « rien à déclarer pour cette période ».';

/**
 * Reads a draft: what was typed becomes values, or one problem a field. Nothing is guessed: an empty
 * field is nothing said, never zero; an amount that can be read in two ways is refused with an example.
 * Fields that the declaration does not ask for are left aside.
 */
export function readDraft(shape: DeclarationShape, cells: Cells): Draft {
	const problems: DraftProblem[] = [];
	const nothing = readTick(cells, problems);
	const lines: DeclaredLine[] = [];
	let totalCents = NO_CENTS;
	let isFilled = false;
	for (const row of [...shape.rows, ...newOperationRows(shape)]) {
		const read = readRow(shape, row, cells, totalCents);
		problems.push(...read.problems);
		isFilled ||= read.isFilled;
		if (!read.line) continue;
		lines.push(read.line);
		totalCents = addCents(totalCents, read.line.amountCents ?? NO_CENTS);
	}
	if (nothing && isFilled) problems.unshift({ key: NOTHING_CELL, message: CONTRADICTION });
	const isTold = nothing || isFilled || problems.length > 0;
	if (!isTold) problems.unshift({ key: NOTHING_CELL, message: typeset(EMPTY) });
	const comment = readWords(cells, COMMENT_CELL, LONGEST_COMMENT, problems);
	const overrunReason = readWords(cells, OVERRUN_CELL, LONGEST_REASON, problems);
	return { nothing, comment, overrunReason, lines, problems, totalCents };
}

type ReadRow = { line: DeclaredLine | null; problems: DraftProblem[]; isFilled: boolean };

function readRow(
	shape: DeclarationShape,
	row: DeclarationRow,
	cells: Cells,
	before: Cents
): ReadRow {
	const problems: DraftProblem[] = [];
	const amountCents = row.asksAmount ? readAmount(row, cells, before, problems) : null;
	const typedAmount = row.asksAmount ? textOf(cells, amountCell(row.key)) : '';
	const { counts, isCounted } = readCounts(row, cells, amountCents, problems);
	const comment = readWords(cells, commentCell(row.key), LONGEST_COMMENT, problems);
	const corrects = readCorrected(shape, row, cells, { amountCents, typedAmount, counts }, problems);
	const isFilled = typedAmount !== '' || isCounted;
	const newOperation =
		row.kind === 'new_operation'
			? readNewOperation(shape, row, cells, { isFilled, isCommented: comment !== null }, problems)
			: null;
	const isSaid = amountCents !== null || counts.length > 0 || comment !== null || newOperation;
	const { key: rowKey, measureId, operationId } = row;
	const line = { rowKey, measureId, operationId, newOperation, amountCents, comment, corrects };
	return { line: isSaid ? { ...line, counts } : null, problems, isFilled };
}

/** The amount of a row in cents; null where nothing was said or it cannot be read. */
function readAmount(
	row: DeclarationRow,
	cells: Cells,
	before: Cents,
	problems: DraftProblem[]
): Cents | null {
	const key = amountCell(row.key);
	const text = textOf(cells, key);
	if (text === '') return null;
	const parsed = parseEuros(text);
	if (!parsed.ok) {
		problems.push({ key, message: parsed.message });
		return null;
	}
	const largest = [parsed.cents, before + parsed.cents].some(
		(amount) => amount > LARGEST_ENTRY_CENTS || amount < -LARGEST_ENTRY_CENTS
	);
	if (!largest) return parsed.cents;
	problems.push({ key, message: typeset(TOO_LARGE) });
	return null;
}

function readTick(cells: Cells, problems: DraftProblem[]): boolean {
	const text = textOf(cells, NOTHING_CELL);
	if (text === '' || text === NOTHING_TICKED) return text === NOTHING_TICKED;
	const message = 'Cochez la case, ou laissez-la vide.';
	problems.push({ key: NOTHING_CELL, message });
	return false;
}

function readWords(
	cells: Cells,
	key: CellKey,
	longest: number,
	problems: DraftProblem[]
): string | null {
	const text = textOf(cells, key);
	if (text.length <= longest) return text === '' ? null : text;
	const message = `C’est trop long : ${formatCount(longest)} caractères au plus.`;
	problems.push({ key, message: typeset(message) });
	return null;
}
