import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMonths, day } from '#lib/domain/day.ts';
import { readConfig } from '#lib/server/config.ts';
import { sendMails } from '#lib/server/mail/send-mails.ts';
import { writeMails } from '#lib/server/mail/write-mails.ts';
import { startApp } from '../../support/app.ts';
import { openDesk, type Desk } from '../../support/declarations.ts';
import { KILLS } from '../../support/kills.ts';
import { openPostOffice, type TestPostOffice } from '../../support/post-office.ts';
import type { MailerTask } from './mailer.ts';

const MAILER = join(import.meta.dirname, 'mailer.ts');
const MAIL = { MAIL_FROM: 'tenu <tenu@exemple.fr>', ORIGIN: 'https://tenu.exemple.fr' };

/** Fifty starts of the same program: its compiled form is kept between them. */
const compileCache = mkdtempSync(join(tmpdir(), 'tenu-mailer-'));

let desk: Desk;
let office: TestPostOffice;
/** Declarations that wait for finance. */
const submitted: string[] = [];
/** One that is talked about. */
let talked: string;

beforeAll(async () => {
	desk = await openDesk({ poolSize: 6 });
	office = await openPostOffice({ answerAfterMs: 2 });
	for (const label of ['Un', 'Deux', 'Trois', 'Quatre', 'Cinq']) {
		const facts = { label, promised: '9 000,00', measures: [`Prêts ${label}`] };
		const envelope = await desk.envelope({ ...facts, frequency: 'month' });
		for (let month = 0; month < 28; month += 1) {
			const startsOn = addMonths(day('2020-01-01'), month);
			submitted.push(await envelope.send(startsOn, `Prêts ${label}: 1,00`));
		}
	}
	talked = submitted.pop() ?? '';
}, 60_000);
afterAll(async () => {
	await office.close();
	await desk.close();
	rmSync(compileCache, { recursive: true, force: true });
});

describe('the application killed while it accepts and sends', () => {
	it('again and again loses no mail, and sends none under two names', async () => {
		const { accepted, written } = await killMany(KILLS, { early: false });
		expect(accepted.length).toBeGreaterThan(20);
		await finish();

		// What was acknowledged is told to both people of the organisation, once each.
		expect(await told('decided', accepted.length)).toBe(2 * accepted.length);
		const { rows } = await desk.owner.query<{ text: string }>(
			`select text from unnest($1::text[]) as text where (
				select count(*) from mails m where m.kind = 'message' and m.body like '%' || text || '%'
			) <> 2`,
			[written]
		);
		expect(rows).toEqual([]);

		// Every mail arrived, under its own name, always the same.
		const { distinct, repeated } = countDeliveries();
		expect(distinct).toEqual(await names());
		console.log(
			`${KILLS} kills: ${distinct.length} mails, ${repeated.length} delivered again under the same Message-ID`
		);
		// No server tells what it took from a process that is gone: at most the mail in its hands comes again.
		expect(repeated.length).toBeLessThanOrEqual(KILLS);
		for (const name of repeated) expect(new Set(wiresOf(name)).size).toBe(1);
	}, 300_000);

	it('is a test that writing a mail down as sent too early fails', async () => {
		await killMany(6, { early: true });
		await finish();
		expect(countDeliveries().distinct.length).toBeLessThan((await names()).length);
	}, 180_000);
});

describe('the built application, killed with mails in hand', () => {
	it('sends the rest when it starts again', async () => {
		await desk.owner.query('delete from mails');
		office.deliveries.length = 0;
		await desk.owner.query(
			`insert into declaration_events (declaration_id, actor_id, action, submission, text)
			select $1, $2, 'message', 1, 'Message ' || n from generate_series(1, 60) n`,
			[talked, desk.people.officer.actor.id]
		);
		const env = { ...MAIL, SMTP_URL: office.url };
		for (let kills = 0; kills < 2; kills += 1) {
			const before = office.deliveries.length;
			const app = await startApp({ database: desk.database, env });
			await until(() => office.deliveries.length > before + 5);
			await app.kill();
			await wait(50);
		}
		const app = await startApp({ database: desk.database, env });
		await until(() => new Set(countDeliveries().distinct).size >= 120);
		await until(async () => (await waiting()) === 0);
		expect(await app.stop()).toBe(0);
		expect(countDeliveries().distinct).toEqual(await names());
	}, 300_000);
});

