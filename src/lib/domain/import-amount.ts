import { cents, parseEuros, type Cents } from '#lib/domain/money.ts';
import { textOfCell, type SheetCell } from '#lib/domain/import-cell.ts';
import { typeset } from '#lib/domain/typography.ts';

/** What a cell says: a value, nothing, or why it cannot be read. Nothing is never zero. */
export type Reading<Value> =
	{ kind: 'value'; value: Value } | { kind: 'nothing' } | { kind: 'problem'; message: string };

const NOTHING = { kind: 'nothing' } as const;

/** A spreadsheet knows fifteen digits of a number: what comes after is noise of its own making. */
const KNOWN_DIGITS = 15;

/**
 * Reads an amount in euro. Text as people type it (`parseEuros`); a stored number by its decimals. More
 * than two of them, a date, a percentage, a formula or an error is a problem: nothing is rounded.
 */
export function readAmount(cell: SheetCell | undefined, name: string): Reading<Cents> {
	const refused = refuseKind(cell, name, 'un montant');
	if (refused) return refused;
	const text = textOfCell(cell);
	if (text === '') return NOTHING;
	if (typeof cell === 'object') return readStored(cell.text, name);
	const parsed = parseEuros(text);
	return parsed.ok ? { kind: 'value', value: parsed.cents } : problem(parsed.message);
}

/** Reads a whole number of things. Refuses decimals, words and whatever is not a count. */
export function readCount(cell: SheetCell | undefined, name: string): Reading<number> {
	const refused = refuseKind(cell, name, 'un nombre');
	if (refused) return refused;
	const stored = typeof cell === 'object' ? plainDecimal(cell.text) : textOfCell(cell);
	if (stored === '') return NOTHING;
	const digits = stored?.replace(/[\s\u202f]/gu, '').replace(/^[−–]/u, '-');
	const whole = digits === undefined ? null : /^(-?\d{1,9})(?:[.,]0+)?$/.exec(digits);
	return whole
		? { kind: 'value', value: Number(whole[1]) }
		: problem(`La cellule ${name} n’est pas un nombre entier : écrivez par exemple 12.`);
}

/** What only a workbook can hold, and where neither an amount nor a count may be guessed. */
export function refuseKind(
	cell: SheetCell | undefined,
	name: string,
	expected: string
): { kind: 'problem'; message: string } | null {
	if (typeof cell === 'string') {
		return cell.trimStart().startsWith('=') ? problem(formulaIn(name)) : null;
	}
	switch (cell?.kind) {
		case 'formula':
			return problem(formulaIn(name));
		case 'error':
			return problem(`La cellule ${name} contient l’erreur ${cell.text} : corrigez-la.`);
		case 'date':
			return problem(
				`La cellule ${name} contient une date, pas ${expected} : changez son format en « Nombre ».`
			);
		case 'percent':
			return problem(`La cellule ${name} est un pourcentage, pas ${expected}.`);
		case 'boolean':
			return problem(`La cellule ${name} contient vrai ou faux, pas ${expected}.`);
		default:
			return null;
	}
}

const formulaIn = (name: string): string =>
	`La cellule ${name} contient une formule : collez les valeurs.`;

/** Exact cents from the stored decimals. `4.3499999999999996` is how a spreadsheet stores 4,35. */
function readStored(text: string, name: string): Reading<Cents> {
	const decimal = plainDecimal(text);
	const parts = decimal === null ? null : /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal);
	if (!parts) return problem(`La cellule ${name} n’est pas un montant lisible.`);
	const [, sign = '', whole = '', fraction = ''] = parts;
	if (fraction.length > 2) {
		return problem(
			`La cellule ${name} a plus de deux décimales (${decimal?.replace('.', ',')}) : arrondissez-la vous-même au centime.`
		);
	}
	if (whole.length > 14) return problem(`Le montant de la cellule ${name} est trop grand.`);
	const amount = BigInt(`${whole}${fraction.padEnd(2, '0')}`);
	try {
		return { kind: 'value', value: cents(sign ? -amount : amount) };
	} catch {
		return problem(`Le montant de la cellule ${name} est trop grand.`);
	}
}

/** A stored number without its exponent and its noise; null where it is none. */
function plainDecimal(stored: string): string | null {
	const text = stored.trim();
	if (/^-?\d{1,20}(?:\.\d{1,2})?$/.test(text)) return text;
	if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/.test(text)) return null;
	const number = Number(text);
	if (!Number.isFinite(number)) return null;
	const known = String(Number(number.toPrecision(KNOWN_DIGITS)));
	// Where fifteen digits do not reach the cents, what is stored is taken as it stands.
	const shown = Math.abs(number) < 1e13 ? known : String(number);
	return /e/.test(shown) ? expand(shown) : shown;
}

/** `1e-7` and `1e+21` without their exponent. */
function expand(text: string): string | null {
	const [, sign = '', whole = '', fraction = '', exponent = '0'] =
		/^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? [];
	const digits = whole + fraction;
	const point = whole.length + Number(exponent);
	if (Math.abs(point) > 400) return null;
	if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
	return `${sign}${digits.padEnd(point, '0').slice(0, point)}${
		digits.length > point ? `.${digits.slice(point)}` : ''
	}`;
}

const problem = (message: string): { kind: 'problem'; message: string } => ({
	kind: 'problem',
	message: typeset(message)
});
