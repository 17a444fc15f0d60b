import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addMonths, day, formatMonth } from '#lib/domain/day.ts';
import { readConfig, type Config } from '#lib/server/config.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { recordDeclarationEvent } from '#lib/server/declarations/record-event.ts';
import { writeMessage } from '#lib/server/declarations/write-message.ts';
import { sendMails } from '#lib/server/mail/send-mails.ts';
import { writeMails } from '#lib/server/mail/write-mails.ts';
import { openDesk, type DeclaredEnvelope, type Desk } from '../../support/declarations.ts';
import { openPostOffice, type TestPostOffice } from '../../support/post-office.ts';

let desk: Desk;
let envelope: DeclaredEnvelope;
let office: TestPostOffice;

const ORIGIN = 'https://tenu.exemple.fr';
const going = new AbortController().signal;

beforeAll(async () => {
	desk = await openDesk();
	envelope = await desk.envelope({
		label: 'Aides aux salariés',
		promised: '9 000,00',
		measures: ['Prêts'],
		frequency: 'month'
	});
});
afterAll(() => desk.close());
beforeEach(async () => {
	office = await openPostOffice();
});
afterEach(async () => {
	await office.close();
	await desk.owner.query(
		'delete from mail_refusals; delete from mails; update mail_progress set events_through = (select coalesce(max(id), 0) from declaration_events)'
	);
});

const configOf = (smtp: { url: string }): Config =>
	readConfig({ SMTP_URL: smtp.url, MAIL_FROM: 'tenu <tenu@exemple.fr>', ORIGIN });
const write = () => writeMails({ db: desk.db, config: configOf(office) });
const send = (smtp: { url: string } = office) =>
	sendMails({ db: desk.db, config: configOf(smtp), signal: going });
const emailOf = async (id: string): Promise<string> =>
	(await desk.owner.query<{ email: string }>('select email from users where id = $1', [id])).rows[0]
		?.email ?? '';

/** With plain spaces, as a test can be read. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

/** The outbox as a table: who, what, how it stands. */
async function outbox(): Promise<string[]> {
	const { rows } = await desk.owner.query<{ line: string }>(
		`select u.name || ' | ' || m.kind || ' | ' || case when m.sent_at is not null then 'sent' when m.last_error is null then 'waiting' else 'failed' end as line
		from mails m join users u on u.id = m.recipient_id order by m.cause, m.kind, u.name`
	);
	return rows.map(({ line }) => line);
}

let month = 0;
/** The next period of the envelope, declared. */
const declare = () => {
	const startsOn = addMonths(day('2020-01-01'), month++);
	return envelope.send(startsOn, 'Prêts: 10,00');
};

describe('who is told what', () => {
	it('of a declaration that is sent: a receipt to whoever sent it, the news to finance', async () => {
		await declare();
		expect(await write()).toBe(3);
		expect(await outbox()).toEqual([
			'Camille Finances | arrived | waiting',
			'Lou Seconde | arrived | waiting',
			'Dominique Déclarante | receipt | waiting'
		]);
	});

	it('of a decision: everybody of the organisation that declares, and nobody else', async () => {
		const id = await declare();
		await desk.giveBack(id);
		await write();
		expect((await outbox()).filter((line) => line.includes('decided'))).toEqual([
			'Claude Collègue | decided | waiting',
			'Dominique Déclarante | decided | waiting'
		]);
	});

	it('of a message: the other side', async () => {
		const id = await declare();
		await write();
		await desk.owner.query('delete from mails where kind <> $1', ['message']);
		await desk.owner.query(
			'update mail_progress set events_through = (select max(id) from declaration_events)'
		);
		await writeMessage(desk.people.officer, id, { text: 'Pouvez-vous préciser ?' });
		await writeMessage(desk.people.declarant, id, { text: 'Oui, demain.' });
		await write();
		expect(await outbox()).toEqual([
			'Claude Collègue | message | waiting',
			'Dominique Déclarante | message | waiting',
			'Camille Finances | message | waiting',
			'Lou Seconde | message | waiting'
		]);
	});

	it('nothing to whoever left, and nothing of a kind that was refused; the receipt is not refused', async () => {
		const { declarant, officer, second } = desk.people;
		await desk.owner.query(`insert into mail_refusals values ($1, 'arrived'), ($2, 'receipt')`, [
			officer.actor.id,
			declarant.actor.id
		]);
		await desk.owner.query('update users set deactivated_at = now() where id = $1', [
			second.actor.id
		]);
		try {
			await declare();
			await write();
			expect(await outbox()).toEqual(['Dominique Déclarante | receipt | waiting']);
		} finally {
			await desk.owner.query('update users set deactivated_at = null');
		}
	});

	it('the others all the same, where an event does not say its amount as it should', async () => {
		const id = await declare();
		await desk.owner.query(
			`insert into declaration_events (declaration_id, actor_id, action, submission, details)
			values ($1, $2, 'submit', 1, '{"amountCents": "beaucoup"}')`,
			[id, desk.people.declarant.actor.id]
		);
		await desk.giveBack(id);
		await write();
		expect((await outbox()).filter((line) => line.includes('decided'))).toHaveLength(2);
	});

	it('nothing of what was rolled back', async () => {
		const id = await declare();
		await write();
		const before = await outbox();
		const { officer } = desk.people;
		const broken = inTransaction(officer, async (tx) => {
			const event = { declarationId: id, actorId: officer.actor.id, submission: 1 };
			await recordDeclarationEvent(tx, { ...event, action: 'message', text: 'Perdu' });
			throw new Error('no');
		});
		await expect(broken).rejects.toThrow('no');
		expect(await write()).toBe(0);
		expect(await outbox()).toEqual(before);
	});

	it('once, however often and by however many it is written', async () => {
		const id = await declare();
		await desk.accept(id);
		const written = await Promise.all([write(), write(), write()]);
		expect(written.reduce((sum, count) => sum + count)).toBe(5);
		expect(await write()).toBe(0);
	});

	it('of more events than are written at a time, all', async () => {
		const id = await declare();
		for (let count = 0; count < 120; count += 1) {
			await desk.owner.query(
				`insert into declaration_events (declaration_id, actor_id, action, submission, text) values ($1, $2, 'message', 1, 'x')`,
				[id, desk.people.officer.actor.id]
			);
		}
		expect(await write()).toBe(3 + 240);
		expect(await write()).toBe(0);
	});
});

