import type { DeclarationRow, DeclarationShape, DeclaredLine } from '#lib/domain/declaration.ts';
import {
	amountCell,
	communeCell,
	landlordCell,
	nameCell,
	type Cells
} from '#lib/domain/declaration-cell.ts';
import { textOf, type DraftProblem } from './draft-text.ts';

const LONGEST_NAME = 200;
const TOO_LONG = 'C’est trop long : 200 caractères au plus.';

/**
 * An operation that is not known yet: its name, its landlord and its commune go together, and with what
 * is declared for it. Null where nothing of it was typed, or something is missing.
 */
export function readNewOperation(
	{ communes }: DeclarationShape,
	row: DeclarationRow,
	cells: Cells,
	said: { isFilled: boolean; isCommented: boolean },
	problems: DraftProblem[]
): DeclaredLine['newOperation'] {
	const before = problems.length;
	const name = textOf(cells, nameCell(row.key));
	const landlord = textOf(cells, landlordCell(row.key));
	const communeCode = textOf(cells, communeCell(row.key));
	const isDescribed = name !== '' || landlord !== '' || communeCode !== '';
	if (!isDescribed && !said.isFilled && !said.isCommented) return null;

	const tell = (key: string, message: string) => problems.push({ key, message });
	if (name === '') tell(nameCell(row.key), 'Donnez le nom de l’opération.');
	if (name.length > LONGEST_NAME) tell(nameCell(row.key), TOO_LONG);
	if (landlord === '') tell(landlordCell(row.key), 'Indiquez le bailleur de l’opération.');
	if (landlord.length > LONGEST_NAME) tell(landlordCell(row.key), TOO_LONG);
	if (!communes.some(({ code }) => code === communeCode)) {
		tell(communeCell(row.key), 'Choisissez la commune dans la liste.');
	}
	if (!said.isFilled) {
		tell(amountCell(row.key), 'Indiquez un montant ou un nombre pour cette opération.');
	}
	return problems.length === before ? { name, landlord, communeCode } : null;
}
