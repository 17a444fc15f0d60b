import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MOST_LETTERS } from '#lib/domain/act/given-text.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { beginReading } from '#lib/server/readings/begin-reading.ts';
import { findReading, listOpenReadings } from '#lib/server/readings/queries.ts';
import { setAsideReading } from '#lib/server/readings/set-aside-reading.ts';
import { openDesk, type Desk } from '../../support/declarations.ts';

let desk: Desk;

beforeAll(async () => {
	desk = await openDesk();
});
afterAll(() => desk.close());

const ACT = `Séance du 17 décembre 2020

OBJET : Logement - Convention

DECIDE
- d’approuver le versement de 15 000 € à l’association.`;

it('keeps a text word for word with its digest, and what the reader proposes', async () => {
	const { officer } = desk.people;
	const id = await beginReading(officer, { text: ACT.replaceAll('\n', '\r\n'), source: 'paste' });
	const reading = await inTransaction(officer, (tx) => findReading(tx, id));
	expect(reading).toMatchObject({
		state: 'open',
		text: ACT,
		textDigest: createHash('sha256').update(ACT).digest('hex'),
		createdBy: 'Camille Finances',
		decided: 0
	});
	const { rows } = await desk.owner.query<{ start: number; end: number }>(
		'select read_start as start, read_end as end from reading_proposals where reading_id = $1',
		[id]
	);
	expect(rows.length).toBe(reading?.proposals);
	expect(rows.every(({ start, end }) => start === null || end <= ACT.length)).toBe(true);
	const told = await desk.owner.query(
		"select action from audit_events where subject_id = $1 and subject_type = 'reading'",
		[id]
	);
	expect(told.rows).toEqual([{ action: 'begin_reading' }]);
});

it('marks a character that no database keeps rather than losing it in silence', async () => {
	const { officer } = desk.people;
	const text = 'Il est promis 1\x00000 € et \uD800 rien.';
	const id = await beginReading(officer, { text, source: 'paste' });
	const reading = await inTransaction(officer, (tx) => findReading(tx, id));
	expect(reading?.text).toBe('Il est promis 1\uFFFD000 € et \uFFFD rien.');
});

it('refuses a text that is empty or longer than any act', async () => {
	const { officer } = desk.people;
	const give = (text: string) => beginReading(officer, { text, source: 'paste' });
	await expect(give(' \r\n\u00A0\n')).rejects.toThrow('Ce texte est vide');
	await expect(give('a '.repeat(MOST_LETTERS))).rejects.toThrow('sans ses annexes');
});

it('is for finance alone', async () => {
	for (const person of [desk.people.declarant, desk.people.elected, desk.people.admin]) {
		await expect(beginReading(person, { text: ACT, source: 'paste' })).rejects.toMatchObject({
			kind: 'forbidden'
		});
		await expect(setAsideReading(person, desk.deliberationId)).rejects.toMatchObject({
			kind: 'forbidden'
		});
	}
});

it('is set aside once and for all, and is no longer listed', async () => {
	const { officer } = desk.people;
	const id = await beginReading(officer, { text: `${ACT} Bis.`, source: 'paste' });
	const ids = async () =>
		(await inTransaction(officer, (tx) => listOpenReadings(tx))).map((reading) => reading.id);
	expect(await ids()).toContain(id);
	await setAsideReading(officer, id);
	await setAsideReading(officer, id);
	expect(await ids()).not.toContain(id);
	await expect(setAsideReading(officer, desk.deliberationId)).rejects.toMatchObject({
		kind: 'not-found'
	});
});
