import { spawn, type ChildProcess } from 'node:child_process';
import { delimiter, dirname, join, resolve } from 'node:path';

export const PROJECT = resolve(import.meta.dirname, '../..');

/** One thing that the test command checks: a program of node_modules and its arguments. */
export type Step = {
	name: string;
	program: string;
	args: readonly string[];
	/** Shows what it says as it says it, for a step of minutes. */
	live?: boolean;
};

export type StepResult = { name: string; passed: boolean; seconds: number; output: string };

const LONGEST_STEP_MS = 15 * 60_000;

const running = new Set<ChildProcess>();

/** Runs a step to its end, on the Node that runs us, in a process group that can be ended as one. */
export async function runStep(step: Step): Promise<StepResult> {
	const start = performance.now();
	const child = spawn(
		process.execPath,
		[
			...['--import', join(import.meta.dirname, 'tether.js')],
			...[join(PROJECT, step.program), ...step.args]
		],
		{
			cwd: PROJECT,
			detached: process.platform !== 'win32',
			env: {
				...process.env,
				PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`
			},
			stdio: ['pipe', 'pipe', 'pipe']
		}
	);
	running.add(child);
	const chunks: string[] = [];
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (chunk: string) => {
			if (step.live) process.stdout.write(chunk);
			else chunks.push(chunk);
		});
	}
	const limit = setTimeout(() => {
		chunks.push(`Ended after ${LONGEST_STEP_MS / 60_000} minutes.\n`);
		signal(child, 'SIGKILL');
	}, LONGEST_STEP_MS);
	const code = await new Promise<number | null>((done) => child.on('close', done));
	clearTimeout(limit);
	running.delete(child);
	return {
		name: step.name,
		passed: code === 0,
		seconds: (performance.now() - start) / 1000,
		output: chunks.join('')
	};
}

/** Ends what runs: asks first, so that servers and browsers are closed in order, and insists after ten seconds. */
export async function endRunningSteps(): Promise<void> {
	for (const child of running) signal(child, 'SIGTERM');
	for (let waited = 0; running.size > 0 && waited < 10_000; waited += 50) {
		await new Promise((done) => setTimeout(done, 50));
	}
	for (const child of running) signal(child, 'SIGKILL');
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
	if (child.pid === undefined) return;
	try {
		process.kill(process.platform === 'win32' ? child.pid : -child.pid, name);
	} catch {
		// It ended in between.
	}
}
