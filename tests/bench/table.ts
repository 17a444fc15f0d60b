/** What was measured beside what was wanted. */
export type Line = { what: string; measured: string; goal: string; met: boolean | null };

export function printTable(lines: readonly Line[]): void {
	const head = ['Quoi', 'Mesuré', 'But', 'Tenu ?'];
	const rows = lines.map(({ what, measured, goal, met }) => [
		what,
		measured,
		goal,
		met === null ? '' : met ? 'oui' : 'NON'
	]);
	const widths = head.map((_, column) =>
		Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length))
	);
	const draw = (row: readonly string[]): string =>
		row
			.map((cell, column) => cell.padEnd(widths[column] ?? 0))
			.join(' | ')
			.trimEnd();
	console.log('');
	console.log(draw(head));
	console.log(widths.map((width) => '-'.repeat(width)).join('-|-'));
	for (const row of rows) console.log(draw(row));
	const missed = lines.filter(({ met }) => met === false).length;
	console.log(missed === 0 ? '\nTous les buts sont tenus.' : `\nButs manqués : ${missed}.`);
}
