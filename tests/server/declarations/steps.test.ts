import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMENT_CELL } from '#lib/domain/declaration-cell.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Context } from '#lib/server/context.ts';
import { databaseErrorOf, inTransaction } from '#lib/server/db/transaction.ts';
import { acceptDeclaration } from '#lib/server/declarations/accept-declaration.ts';
import { attachFile } from '#lib/server/declarations/attach-file.ts';
import { beginDeclaration } from '#lib/server/declarations/begin-declaration.ts';
import { findDeclaration, listCells } from '#lib/server/declarations/queries.ts';
import { recordRemark } from '#lib/server/declarations/record-remark.ts';
import { reopenDeclaration } from '#lib/server/declarations/reopen-declaration.ts';
import { returnDeclaration } from '#lib/server/declarations/return-declaration.ts';
import { saveCells } from '#lib/server/declarations/save-cells.ts';
import { submitDeclaration } from '#lib/server/declarations/submit-declaration.ts';
import { withdrawDeclaration } from '#lib/server/declarations/withdraw-declaration.ts';
import { writeMessage } from '#lib/server/declarations/write-message.ts';
import { openFileStore, type FileStore } from '#lib/server/evidence/file-store.ts';
import { openDesk, type DeclaredEnvelope, type Desk } from '../../support/declarations.ts';
import { records } from '../../support/table.ts';

/**
 * Who may do what to a declaration, state by state. This is the whole of it: every cell is tried with the
 * real command on a declaration that stands there.
 *
 *   yes     it is done, or was done already by the same person
 *   now no  this person might, and not in this state: they are told where it stands
 *   no      never this person, who sees that it exists
 *   none    it does not exist for this person
 *
 * declarant  of the declaring organisation, began and sent it     colleague  of the same organisation
 * stranger   a partner of another organisation                    officer    finance
 * turned     finance, who began it before changing sides          insider    finance, of the declaring organisation
 */