describe('a mail on the wire', () => {
	it('is plain French text with its reason and its link, to one person, under a name of its own', async () => {
		const id = await declare();
		await desk.giveBack(id, 'Il manque la facture nº 3 :\nmerci de l’ajouter.\r\nBcc: x@y.fr');
		await desk.owner.query('delete from mails');
		await write();
		await desk.owner.query("delete from mails where kind <> 'decided' or recipient_id <> $1", [
			desk.people.declarant.actor.id
		]);
		expect(await send()).toBe(1);
		const [mail] = office.deliveries;
		const email = await emailOf(desk.people.declarant.actor.id);
		const { rows } = await desk.owner.query<{ id: string; number: string; period: string }>(
			`select m.id, d.number, d.period_starts_on::text as period from mails m, declarations d where d.id = $1`,
			[id]
		);
		expect(mail?.to).toEqual([email]);
		const subject = mail?.headers.get('subject') ?? '';
		expect(subject).toContain('À corriger\u00a0: déclaration nº\u00a0');
		expect({ ...Object.fromEntries(mail?.headers ?? []), subject: plain(subject) }).toMatchObject({
			from: 'tenu <tenu@exemple.fr>',
			to: `Dominique Déclarante <${email}>`,
			subject: `À corriger : déclaration nº ${rows[0]?.number}, ${formatMonth(day(rows[0]?.period ?? ''))}`,
			'message-id': `<${rows[0]?.id}@exemple.fr>`,
			'auto-submitted': 'auto-generated',
			'content-type': 'text/plain; charset=utf-8',
			'content-transfer-encoding': 'quoted-printable'
		});
		expect([...(mail?.headers.keys() ?? [])]).not.toContain('bcc');
		expect(plain(mail?.text ?? '').trimEnd()).toBe(
			`Bonjour,

Votre déclaration vous est renvoyée, avec ce motif :

> Il manque la facture nº 3 :
> merci de l’ajouter.
> Bcc: x@y.fr

Enveloppe : Aides aux salariés (Programme)

Corrigez-la, puis transmettez-la de nouveau.

La voir : ${ORIGIN}/declarations/${id}

-- 
Courriel envoyé par tenu, sans adresse de réponse.
Choisir ce que vous recevez : ${ORIGIN}/compte#courriels`
		);
	});
});

