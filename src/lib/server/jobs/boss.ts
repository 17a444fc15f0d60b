import { getConstructionPlans, getMigrationPlans, PgBoss } from 'pg-boss';
import { JOBS_SCHEMA, type JobName } from '#lib/server/jobs/queues.ts';

/** The only place that knows pg-boss. Loading it costs 70 ms and 13 MB, so it is imported late. */

/** Runs one statement of pg-boss, with rights of our choosing. */
export type RunStatement = (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }>;

export type Boss = {
	start: () => Promise<void>;
	/** Takes jobs of this name, one at a time; returns what wakes it. */
	work: (
		name: JobName,
		pollingSeconds: number,
		run: (job: { id: string; data: unknown; signal: AbortSignal }) => Promise<void>
	) => Promise<() => void>;
	/** False where a job that waits already will do. */
	send: (name: JobName, data: object, options: SendOptions) => Promise<boolean>;
	/** Lets what runs finish, takes nothing new. */
	rest: (names: readonly JobName[]) => Promise<void>;
	/** Gives back what still runs, for another process to take. */
	stop: () => Promise<void>;
};

export type SendOptions = {
	/** The same id twice is the same job. */
	id?: string;
	startAfterSeconds?: number;
};

/** The queue as the application uses it: it neither makes nor changes tables. */
export function openBoss(run: RunStatement, onError: (error: Error) => void): Boss {
	const boss = new PgBoss({
		db: { executeSql: run },
		schema: JOBS_SCHEMA,
		migrate: false,
		reindex: false,
		monitorVacuum: false,
		superviseIntervalSeconds: 30,
		monitorIntervalSeconds: 30,
		maintenanceIntervalSeconds: 3600,
		queueCacheIntervalSeconds: 3600,
		flowIntervalSeconds: 3600,
		cronMonitorIntervalSeconds: 30,
		cronWorkerIntervalSeconds: 10
	});
	boss.on('error', onError);
	return {
		start: async () => void (await boss.start()),
		work: async (name, pollingSeconds, handle) => {
			const options = { pollingIntervalSeconds: pollingSeconds };
			const id = await boss.work(name, options, async ([job]) => {
				if (job) await handle({ id: job.id, data: job.data, signal: job.signal });
			});
			return () => boss.notifyWorker(id);
		},
		send: async (name, data, { id, startAfterSeconds }) => {
			const options = {
				...(id === undefined ? {} : { id }),
				...(startAfterSeconds === undefined ? {} : { startAfter: startAfterSeconds })
			};
			return (await boss.send(name, data, options)) !== null;
		},
		rest: async (names) => {
			await Promise.all(names.map((name) => boss.offWork(name, { wait: true })));
		},
		stop: () => boss.stop({ graceful: false })
	};
}

/** The SQL that makes the tables of pg-boss, or brings those of an older version up to date. */
export const plansFrom = (version: number | null): string =>
	version === null ? getConstructionPlans(JOBS_SCHEMA) : getMigrationPlans(JOBS_SCHEMA, version);

/** The queue as its owner prepares it. */
export function openBossAsOwner(run: RunStatement): PgBoss {
	return new PgBoss({ db: { executeSql: run }, schema: JOBS_SCHEMA, supervise: false });
}
