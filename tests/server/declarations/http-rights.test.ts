import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '#lib/server/context.ts';
import { hashPassword } from '#lib/server/auth/password.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { openDesk, type DeclaredEnvelope, type Desk } from '../../support/declarations.ts';
import { PASSWORD } from '../../support/people.ts';
import { records } from '../../support/table.ts';
import { visit, type Visitor } from '../../support/visitor.ts';

/**
 * The addresses of one declaration, and what they answer to whom: `sent` was sent, `draft` never was.
 * What is not theirs answers 404, as a declaration that exists nowhere does; a page that a role never
 * opens answers 403, whatever the identifier.
 */
const PAGES = records(`
	page           | of    | declarant | colleague | stranger | officer | insider | elected | admin
	               | sent  | 200       | 200       | 404      | 200     | 200     | 403     | 200
	/recu          | sent  | 200       | 200       | 404      | 200     | 200     | 403     | 200
	/recu/pdf      | sent  | 200       | 200       | 404      | 200     | 200     | 403     | 200
	/saisir        | sent  | 303       | 303       | 404      | 403     | 403     | 403     | 403
	/justificatifs | sent  | 303       | 303       | 404      | 403     | 403     | 403     | 403
	/verifier      | sent  | 303       | 303       | 404      | 403     | 403     | 403     | 403
	/tableur       | sent  | 303       | 303       | 404      | 403     | 403     | 403     | 403
	/modele/csv    | sent  | 200       | 200       | 404      | 403     | 403     | 403     | 403
	               | draft | 200       | 200       | 404      | 404     | 404     | 403     | 404
	/recu          | draft | 404       | 404       | 404      | 404     | 404     | 403     | 404
	/recu/pdf      | draft | 404       | 404       | 404      | 404     | 404     | 403     | 404
	/saisir        | draft | 200       | 200       | 404      | 403     | 403     | 403     | 403
	/justificatifs | draft | 200       | 200       | 404      | 403     | 403     | 403     | 403
	/verifier      | draft | 200       | 200       | 404      | 403     | 403     | 403     | 403
	/tableur       | draft | 200       | 200       | 404      | 403     | 403     | 403     | 403
	/modele/xlsx   | draft | 200       | 200       | 404      | 403     | 403     | 403     | 403
`);

/** What is sent to the addresses of a declaration by somebody who may not: nothing of it is done. */
const ACTIONS = records(`
	action                     | of    | declarant | stranger | officer | insider | elected | admin
	?/valider                  | sent  | 403       | 404      |         | 403     | 403     | 403
	?/renvoyer                 | sent  | 403       | 404      |         | 403     | 403     | 403
	?/rouvrir                  | sent  | 403       | 404      | 409     | 403     | 403     | 403
	?/remarquer                | sent  | 403       | 404      |         | 403     | 403     | 403
	?/ecrire                   | sent  |           | 404      |         |         | 403     | 403
	?/retirer                  | sent  |           | 404      | 404     | 404     | 403     | 404
	/verifier                  | sent  | 303       | 404      | 403     | 403     | 403     | 403
	/saisir?/enregistrer       | sent  |           | 404      | 403     | 403     | 403     | 403
	/justificatifs?/retirer    | sent  |           | 404      | 403     | 403     | 403     | 403
	/brouillon                 | sent  | 409       | 404      | 403     | 403     | 403     | 403
	?/valider                  | draft | 403       | 404      | 404     | 404     | 403     | 404
	?/renvoyer                 | draft | 403       | 404      | 404     | 404     | 403     | 404
	?/ecrire                   | draft |           | 404      | 404     | 404     | 403     | 404
	/verifier                  | draft |           | 404      | 403     | 403     | 403     | 403
	/brouillon                 | draft |           | 404      | 403     | 403     | 403     | 403
`);

const STARTING_MS = 180_000;

let desk: Desk;
let app: TestApp;
let aids: DeclaredEnvelope;
let rowKey: string;
const ids: Record<string, string> = {};
const visitors: Record<string, Visitor> = {};

beforeAll(async () => {
	desk = await openDesk();
	aids = await desk.envelope({ label: 'Aides', promised: '1 000,00', measures: ['Prêts'] });
	rowKey = `m.${aids.ledger.measureId('Prêts')}`;
	ids['sent'] = await aids.send('2022-01-01', 'Prêts: 10,00');
	ids['draft'] = await aids.type('2021-10-01', 'Prêts: 20,00');
	await desk.owner.query('update users set password_hash = $1', [await hashPassword(PASSWORD)]);
	app = await startApp({ database: desk.database });
	const { declarant, colleague, stranger, officer, insider, elected, admin } = desk.people;
	const people = { declarant, colleague, stranger, officer, insider, elected, admin };
	for (const [name, context] of Object.entries(people)) visitors[name] = await signIn(context);
}, STARTING_MS);
afterAll(async () => {
	await app?.stop();
	await desk?.close();
});

