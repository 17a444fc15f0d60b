import { parseArgs } from 'node:util';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { SetupError } from '#lib/server/setup-error.ts';

/** Reads `--name value` options and `--name` flags; any other word is refused with the list of them. */
export function readOptions<Name extends string, Flag extends string>(
	names: readonly Name[],
	flags: readonly Flag[]
): { values: Partial<Record<Name, string>>; flags: Partial<Record<Flag, boolean>> } {
	const options = Object.fromEntries([
		...names.map((name) => [name, { type: 'string' as const }]),
		...flags.map((name) => [name, { type: 'boolean' as const }])
	]);
	try {
		const { values } = parseArgs({ options, strict: true, allowPositionals: false });
		const given = Object.entries(values);
		return {
			values: Object.fromEntries(given.filter(([, value]) => typeof value === 'string')) as never,
			flags: Object.fromEntries(given.filter(([, value]) => value === true)) as never
		};
	} catch (cause) {
		const list = [...names.map((name) => `--${name} …`), ...flags.map((name) => `--${name}`)];
		throw new SetupError(`Option inconnue ou incomplète. Options : ${list.join(', ')}.`, { cause });
	}
}

/** Asks a question at the terminal. Where nobody is there to answer, says which option stands in. */
export async function ask(question: string, option: string): Promise<string> {
	requireTerminal(option);
	const terminal = createInterface({ input: process.stdin, output: process.stdout });
	try {
		return (await terminal.question(`${question} : `)).trim();
	} finally {
		terminal.close();
	}
}

/** Asks for what must not be seen: nothing of what is typed is shown. */
export async function askSecret(question: string, option: string): Promise<string> {
	requireTerminal(option);
	process.stdout.write(`${question} : `);
	const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
	const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
	try {
		return await terminal.question('');
	} finally {
		terminal.close();
		process.stdout.write('\n');
	}
}

/** The first line of standard input, for scripts. */
export async function readSecretFromInput(): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8').split(/\r?\n/)[0] ?? '';
}

function requireTerminal(option: string): void {
	if (!process.stdin.isTTY) throw new SetupError(`Il manque ${option}.`);
}
