import { createHash } from 'node:crypto';

/** The schema in which pg-boss keeps its tables, apart from ours. */
export const JOBS_SCHEMA = 'pgboss';

/** Of the package, which is pinned: a test compares them. */
export const PG_BOSS_VERSION = '12.35.0';

/** What is done behind the back of requests, and what each is told. */
export type JobData = {
	/** Reads a spreadsheet that was uploaded, with the rights of whoever gave it. */
	'read-import': { importId: string; actorId: string };
	/** Writes the mails that follow from what happened to declarations. */
	'write-mails': Record<string, never>;
	/** Sends the mails that wait. */
	'send-mails': Record<string, never>;
	/** Each morning: periods that open, are due soon, or are late. */
	'write-reminders': Record<string, never>;
	/** On Mondays, for finance: what is late and what waits. */
	'write-summary': Record<string, never>;
};

export type JobName = keyof JobData;

/**
 * How each queue behaves. `short`: while one job waits, more are dropped, since it will see all there is to see.
 * A job of a process that was killed is taken up again: an import once its heart beats no more, mails by the
 * next job at once, since rows are locked and not the queue.
 */
export const QUEUES: Record<JobName, QueueRules> = {
	'read-import': {
		policy: 'standard',
		heartbeatSeconds: 10,
		expireInSeconds: 3600,
		retryLimit: 5,
		retryDelay: 1,
		deleteAfterSeconds: 24 * 3600
	},
	'write-mails': { policy: 'short', expireInSeconds: 300, retryLimit: 0, deleteAfterSeconds: 3600 },
	'send-mails': { policy: 'short', expireInSeconds: 900, retryLimit: 0, deleteAfterSeconds: 3600 },
	'write-reminders': {
		policy: 'short',
		expireInSeconds: 600,
		retryLimit: 5,
		retryDelay: 60,
		deleteAfterSeconds: 7 * 24 * 3600
	},
	'write-summary': {
		policy: 'short',
		expireInSeconds: 600,
		retryLimit: 5,
		retryDelay: 60,
		deleteAfterSeconds: 7 * 24 * 3600
	}
};

export type QueueRules = {
	policy: 'standard' | 'short';
	heartbeatSeconds?: number;
	/** After this time a job is held for lost. */
	expireInSeconds: number;
	retryLimit: number;
	retryDelay?: number;
	deleteAfterSeconds: number;
};

/** What the clock starts, in Paris. Missed while nothing ran, it is made up for once. */
export const SCHEDULES: { name: JobName; cron: string }[] = [
	{ name: 'write-mails', cron: '* * * * *' },
	{ name: 'send-mails', cron: '* * * * *' },
	{ name: 'write-reminders', cron: '0 7 * * *' },
	{ name: 'write-summary', cron: '0 8 * * 1' }
];

/**
 * How long a process waits before it looks again, in seconds. Whoever asks for a job wakes its own process,
 * so this is the wait only for what another process left behind.
 */
export const POLLING_SECONDS: Record<JobName, number> = {
	'read-import': 5,
	'write-mails': 20,
	'send-mails': 20,
	'write-reminders': 45,
	'write-summary': 45
};

/** Stands on the schema once all of the above is there, so that a start need not look further. */
export const JOBS_MARK = `tenu: ${createHash('sha256')
	.update(JSON.stringify([PG_BOSS_VERSION, QUEUES, SCHEDULES]))
	.digest('hex')
	.slice(0, 16)}`;
