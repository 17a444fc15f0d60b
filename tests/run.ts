/**
 * Checks everything: types, lint, format, build, and every test on a real PostgreSQL and in a real Chromium. It uses
 * neither ./data nor a fixed port, so it passes beside a running application, and it leaves no process behind.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endRunningSteps, runStep, type Step, type StepResult } from './support/step.ts';

const scratch = mkdtempSync(join(tmpdir(), 'tenu-run-'));
const report = join(scratch, 'tests.json');

const sync: Step = {
	name: 'sync',
	program: 'node_modules/@sveltejs/kit/svelte-kit.js',
	args: ['sync']
};
const types: Step = {
	name: 'types',
	program: 'node_modules/svelte-check/bin/svelte-check',
	args: ['--tsconfig', './tsconfig.json', '--fail-on-warnings']
};
const lint: Step = {
	name: 'lint',
	program: 'node_modules/eslint/bin/eslint.js',
	args: ['.', '--max-warnings', '0']
};
const format: Step = {
	name: 'format',
	program: 'node_modules/prettier/bin/prettier.cjs',
	args: ['--check', '.']
};
const build: Step = { name: 'build', program: 'src/commands/build.ts', args: [] };
const tests: Step = {
	name: 'tests',
	program: 'node_modules/vitest/vitest.mjs',
	args: ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
	live: true
};

let interrupted = false;
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.once(name, () => {
		interrupted = true;
		void endRunningSteps().finally(() => leave(130));
	});
}

const results = [await check(sync)];
// What does not depend on each other runs two at a time: most machines that run this have two processors.
const lanes = await Promise.all([inTurn([types]), inTurn([build, lint, format])]);
results.push(...lanes.flat());
const tested = await check(tests);

const steps = results.filter(({ name }) => name !== 'sync' || !results[0]?.passed);
const counts = countTests(tested);
const passed = counts.passed + steps.filter((result) => result.passed).length;
const failed = counts.failed + steps.filter((result) => !result.passed).length;
console.log(`\n${passed} passed, ${failed} failed`);
leave(failed === 0 ? 0 : 1);

async function inTurn(list: readonly Step[]): Promise<StepResult[]> {
	const done: StepResult[] = [];
	for (const step of list) done.push(await check(step));
	return done;
}

/** Runs a step and says how it went; what a failed one said is shown whole. */
async function check(step: Step): Promise<StepResult> {
	if (step.live) console.log(`${step.name} …`);
	const result = await runStep(step);
	if (interrupted) return new Promise(() => undefined); // The handler above has the last word.
	console.log(
		`${step.name.padEnd(7)} ${result.passed ? 'ok' : 'FAILED'} (${result.seconds.toFixed(1)} s)`
	);
	if (!result.passed && result.output) console.log(result.output);
	return result;
}

type Report = {
	numPassedTests: number;
	numFailedTests: number;
	testResults: { status: string; assertionResults: { status: string }[] }[];
};

/** A file that could not even be loaded has no test in the report: it counts as one that failed. */
function countTests(result: StepResult): { passed: number; failed: number } {
	try {
		const { numPassedTests, numFailedTests, testResults } = JSON.parse(
			readFileSync(report, 'utf8')
		) as Report;
		const unloaded = testResults.filter(
			(file) =>
				file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed')
		);
		const failed = numFailedTests + unloaded.length;
		return { passed: numPassedTests, failed: result.passed ? failed : Math.max(failed, 1) };
	} catch {
		return { passed: 0, failed: 1 };
	}
}

function leave(code: number): never {
	rmSync(scratch, { recursive: true, force: true });
	process.exit(code);
}
