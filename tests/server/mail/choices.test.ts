import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { parseMailQuery } from '#lib/domain/mail.ts';
import { readRefusedKinds } from '#lib/forms/mail-choices.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { findMail, listMails } from '#lib/server/mail/queries.ts';
import { setMailChoices } from '#lib/server/mail/set-mail-choices.ts';
import { openDesk, type Desk } from '../../support/declarations.ts';

let desk: Desk;
beforeAll(async () => void (desk = await openDesk()));
afterAll(() => desk.close());
beforeEach(() => desk.owner.query('delete from mail_refusals'));

const refusals = async (): Promise<string[]> =>
	(
		await desk.owner.query<{ line: string }>(
			"select u.name || ' ' || r.kind as line from mail_refusals r join users u on u.id = r.user_id order by 1"
		)
	).rows.map(({ line }) => line);

it('reads the boxes that are not ticked, of one’s role, and nothing else', () => {
	expect(readRefusedKinds('partner', ['opened', 'late', 'decided'])).toEqual([
		'due_soon',
		'message'
	]);
	expect(readRefusedKinds('finance', [])).toEqual(['arrived', 'message', 'weekly']);
	expect(readRefusedKinds('finance', ['weekly', 'receipt', '<script>'])).toEqual([
		'arrived',
		'message'
	]);
	expect(readRefusedKinds('admin', ['weekly'])).toEqual([]);
	expect(readRefusedKinds('partner', 'opened')).toHaveLength(5);
});

it('keeps what a person says for that person, and takes it back', async () => {
	const { declarant, officer } = desk.people;
	await setMailChoices(declarant, ['late', 'message']);
	await setMailChoices(officer, ['weekly']);
	expect(await refusals()).toEqual([
		'Camille Finances weekly',
		'Dominique Déclarante late',
		'Dominique Déclarante message'
	]);
	await setMailChoices(declarant, []);
	expect(await refusals()).toEqual(['Camille Finances weekly']);
});

it('lets nobody refuse a receipt, nor what their role does not get', async () => {
	await setMailChoices(desk.people.declarant, ['receipt', 'weekly', 'late']);
	await setMailChoices(desk.people.elected, ['weekly']);
	expect(await refusals()).toEqual(['Dominique Déclarante late']);
});

it('leaves a trace of what changed, and none of what did not', async () => {
	const { declarant } = desk.people;
	const traces = async () =>
		(
			await desk.owner.query<{ refused: string }>(
				"select details->>'refused' as refused from audit_events where action = 'set_mail_choices' and actor_id = $1 order by id",
				[declarant.actor.id]
			)
		).rows.map(({ refused }) => refused);
	const before = (await traces()).length;
	await setMailChoices(declarant, ['late']);
	await setMailChoices(declarant, ['late']);
	await setMailChoices(declarant, []);
	expect((await traces()).slice(before)).toEqual(['Relance', 'aucun']);
});

it('survives the same form sent many times at once', async () => {
	const { colleague } = desk.people;
	await Promise.all(Array.from({ length: 8 }, () => setMailChoices(colleague, ['opened'])));
	expect(await refusals()).toEqual(['Claude Collègue opened']);
});

it('lists mails to an administrator page by page, the latest first, and to nobody else', async () => {
	const { admin, officer, declarant } = desk.people;
	await desk.owner.query(
		`insert into mails (recipient_id, kind, cause, subject, body, created_at, sent_at, last_error)
		select $1, 'late', 'late:' || n, 'Sujet ' || n, 'Texte', now() - n / 2 * interval '1 microsecond',
			case when n % 3 = 0 then now() end, case when n % 3 = 1 then '550' end
		from generate_series(1, 25) n`,
		[declarant.actor.id]
	);
	const pages: string[][] = [];
	for (let before: string | null = null; ;) {
		const page = await inTransaction(admin, (tx) => listMails(tx, { state: null, before }, 10));
		if (page.length === 0) break;
		pages.push(page.map(({ subject }) => subject));
		before = page.at(-1)?.id ?? null;
	}
	expect(pages.map((page) => page.length)).toEqual([10, 10, 5]);
	expect(new Set(pages.flat()).size).toBe(25);
	const count = async (state: 'sent' | 'waiting' | 'failed') =>
		(await inTransaction(admin, (tx) => listMails(tx, { state, before: null }, 50))).length;
	expect([await count('sent'), await count('failed'), await count('waiting')]).toEqual([8, 9, 8]);

	const [mail] = await inTransaction(admin, (tx) =>
		listMails(tx, { state: null, before: null }, 1)
	);
	expect(await inTransaction(admin, (tx) => findMail(tx, mail?.id ?? ''))).toMatchObject({
		body: 'Texte',
		recipient: 'Dominique Déclarante'
	});
	for (const other of [officer, declarant]) {
		const reading = inTransaction(other, (tx) => listMails(tx, { state: null, before: null }, 1));
		await expect(reading).rejects.toMatchObject({ cause: { code: '42501' } });
	}
});

it('reads the address of the list, and says what it does not understand', () => {
	const read = (search: string) => parseMailQuery(new URLSearchParams(search));
	expect(read('')).toEqual({ query: { state: null, before: null }, notes: [] });
	expect(read('etat=echecs').query.state).toBe('failed');
	expect(read('etat=toString&avant=1').notes).toHaveLength(2);
	expect(read('avant=5f0c3f6e-3c1e-4bb0-8a53-6d2c4bb7b001').query.before).toBe(
		'5f0c3f6e-3c1e-4bb0-8a53-6d2c4bb7b001'
	);
});
