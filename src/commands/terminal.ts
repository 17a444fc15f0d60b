import { parseArgs } from 'node:util';
import { Refusal } from '#lib/domain/refusal.ts';
import { SetupError } from '#lib/server/setup-error.ts';

/** Runs a command: what the person can mend is said in its lines, what they can't keeps its stack. Then exit 1. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
	try {
		await work();
	} catch (error) {
		if (error instanceof SetupError) for (const line of error.lines) console.error(line);
		else if (error instanceof Refusal) console.error(error.message);
		else console.error(error);
		process.exitCode = 1;
	}
}

/** Does one step and says on one line what and how long: `Construction de l’application… 8,2 s`. */
export async function step<T>(label: string, work: () => T | Promise<T>): Promise<T> {
	const start = performance.now();
	process.stdout.write(`${label}… `);
	try {
		const result = await work();
		process.stdout.write(`${formatSeconds(performance.now() - start)}\n`);
		return result;
	} catch (error) {
		process.stdout.write('échec\n');
		throw error;
	}
}

/** `8,2 s` */
export function formatSeconds(milliseconds: number): string {
	return `${(milliseconds / 1000).toFixed(1).replace('.', ',')} s`;
}

/** Reads `--name` options that are on or off, and refuses any other word on the command line. */
export function readFlags<Name extends string>(known: readonly Name[]): Record<Name, boolean> {
	const { tokens } = parseArgs({ strict: false, tokens: true });
	const unknown = tokens.find(
		(token) =>
			token.kind !== 'option' || !known.includes(token.name as Name) || token.value !== undefined
	);
	if (unknown) {
		const word = process.argv[unknown.index + 2] ?? '';
		const options =
			known.length > 0
				? `Options : ${known.map((name) => `--${name}`).join(', ')}.`
				: 'Il n’y en a pas.';
		throw new SetupError(`Option inconnue : ${word}. ${options}`);
	}
	const given = tokens.map((token) => (token.kind === 'option' ? token.name : ''));
	return Object.fromEntries(known.map((name) => [name, given.includes(name)])) as Record<
		Name,
		boolean
	>;
}
