/**
 * Something about the machine or its settings keeps tenu from starting. Its lines, in French, are all the person at
 * the terminal needs: commands print them as they are, without a stack.
 */
export class SetupError extends Error {
	readonly lines: readonly string[];

	constructor(lines: string | readonly string[], options?: ErrorOptions) {
		const list = typeof lines === 'string' ? [lines] : lines;
		super(list.join('\n'), options);
		this.name = 'SetupError';
		this.lines = list;
	}
}
