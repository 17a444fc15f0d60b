import { registerJob, wakeJob } from '#lib/server/jobs/jobs.ts';

/** Every job of the application by its name, each loaded when it is done for the first time. */
export function registerJobs(): void {
	registerJob('write-mails', async (context) => {
		const [{ writeMails }, { writeStandingMails }] = await Promise.all([
			import('#lib/server/mail/write-mails.ts'),
			import('#lib/server/mail/write-reminders.ts')
		]);
		const written = (await writeMails(context)) + (await writeStandingMails(context));
		if (written > 0) wakeJob('send-mails');
	});
	registerJob('write-reminders', async (context) => {
		const { writeReminders } = await import('#lib/server/mail/write-reminders.ts');
		if ((await writeReminders(context)) > 0) wakeJob('send-mails');
	});
	registerJob('write-summary', async (context) => {
		const { writeSummaries } = await import('#lib/server/mail/write-reminders.ts');
		if ((await writeSummaries(context)) > 0) wakeJob('send-mails');
	});
	registerJob('send-mails', async (context) => {
		const { sendMails } = await import('#lib/server/mail/send-mails.ts');
		await sendMails(context);
	});
	registerJob('read-import', async ({ db, config, signal }, data) => {
		const [{ readImport }, { openFileStore }] = await Promise.all([
			import('#lib/server/imports/read-import.ts'),
			import('#lib/server/evidence/file-store.ts')
		]);
		await readImport({ db, files: openFileStore(config.filesDir), signal }, data);
	});
}
