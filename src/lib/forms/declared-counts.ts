import type { DeclarationRow, DeclaredCount } from '#lib/domain/declaration.ts';
import { correctsCell, countCell, type Cells } from '#lib/domain/declaration-cell.ts';
import type { Cents } from '#lib/domain/money.ts';
import { MINUS, NARROW_SPACE } from '#lib/domain/numeral.ts';
import { typeset } from '#lib/domain/typography.ts';
import { textOf, type DraftProblem } from './draft-text.ts';

/** More than there are people in France: what is above was mistyped. */
const LARGEST_COUNT = 100_000_000;

const COUNT = /^(?<minus>- ?)?(?<whole>\d{1,3}(?: \d{3})+|\d+)$/;
const UNREADABLE = typeset(
	`Un nombre s’écrit en chiffres, sans virgule ni point : par exemple 1${NARROW_SPACE}402.`
);
const TOO_LARGE = typeset('Ce nombre est trop grand : vérifiez-le.');
const NEGATIVE =
	'Un nombre négatif va avec un montant négatif, ou avec la période antérieure qu’il corrige.';

/** What was counted on a row: one problem a field that cannot be read. Empty is nothing said, never 0. */
export function readCounts(
	row: DeclarationRow,
	cells: Cells,
	amountCents: Cents | null,
	problems: DraftProblem[]
): { counts: DeclaredCount[]; isCounted: boolean } {
	const mayBeNegative =
		(amountCents !== null && amountCents < 0n) || textOf(cells, correctsCell(row.key)) !== '';
	const counts: DeclaredCount[] = [];
	let isCounted = false;
	for (const field of row.counts) {
		const key = countCell(row.key, field);
		const text = textOf(cells, key);
		if (text === '') continue;
		isCounted = true;
		const number = parseCount(text);
		if (typeof number === 'string') problems.push({ key, message: number });
		else if (number < 0 && !mayBeNegative) problems.push({ key, message: NEGATIVE });
		else {
			const { indicatorId, product, stage, communeCode } = field;
			counts.push({ indicatorId, product, stage, communeCode, number });
		}
	}
	return { counts, isCounted };
}

/** Reads `1 402` as people type it, with any kind of space; else says how to write it. */
function parseCount(text: string): number | string {
	const groups = COUNT.exec(text.replaceAll(MINUS, '-').replace(/\s+/gu, ' '))?.groups;
	if (!groups) return UNREADABLE;
	const number = Number((groups.whole ?? '').replaceAll(' ', ''));
	if (number > LARGEST_COUNT) return TOO_LARGE;
	return groups.minus && number !== 0 ? -number : number;
}
