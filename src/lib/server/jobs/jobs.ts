import type { Config } from '#lib/server/config.ts';
import type { Database } from '#lib/server/db/client.ts';
import { askByTheClock } from '#lib/server/db/transaction.ts';
import type { Boss, SendOptions } from '#lib/server/jobs/boss.ts';
import { POLLING_SECONDS, type JobData, type JobName } from '#lib/server/jobs/queues.ts';

/** What a job is done with. It runs on nobody's behalf, unless its data says on whose. */
export type JobContext = {
	db: Database;
	config: Config;
	/** When it began. */
	at: Date;
	/** Aborted when the process stops or the job was given to another. */
	signal: AbortSignal;
};

export type JobHandler<Name extends JobName> = (
	context: JobContext,
	data: JobData[Name]
) => Promise<void>;

export type JobsOptions = {
	db: Database;
	config: Config;
	/** The clock of the process. */
	now: () => Date;
	/** Told of jobs that failed and of a database that is away; the process goes on. */
	onError: (error: Error) => void;
	/** So that the first page does not wait for what runs behind. */
	delayMs?: number;
};

/** Between two attempts to reach a database that was away at the start. */
const RETRY_MS = 5_000;

/** What is asked several times in this time wakes the queue once. */
const WAKE_MS = 100;

type Running = {
	boss: Boss;
	/** By the name of a job, what makes this process look for it at once. */
	wake: Map<JobName, () => void>;
};

const handlers = new Map<JobName, JobHandler<JobName>>();

/** Jobs that need no data and find by themselves what is to be done. */
type SelfMade = 'write-mails' | 'send-mails';

const CAUGHT_UP: readonly SelfMade[] = ['write-mails', 'send-mails'];

const waking = new Set<JobName>();

let starting: { running: Promise<Running>; stopping: AbortController } | null = null;

/** Says how jobs of this name are done. Before `startJobs`; a process takes only jobs that it can do. */
export function registerJob<Name extends JobName>(name: Name, handler: JobHandler<Name>): void {
	handlers.set(name, handler as JobHandler<JobName>);
}

/** Begins to do jobs in this process, beside others that do. Returns at once. */
export function startJobs(options: JobsOptions): void {
	if (starting) return;
	const stopping = new AbortController();
	const running = begin(options, stopping.signal);
	running.catch(() => {}); // Whoever asks for a job is told; the process goes on.
	starting = { running, stopping };
	// What a process that was killed left undone is done now, rather than at the next minute.
	for (const name of CAUGHT_UP) if (handlers.has(name)) wakeJob(name);
}

/**
 * Asks for a job, once what it is about is committed. It is done once, by this process or another. Answers
 * false where one that waits already will do. The same `id` twice is the same job.
 */
export async function sendJob<Name extends JobName>(
	name: Name,
	data: JobData[Name],
	options: SendOptions = {}
): Promise<boolean> {
	if (!starting) throw new Error('The jobs of this process were not started.');
	const { boss, wake } = await starting.running;
	const sent = await boss.send(name, data, options);
	wake.get(name)?.();
	return sent;
}

/** Asks for a job that needs no data, soon and without waiting; where that fails, the clock asks each minute. */
export function wakeJob(name: SelfMade): void {
	if (!starting || waking.has(name)) return;
	waking.add(name);
	setTimeout(() => {
		waking.delete(name);
		sendJob(name, {}).catch(() => {});
	}, WAKE_MS).unref();
}

/** Lets the jobs under way finish, at most this long; what then still runs is given back for another process. */
export async function stopJobs(timeoutMs: number): Promise<void> {
	if (!starting) return;
	const { running, stopping } = starting;
	starting = null;
	stopping.abort();
	const jobs = await running.catch(() => null);
	if (!jobs) return;
	const limit = AbortSignal.timeout(Math.max(timeoutMs, 1));
	await Promise.race([
		jobs.boss.rest([...jobs.wake.keys()]),
		new Promise((done) => limit.addEventListener('abort', done))
	]);
	await jobs.boss.stop();
}

async function begin(options: JobsOptions, stopping: AbortSignal): Promise<Running> {
	await pause(options.delayMs ?? 0, stopping);
	const { openBoss } = await import('#lib/server/jobs/boss.ts');
	for (;;) {
		stopping.throwIfAborted();
		const boss = openBoss(
			(text, values) => askByTheClock(options.db, text, values),
			(error) => (stopping.aborted ? undefined : options.onError(error))
		);
		try {
			await boss.start();
			return { boss, wake: await takeJobs(boss, options) };
		} catch (error) {
			if (!stopping.aborted) options.onError(error as Error);
			await boss.stop().catch(() => {});
			await pause(RETRY_MS, stopping);
		}
	}
}

async function takeJobs(boss: Boss, options: JobsOptions): Promise<Map<JobName, () => void>> {
	const wake = new Map<JobName, () => void>();
	for (const [name, handler] of handlers) {
		const wakeUp = await boss.work(name, POLLING_SECONDS[name], async ({ data, signal }) => {
			const { db, config, now } = options;
			try {
				await handler({ db, config, at: now(), signal }, data as JobData[JobName]);
			} catch (error) {
				options.onError(error as Error);
				throw error; // So that pg-boss tries again, as the queue says.
			}
		});
		wake.set(name, wakeUp);
	}
	return wake;
}

async function pause(ms: number, stopping: AbortSignal): Promise<void> {
	if (stopping.aborted) return;
	await new Promise<void>((done) => {
		const timer = setTimeout(done, ms);
		timer.unref();
		stopping.addEventListener('abort', () => {
			clearTimeout(timer);
			done();
		});
	});
}
