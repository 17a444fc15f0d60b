import { flushCompileCache } from 'node:module';
/**
 * An application that accepts declarations, writes messages and sends the mails that follow, with the jobs of the
 * application, until it is killed. It says on standard output what was acknowledged to it. Planted bug: `early`
 * writes down that a mail was sent before it is.
 */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { readConfig } from '#lib/server/config.ts';
import type { Context } from '#lib/server/context.ts';
import { createDatabase } from '#lib/server/db/client.ts';
import { byTheClock } from '#lib/server/db/transaction.ts';
import { acceptDeclaration } from '#lib/server/declarations/accept-declaration.ts';
import { writeMessage } from '#lib/server/declarations/write-message.ts';
import { registerJob, startJobs, wakeJob } from '#lib/server/jobs/jobs.ts';
import { registerJobs } from '#lib/server/jobs/register-jobs.ts';
import { openPostOffice } from '#lib/server/mail/post-office.ts';

flushCompileCache(); // What is killed saves nothing at its end.

export type MailerTask = {
	connection: { host: string; port: number; user: string; database: string };
	smtpUrl: string;
	officerId: string;
	/** To accept, one after the other. */
	submitted: string[];
	/** To write about, for ever. */
	talked: string;
	early: boolean;
};

const MAIL_FROM = 'tenu <tenu@exemple.fr>';

const task = JSON.parse(process.argv[2] ?? '') as MailerTask;
const db = createDatabase({ connection: task.connection, poolSize: 6 });
const config = readConfig({
	SMTP_URL: task.smtpUrl,
	MAIL_FROM,
	ORIGIN: 'https://tenu.exemple.fr'
});
const officer: Context = {
	db,
	actor: {
		id: task.officerId,
		name: 'Camille Finances',
		role: 'finance',
		organisationId: null,
		organisationName: null
	},
	at: new Date()
};

registerJobs();
if (task.early) registerJob('send-mails', sendTooEarly);
startJobs({ db, config, now: () => new Date(), onError: (error) => console.error(error.message) });

for (const id of task.submitted) {
	await acceptDeclaration(officer, randomUUID(), id);
	writeSync(1, `accepted ${id}\n`);
	wakeJob('write-mails');
	const text = randomUUID();
	await writeMessage(officer, task.talked, { text });
	writeSync(1, `written ${text}\n`);
	wakeJob('write-mails');
}
for (;;) {
	const text = randomUUID();
	await writeMessage(officer, task.talked, { text });
	writeSync(1, `written ${text}\n`);
	wakeJob('write-mails');
	await new Promise((done) => setTimeout(done, 20));
}

async function sendTooEarly(): Promise<void> {
	const office = openPostOffice(task.smtpUrl, MAIL_FROM);
	const { rows } = await byTheClock(db, (tx) =>
		tx.execute<{ id: string; subject: string; body: string }>(
			sql`update mails set sent_at = now() where sent_at is null returning id, subject, body`
		)
	);
	for (const mail of rows) {
		await office.send(
			{ ...mail, name: 'x', email: 'x@demo.example', createdAt: new Date() },
			20_000
		);
	}
	office.close();
}
