import type {
	DeclarationRow,
	DeclarationShape,
	DeclaredCount,
	DeclaredLine
} from '#lib/domain/declaration.ts';
import { amountCell, correctsCell, type Cells } from '#lib/domain/declaration-cell.ts';
import type { Cents } from '#lib/domain/money.ts';
import { typeset } from '#lib/domain/typography.ts';
import { textOf, type DraftProblem } from './draft-text.ts';

const WHICH = 'Un montant négatif corrige une période antérieure : choisissez laquelle.';
const NONE_BEFORE =
	'Un montant négatif corrige une période antérieure, et il n’y en a aucune avant celle-ci.';
const UNKNOWN = 'Choisissez la période dans la liste.';
const NOTHING_NEGATIVE =
	'Une période corrigée va avec un montant négatif : mettez le signe moins, ou retirez la période.';

/**
 * The earlier period that a row corrects. A negative amount must name one; where no amount is said, a
 * negative count may; anything else names none.
 */
export function readCorrected(
	{ earlierPeriods }: DeclarationShape,
	row: DeclarationRow,
	cells: Cells,
	said: { amountCents: Cents | null; typedAmount: string; counts: readonly DeclaredCount[] },
	problems: DraftProblem[]
): DeclaredLine['corrects'] {
	const key = correctsCell(row.key);
	const text = textOf(cells, key);
	const isNegative = said.amountCents !== null && said.amountCents < 0n;
	if (text === '') {
		if (!isNegative) return null;
		const hasEarlier = earlierPeriods.length > 0;
		const where = hasEarlier ? key : amountCell(row.key);
		problems.push({ key: where, message: typeset(hasEarlier ? WHICH : NONE_BEFORE) });
		return null;
	}
	const period = earlierPeriods.find(({ startsOn }) => startsOn === text);
	if (!period) {
		problems.push({ key, message: UNKNOWN });
		return null;
	}
	// An amount that cannot be read is a problem of its own, and may well be negative.
	const isUnread = said.typedAmount !== '' && said.amountCents === null;
	const countsLess = said.amountCents === null && said.counts.some(({ number }) => number < 0);
	if (isNegative || countsLess || isUnread) return period;
	problems.push({ key, message: typeset(NOTHING_NEGATIVE) });
	return null;
}
