import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { EmbeddedDatabase, EmbeddedOptions } from '#lib/server/db/embedded/embedded.ts';
import { PROJECT } from './step.ts';

/** A process of its own that holds the embedded database open. */
export type Holder = Omit<EmbeddedDatabase, 'close'> & {
	leave: () => Promise<void>;
	kill: () => Promise<void>;
};

export type HolderOptions = {
	/** A copy of the project to run from. */
	project?: string;
	/** A program that takes ours as its arguments, such as setpriv. */
	through?: readonly string[];
};

export async function startHolder(
	options: EmbeddedOptions,
	{ project = PROJECT, through = [] }: HolderOptions = {}
): Promise<Holder> {
	const script = join(project, 'tests/support/embedded-holder.ts');
	const [program = '', ...args] = [...through, process.execPath, script, JSON.stringify(options)];
	const child = spawn(program, args, { cwd: '/', stdio: ['pipe', 'pipe', 'pipe'] });
	const exit = new Promise<void>((done) => child.on('close', () => done()));
	let errors = '';
	child.stderr.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk));
	const line = await new Promise<string | null>((done) => {
		createInterface(child.stdout).once('line', done);
		void exit.then(() => done(null));
	});
	if (line === null) throw new Error(errors);
	return {
		...(JSON.parse(line) as Omit<EmbeddedDatabase, 'close'>),
		leave: () => {
			child.stdin.end();
			return exit;
		},
		kill: () => {
			child.kill('SIGKILL');
			return exit;
		}
	};
}
