/**
 * Small tables in text, so that an accountant can read a test: one line a row, cells between bars.
 * Spaces around cells, indentation and lines of dashes mean nothing.
 */
export function table(text: string): string {
	return rowsOf(text)
		.map((cells) => cells.join(' | '))
		.join('\n');
}

/** The rows of a table as records named by its first line. Empty cells are left out. */
export function records(text: string): Record<string, string>[] {
	const [names = [], ...rows] = rowsOf(text);
	return rows.map((cells) =>
		Object.fromEntries(
			cells.flatMap((cell, index) => (cell === '' ? [] : [[names[index] ?? '', cell]]))
		)
	);
}

/** `15 000,00` or `-1,5`: euros as an accountant types them, in cents. */
export function euros(text: string): bigint {
	const found = /^([-−]?)(\d+)(?:,(\d{1,2}))?$/.exec(text.replaceAll(/\s/g, ''));
	if (!found) throw new Error(`not an amount: ${text}`);
	const [, sign, whole = '0', decimals = ''] = found;
	const amount = BigInt(whole) * 100n + BigInt(decimals.padEnd(2, '0'));
	return sign ? -amount : amount;
}

/** Cents as the tables of these tests write them: `15 000,00`. */
export function inEuros(amount: bigint | string): string {
	const value = BigInt(amount);
	const magnitude = value < 0n ? -value : value;
	const whole = String(magnitude / 100n).replaceAll(/\B(?=(\d{3})+$)/g, ' ');
	return `${value < 0n ? '-' : ''}${whole},${String(magnitude % 100n).padStart(2, '0')}`;
}

function rowsOf(text: string): string[][] {
	return text
		.split('\n')
		.filter((line) => line.trim() !== '' && !/^[\s|-]+$/.test(line))
		.map((line) => line.split('|').map((cell) => cell.trim()));
}
