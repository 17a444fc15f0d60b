import { afterAll, beforeAll, expect, it } from 'vitest';
import { hashPassword } from '#lib/server/auth/password.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { openDesk, type Desk } from '../../support/declarations.ts';
import { PASSWORD } from '../../support/people.ts';
import { visit } from '../../support/visitor.ts';

let desk: Desk;
let app: TestApp;

beforeAll(async () => {
	desk = await openDesk();
	app = await startApp({ database: desk.database });
}, 180_000);
afterAll(async () => {
	await app?.stop();
	await desk?.close();
});

it('takes of a form with ten spreadsheets the first, and says that one is read at a time', async () => {
	const aids = await desk.envelope({ label: 'Aides', promised: '10,00', measures: ['Prêts'] });
	const id = await aids.type('2022-01-01', 'rien:');
	const { rows } = await desk.owner.query<{ email: string }>(
		'update users set password_hash = $2 where id = $1 returning email',
		[desk.people.declarant.actor.id, await hashPassword(PASSWORD)]
	);
	const visitor = visit(app.origin);
	await visitor.signIn(rows[0]?.email ?? '');

	const body = new FormData();
	for (let number = 1; number <= 10; number += 1) {
		const content = `Mesure;Montant\r\nPrêts;${number}\r\n`;
		body.append('fichier', new File([content], `${number}.csv`, { type: 'text/csv' }));
	}
	const headers = { origin: app.origin };
	const answer = await visitor.open(`/declarations/${id}/tableur`, {
		method: 'POST',
		body,
		headers
	});
	const held = await desk.owner.query<{ id: string; name: string }>(
		'select id, file_name as name from imports where declaration_id = $1',
		[id]
	);
	expect(held.rows.map(({ name }) => name)).toEqual(['1.csv']);
	const address = answer.headers.get('location') ?? '';
	expect([answer.status, address]).toEqual([
		303,
		`/declarations/${id}/tableur/${held.rows[0]?.id}?seul`
	]);
	const page = await (await visitor.open(address)).text();
	expect(page).toContain('Un seul tableur est lu à la fois');
});
