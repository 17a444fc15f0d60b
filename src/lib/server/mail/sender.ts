import { byTheClock } from '#lib/server/db/transaction.ts';
import type { JobContext } from '#lib/server/jobs/jobs.ts';
import type { Sender } from '#lib/server/mail/mail-text.ts';
import { findSettings } from '#lib/server/settings/queries.ts';

/** From which installation mails come. Where nobody said its address, they lead to this machine. */
export async function findSender({
	db,
	config
}: Pick<JobContext, 'db' | 'config'>): Promise<Sender> {
	const { demonstration } = await byTheClock(db, findSettings);
	return { origin: config.origin ?? `http://localhost:${config.port}`, demonstration };
}