type Acknowledged = { accepted: string[]; written: string[] };

/** Starts applications, three at a time, and kills each in the midst of its work, after a few acknowledgements. */
async function killMany(count: number, { early }: { early: boolean }): Promise<Acknowledged> {
	const lines: string[] = [];
	let left = count;
	const lane = async () => {
		while (left-- > 0) lines.push(...(await sendUntilKilled(early)));
	};
	await Promise.all([lane(), lane(), lane()]);
	const after = (word: string) =>
		lines.filter((line) => line.startsWith(word)).map((line) => line.slice(word.length + 1));
	return { accepted: after('accepted'), written: after('written') };
}

async function sendUntilKilled(early: boolean): Promise<string[]> {
	const { host = '', port = 5432, user = '', database = '' } = desk.database.login;
	const task: MailerTask = {
		connection: { host, port, user, database },
		smtpUrl: office.url,
		officerId: desk.people.officer.actor.id,
		submitted: submitted.splice(0, 2),
		talked,
		early
	};
	const child = spawn(process.execPath, [MAILER, JSON.stringify(task)], {
		stdio: ['ignore', 'pipe', 'inherit'],
		env: { ...process.env, NODE_COMPILE_CACHE: compileCache }
	});
	let output = '';
	const ended = new Promise((done) => child.on('close', done));
	const isWorking = await new Promise((answer) => {
		child.stdout.on('data', (chunk: Buffer) => {
			output += chunk.toString();
			if (output.split('\n').length > 4) answer(true);
		});
		void ended.then(() => answer(false));
	});
	if (!isWorking) throw new Error('The application ended by itself.');
	// Its jobs begin in this time: some are killed before, some while they write, most while they send.
	await wait(Math.random() * 300);
	child.kill('SIGKILL');
	await ended;
	return output.split('\n').slice(0, -1);
}

/** What an application that is not killed does in the end. */
async function finish(): Promise<void> {
	const config = readConfig({ ...MAIL, SMTP_URL: office.url });
	await wait(200); // The server of the database ends the sessions of the killed.
	await writeMails({ db: desk.db, config });
	await sendMails({ db: desk.db, config, signal: new AbortController().signal });
	expect(await waiting()).toBe(0);
}

async function waiting(): Promise<number> {
	const { rowCount } = await desk.owner.query('select from mails where sent_at is null');
	return rowCount ?? 0;
}

async function told(kind: string, least: number): Promise<number> {
	const { rowCount } = await desk.owner.query(
		`select from mails m join declaration_events e on m.cause = 'event:' || e.id
		where m.kind = $1 and e.action = 'accept'`,
		[kind]
	);
	// An acceptance whose acknowledgement was cut off is told too.
	const { rows } = await desk.owner.query<{ count: number }>(
		"select count(*)::int as count from declarations where state = 'accepted'"
	);
	expect(rowCount).toBe(2 * (rows[0]?.count ?? 0));
	expect(rows[0]?.count).toBeGreaterThanOrEqual(least);
	return 2 * least;
}

/** The names of all mails, as they are to stand on the wire. */
async function names(): Promise<string[]> {
	const { rows } = await desk.owner.query<{ name: string }>(
		"select '<' || id || '@exemple.fr>' as name from mails"
	);
	return rows.map(({ name }) => name).sort();
}

function countDeliveries(): { distinct: string[]; repeated: string[] } {
	const all = office.deliveries.map(({ headers }) => headers.get('message-id') ?? '');
	const distinct = [...new Set(all)].sort();
	const repeated = distinct.filter((name) => all.filter((one) => one === name).length > 1);
	return { distinct, repeated };
}

/** A mail as it went over the wire, each time it did. */
const wiresOf = (name: string): string[] =>
	office.deliveries
		.filter(({ headers }) => headers.get('message-id') === name)
		.map(({ raw }) => raw);

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
	for (let waited = 0; waited < 60_000; waited += 20) {
		if (await holds()) return;
		await wait(20);
	}
	throw new Error('It did not come to pass in a minute.');
}