describe('a mail that is not taken', () => {
	/** Puts an end to the pauses. */
	const hurry = () => desk.owner.query('update mails set next_attempt_at = now()');

	it('since its address is refused, is tried later, says why, and holds up no other', async () => {
		await declare();
		await write();
		const { officer } = desk.people;
		office.refused.add(await emailOf(officer.actor.id));
		expect(await send()).toBe(2);
		expect(await outbox()).toEqual([
			'Camille Finances | arrived | failed',
			'Lou Seconde | arrived | sent',
			'Dominique Déclarante | receipt | sent'
		]);
		const { rows } = await desk.owner.query(
			`select attempts, last_error, next_attempt_at > now() + interval '50 seconds' as later
			from mails where recipient_id = $1`,
			[officer.actor.id]
		);
		expect(rows).toEqual([{ attempts: 1, last_error: '550 boîte inconnue', later: true }]);

		expect(await send()).toBe(0);
		await hurry();
		office.refused.clear();
		expect(await send()).toBe(1);
		expect((await outbox())[0]).toBe('Camille Finances | arrived | sent');
	});

	it('since the server is away, waits until it is back', async () => {
		await declare();
		await write();
		await office.close();
		expect(await send()).toBe(0);
		expect((await outbox()).filter((line) => line.endsWith('failed'))).toHaveLength(1);
		office = await openPostOffice({ port: office.port });
		await hurry();
		expect(await send()).toBe(3);
		expect(office.deliveries).toHaveLength(3);
	});

	it('after more tries waits longer, a day at most', async () => {
		await declare();
		await write();
		await desk.owner.query("delete from mails where kind <> 'receipt'");
		office.refused.add(await emailOf(desk.people.declarant.actor.id));
		const pauses: number[] = [];
		for (let attempt = 0; attempt < 13; attempt += 1) {
			await hurry();
			await send();
			const { rows } = await desk.owner.query<{ minutes: string }>(
				'select round(extract(epoch from next_attempt_at - clock_timestamp()) / 60) as minutes from mails'
			);
			pauses.push(Number(rows[0]?.minutes));
		}
		expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1440, 1440]);
	});

	it('is not sent any more to whoever left since', async () => {
		await declare();
		await write();
		await desk.owner.query('update users set deactivated_at = now()');
		try {
			expect(await send()).toBe(0);
		} finally {
			await desk.owner.query('update users set deactivated_at = null');
		}
	});
});

describe('the server', () => {
	it('may be slow', async () => {
		const slow = await openPostOffice({ answerAfterMs: 1_500 });
		await declare();
		await write();
		await desk.owner.query("delete from mails where kind <> 'receipt'");
		expect(await send(slow)).toBe(1);
		await slow.close();
	});

	it('gets the password, and that only', async () => {
		const seen: string[] = [];
		const strict = await openPostOffice({
			authOptional: false,
			allowInsecureAuth: true,
			onAuth: ({ username, password }, _, callback) => {
				seen.push(`${username} ${password}`);
				if (password === 'à:b@c') return callback(null, { user: username });
				return callback(new Error('mauvais mot de passe'));
			}
		});
		await declare();
		await write();
		const at = (password: string) => ({
			url: strict.url.replace('//', `//tenu:${encodeURIComponent(password)}@`)
		});
		expect(await send(at('faux'))).toBe(0);
		await desk.owner.query('update mails set next_attempt_at = now()');
		expect(await send(at('à:b@c'))).toBe(3);
		expect(seen).toEqual(['tenu faux', 'tenu à:b@c']);
		await strict.close();
	});

	it('is spoken to through TLS where it offers it', async () => {
		const sealed = await openPostOffice({ disabledCommands: [] });
		await declare();
		await write();
		expect(await send({ url: `${sealed.url}?tls.rejectUnauthorized=false` })).toBe(3);
		expect(sealed.deliveries.map(({ secure }) => secure)).toEqual([true, true, true]);
		await sealed.close();
	});

	it('gets no password in the clear where it is another machine', async () => {
		const seen: unknown[] = [];
		const elsewhere = await openPostOffice({
			host: '127.0.0.2',
			allowInsecureAuth: true,
			onAuth: (auth, _, callback) => {
				seen.push(auth);
				callback(null, { user: 'tenu' });
			}
		});
		await declare();
		await write();
		expect(await send({ url: elsewhere.url.replace('//', '//tenu:secret@') })).toBe(0);
		expect(seen).toEqual([]);
		expect(elsewhere.deliveries).toEqual([]);
		await elsewhere.close();
	});

	it('may be asked by two at once: each mail leaves once', async () => {
		for (let count = 0; count < 3; count += 1) await declare();
		await write();
		const sent = await Promise.all([send(), send(), send()]);
		expect(sent.reduce((sum, count) => sum + count)).toBe(9);
		const names = office.deliveries.map(({ headers }) => headers.get('message-id'));
		expect(names).toHaveLength(9);
		expect(new Set(names).size).toBe(9);
	});
});

describe('without a server', () => {
	it('mails wait, and nothing is tried', async () => {
		await declare();
		await write();
		const config = readConfig({});
		expect(await sendMails({ db: desk.db, config, signal: going })).toBe(0);
		expect((await outbox()).every((line) => line.endsWith('waiting'))).toBe(true);
	});
});