const STEPS = records(`
	action     | state     | declarant | colleague | stranger | officer | turned | insider | elected | admin
	begin      | draft     | yes       | yes       | none     | none    | none   | none    | none    | none
	begin      | submitted | yes       | yes       | none     | none    | none   | none    | none    | none
	save cell  | draft     | yes       | yes       | none     | none    | none   | none    | none    | none
	save cell  | submitted | now no    | now no    | none     | none    | none   | none    | none    | none
	save cell  | returned  | yes       | yes       | none     | none    | none   | none    | none    | none
	save cell  | accepted  | now no    | now no    | none     | none    | none   | none    | none    | none
	save cell  | reopened  | yes       | yes       | none     | none    | none   | none    | none    | none
	save cell  | withdrawn | yes       | yes       | none     | none    | none   | none    | none    | none
	attach     | draft     | yes       | yes       | none     | none    | none   | none    | none    | none
	attach     | submitted | now no    | now no    | none     | none    | none   | none    | none    | none
	attach     | returned  | yes       | yes       | none     | none    | none   | none    | none    | none
	attach     | accepted  | now no    | now no    | none     | none    | none   | none    | none    | none
	attach     | reopened  | yes       | yes       | none     | none    | none   | none    | none    | none
	submit     | draft     | yes       | yes       | none     | none    | none   | none    | none    | none
	submit     | submitted | now no    | now no    | none     | none    | none   | none    | none    | none
	submit     | returned  | yes       | yes       | none     | none    | none   | none    | none    | none
	submit     | accepted  | now no    | now no    | none     | none    | none   | none    | none    | none
	submit     | reopened  | yes       | yes       | none     | none    | none   | none    | none    | none
	submit     | withdrawn | yes       | yes       | none     | none    | none   | none    | none    | none
	withdraw   | draft     | now no    | now no    | none     | none    | none   | none    | none    | none
	withdraw   | submitted | yes       | yes       | none     | none    | none   | none    | none    | none
	withdraw   | returned  | now no    | now no    | none     | none    | none   | none    | none    | none
	withdraw   | accepted  | now no    | now no    | none     | none    | none   | none    | none    | none
	withdraw   | reopened  | now no    | now no    | none     | none    | none   | none    | none    | none
	accept     | draft     | no        | no        | none     | none    | none   | none    | none    | none
	accept     | submitted | no        | no        | none     | yes     | no     | no      | none    | no
	accept     | returned  | no        | no        | none     | now no  | no     | no      | none    | no
	accept     | accepted  | no        | no        | none     | yes     | no     | no      | none    | no
	accept     | reopened  | no        | no        | none     | now no  | no     | no      | none    | no
	accept     | withdrawn | no        | no        | none     | now no  | no     | no      | none    | no
	return     | draft     | no        | no        | none     | none    | none   | none    | none    | none
	return     | submitted | no        | no        | none     | yes     | no     | no      | none    | no
	return     | returned  | no        | no        | none     | yes     | no     | no      | none    | no
	return     | accepted  | no        | no        | none     | now no  | no     | no      | none    | no
	return     | reopened  | no        | no        | none     | now no  | no     | no      | none    | no
	return     | withdrawn | no        | no        | none     | now no  | no     | no      | none    | no
	reopen     | draft     | no        | no        | none     | none    | none   | none    | none    | none
	reopen     | submitted | no        | no        | none     | now no  | no     | no      | none    | no
	reopen     | returned  | no        | no        | none     | now no  | no     | no      | none    | no
	reopen     | accepted  | no        | no        | none     | yes     | no     | no      | none    | no
	reopen     | reopened  | no        | no        | none     | yes     | no     | no      | none    | no
	remark     | draft     | no        | no        | none     | none    | none   | none    | none    | none
	remark     | submitted | no        | no        | none     | yes     | no     | no      | none    | no
	remark     | returned  | no        | no        | none     | now no  | no     | no      | none    | no
	remark     | accepted  | no        | no        | none     | now no  | no     | no      | none    | no
	remark     | reopened  | no        | no        | none     | now no  | no     | no      | none    | no
	message    | draft     | yes       | yes       | none     | none    | none   | none    | none    | none
	message    | submitted | yes       | yes       | none     | yes     | yes    | yes     | none    | no
	message    | returned  | yes       | yes       | none     | yes     | yes    | yes     | none    | no
	message    | accepted  | yes       | yes       | none     | yes     | yes    | yes     | none    | no
	message    | reopened  | yes       | yes       | none     | yes     | yes    | yes     | none    | no
	read       | draft     | yes       | yes       | none     | none    | none   | none    | none    | none
	read       | submitted | yes       | yes       | none     | yes     | yes    | yes     | none    | yes
	read       | returned  | yes       | yes       | none     | yes     | yes    | yes     | none    | yes
	read       | accepted  | yes       | yes       | none     | yes     | yes    | yes     | none    | yes
	read       | reopened  | yes       | yes       | none     | yes     | yes    | yes     | none    | yes
	read       | withdrawn | yes       | yes       | none     | yes     | yes    | yes     | none    | yes
	read cells | draft     | yes       | yes       | none     | none    | none   | none    | none    | none
	read cells | submitted | yes       | yes       | none     | none    | none   | none    | none    | none
	read cells | accepted  | yes       | yes       | none     | none    | none   | none    | none    | none
	read cells | reopened  | yes       | yes       | none     | none    | none   | none    | none    | none
`);

const ACTORS = [
	...['declarant', 'colleague', 'stranger', 'officer'],
	...['turned', 'insider', 'elected', 'admin']
] as const;

type Declared = { id: string; rowKey: string; envelopeId: string };
type Action = (who: Context, declared: Declared) => Promise<unknown>;

let desk: Desk;
let aids: DeclaredEnvelope;
let store: FileStore;
let folder: string;
/** Finance, and a partner before: the same person. */
let turned: Context;
let before: Context;
let month = 0;

beforeAll(async () => {
	desk = await openDesk();
	folder = mkdtempSync(join(tmpdir(), 'tenu-steps-'));
	store = openFileStore(folder);
	before = await desk.person('Noa Passage', 'partner', desk.partnerId);
	turned = { ...before, actor: { ...before.actor, role: 'finance', organisationId: null } };
	aids = await desk.envelope({
		label: 'Aides',
		promised: '1 000 000,00',
		measures: ['Prêts'],
		frequency: 'month',
		startsOn: '1960-01-01'
	});
}, 60_000);
afterAll(async () => {
	await desk.close();
	rmSync(folder, { recursive: true, force: true });
});