describe.each(PAGES)('/declarations/…$page ($of)', ({ page = '', of = '', ...cells }) => {
	it('answers to each what the table says', async () => {
		const answered: Record<string, string> = {};
		for (const name of Object.keys(cells)) {
			answered[name] = String((await openPage(name, ids[of] ?? '', page)).status);
		}
		expect(answered).toEqual(cells);
	});

	it('says nothing of what is not theirs that it would not say of nothing', async () => {
		for (const [name, status] of Object.entries(cells)) {
			if (status !== '404') continue;
			const nowhere = randomUUID();
			const known = await openPage(name, ids[of] ?? '', page);
			const unknown = await openPage(name, nowhere, page);
			expect(unknown.status, name).toBe(404);
			expect(known.text.replaceAll(ids[of] ?? '', ''), name).toBe(
				unknown.text.replaceAll(nowhere, '')
			);
		}
	});
});

describe.each(ACTIONS)('sending to $action ($of)', ({ action = '', of = '', ...cells }) => {
	it('is refused to whom it is not for, and leaves no trace', async () => {
		const before = await allOfIt();
		for (const [name, expected] of Object.entries(cells)) {
			if (!expected) continue;
			const answer = await send(name, ids[of] ?? '', action);
			expect(`${name} ${await statusOf(answer)}`).toBe(`${name} ${expected}`);
			if (expected !== '404') continue;
			const nowhere = await send(name, randomUUID(), action);
			expect(`${name} ${await statusOf(nowhere)}`).toBe(`${name} 404`);
		}
		expect(await allOfIt()).toEqual(before);
	});
});

it('answers 404 to identifiers that are none', async () => {
	for (const id of ['1', 'recues0', '%00', "'; drop table declarations --"]) {
		const answer = await visitors['officer']?.open(`/declarations/${encodeURIComponent(id)}`);
		expect(answer?.status, id).toBe(404);
	}
});

async function signIn({ actor }: Context): Promise<Visitor> {
	const { rows } = await desk.owner.query<{ email: string }>(
		'select email from users where id = $1',
		[actor.id]
	);
	const visitor = visit(app.origin);
	const answer = await visitor.signIn(rows[0]?.email ?? '');
	expect(answer.status).toBe(303);
	return visitor;
}

async function openPage(name: string, id: string, page: string) {
	const answer = await visitors[name]?.open(`/declarations/${id}${page}`);
	return { status: answer?.status, text: (await answer?.text()) ?? '' };
}

/** What a person could send, rightly filled in: it is for who they are that it is refused. */
const FIELDS: Record<string, () => Record<string, string>> = {
	'?/valider': () => ({ key: randomUUID(), readSubmission: '1', overrunReason: '' }),
	'?/renvoyer': () => ({ reason: 'À revoir', readSubmission: '1' }),
	'?/rouvrir': () => ({ reason: 'À revoir', readSubmission: '1', key: randomUUID() }),
	'?/remarquer': () => ({ rowKey, text: 'Pourquoi ?', readSubmission: '1' }),
	'?/ecrire': () => ({ text: 'Bonjour' }),
	'/verifier': () => ({ key: randomUUID(), digest: 'a'.repeat(64) }),
	'/saisir?/enregistrer': () => ({ [`${rowKey}.montant`]: '99' }),
	'/justificatifs?/retirer': () => ({ file: randomUUID(), id: randomUUID() })
};

async function send(name: string, id: string, action: string): Promise<Response> {
	const visitor = visitors[name] as Visitor;
	const address = `/declarations/${id}${action}`;
	if (action !== '/brouillon') return visitor.submit(address, FIELDS[action]?.() ?? {});
	return visitor.open(address, {
		method: 'POST',
		headers: { origin: app.origin, 'content-type': 'application/json' },
		body: JSON.stringify({
			since: null,
			changes: [{ key: `${rowKey}.montant`, base: '', value: '99' }]
		})
	});
}

const statusOf = async (answer: Response): Promise<number> => {
	await answer.text();
	return answer.status;
};

/** All that could have changed. */
async function allOfIt(): Promise<unknown> {
	const { rows } = await desk.owner.query(
		`select (select jsonb_agg(to_jsonb(d) order by d.id) from declarations d) as declarations,
			(select jsonb_agg(to_jsonb(c) order by c.key) from declaration_cells c) as cells,
			(select count(*)::int from declaration_events) as events,
			(select count(*)::int from declaration_files) as files,
			(select count(*)::int from entries) as entries`
	);
	return rows;
}