const ACTIONS: Record<string, Action> = {
	begin: async (who, { id, envelopeId }) => {
		const { rows } = await desk.owner.query<{ day: string }>(
			'select period_starts_on::text as day from declarations where id = $1',
			[id]
		);
		return beginDeclaration(who, { envelopeId, periodStartsOn: rows[0]?.day ?? '' });
	},
	'save cell': (who, { id }) =>
		saveCells(who, id, [{ key: COMMENT_CELL, base: '', value: randomUUID() }]),
	attach: (who, { id }) =>
		attachFile(who, store, id, {
			name: 'pièce.csv',
			stream: Readable.from([Buffer.from('a;b\n1;2\n')]),
			rowKey: null
		}),
	submit: (who, { id }) => submitDeclaration(who, randomUUID(), id),
	withdraw: (who, { id }) => withdrawDeclaration(who, id),
	accept: (who, { id }) => acceptDeclaration(who, randomUUID(), id),
	return: (who, { id }) => returnDeclaration(who, id, { reason: 'À revoir' }),
	reopen: (who, { id }) => reopenDeclaration(who, randomUUID(), id, { reason: 'Erreur' }),
	remark: (who, { id, rowKey }) => recordRemark(who, id, { rowKey, text: randomUUID() }),
	message: (who, { id }) => writeMessage(who, id, { text: randomUUID() }),
	read: async (who, { id }) => {
		if (!(await inTransaction(who, (tx) => findDeclaration(tx, id)))) throw absent();
	},
	'read cells': async (who, { id }) => {
		const { cells } = await inTransaction(who, (tx) => listCells(tx, id));
		if (cells.size === 0) throw absent();
	}
};

const absent = () => new Refusal('Cette déclaration n’existe pas.', { kind: 'not-found' });

describe.each(STEPS)('$action on $state', ({ action = '', state = '', ...cells }) => {
	it('is for whom the table says', async () => {
		const tried: Record<string, string> = {};
		let declared: Declared | null = null;
		for (const actor of ACTORS) {
			declared ??= await standAt(state);
			tried[actor] = await attempt(action, actor, declared);
			// What was done may have moved it on: the next one finds another that stands there.
			if (tried[actor] === 'yes' && !/^(read|message|begin)/.test(action)) declared = null;
		}
		expect(tried).toEqual(Object.fromEntries(ACTORS.map((actor) => [actor, cells[actor]])));
	});
});

it('tries every action on every state in which it differs', () => {
	expect(new Set(STEPS.map(({ action }) => action))).toEqual(new Set(Object.keys(ACTIONS)));
});

async function attempt(action: string, actor: string, declared: Declared): Promise<string> {
	const who = actor === 'turned' ? turned : desk.people[actor as keyof Desk['people']];
	try {
		await ACTIONS[action]?.(who, declared);
		return 'yes';
	} catch (error) {
		if (error instanceof Refusal) {
			return (
				{ 'not-found': 'none', forbidden: 'no', conflict: 'now no' }[error.kind as string] ??
				error.message
			);
		}
		// Read by hand: the rights do not even let them ask.
		if (databaseErrorOf(error)?.code === '42501' && /^read/.test(action)) return 'none';
		throw error;
	}
}

/** A declaration that stands in a state: begun by somebody who is an officer now, sent by the declarant. */
async function standAt(state: string): Promise<Declared> {
	month += 1;
	const periodStartsOn = `${1960 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
	const becomes = (role: string, organisationId: string | null) =>
		desk.owner.query('update users set role = $2, organisation_id = $3 where id = $1', [
			before.actor.id,
			role,
			organisationId
		]);
	await becomes('partner', desk.partnerId);
	const id = await beginDeclaration(before, { envelopeId: aids.id, periodStartsOn });
	await becomes('finance', null);
	await aids.write(id, 'Prêts: 1,00');
	const send = () => submitDeclaration(desk.people.declarant, randomUUID(), id);
	if (state !== 'draft') await send();
	if (state === 'withdrawn') await withdrawDeclaration(desk.people.declarant, id);
	if (state === 'returned') await desk.giveBack(id);
	if (['accepted', 'reopened'].includes(state)) await desk.accept(id);
	if (state === 'reopened') await desk.reopen(id);
	return { id, rowKey: `m.${aids.ledger.measureId('Prêts')}`, envelopeId: aids.id };
}
