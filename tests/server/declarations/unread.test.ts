import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { measureRow } from '#lib/domain/declaration-cell.ts';
import { acceptDeclaration } from '#lib/server/declarations/accept-declaration.ts';
import { recordRemark } from '#lib/server/declarations/record-remark.ts';
import { reopenDeclaration } from '#lib/server/declarations/reopen-declaration.ts';
import { returnDeclaration } from '#lib/server/declarations/return-declaration.ts';
import { submitDeclaration } from '#lib/server/declarations/submit-declaration.ts';
import { withdrawDeclaration } from '#lib/server/declarations/withdraw-declaration.ts';
import { openDesk, type Desk } from '../../support/declarations.ts';

let desk: Desk;
beforeAll(async () => {
	desk = await openDesk();
});
afterAll(() => desk.close());

it('decides on what was read, and on nothing that was sent since', async () => {
	const aids = await desk.envelope({ label: 'Aides', promised: '1 000,00', measures: ['Prêts'] });
	const id = await aids.send('2022-01-01', 'Prêts: 100,00');
	await withdrawDeclaration(desk.people.declarant, id);
	await aids.write(id, 'Prêts: 900,00');
	await submitDeclaration(desk.people.declarant, randomUUID(), id);

	const { officer } = desk.people;
	const rowKey = measureRow(aids.ledger.measureId('Prêts'));
	for (const decide of [
		() => acceptDeclaration(officer, randomUUID(), id, { readSubmission: 1 }),
		() => returnDeclaration(officer, id, { reason: 'Non', readSubmission: 1 }),
		() => recordRemark(officer, id, { rowKey, text: 'Trop', readSubmission: 1 })
	]) {
		await expect(decide()).rejects.toMatchObject({ kind: 'conflict' });
		await expect(decide()).rejects.toThrow('relisez-la avant de décider');
	}
	expect(await desk.stateOf(id)).toBe('submitted');

	const key = randomUUID();
	await acceptDeclaration(officer, key, id, { readSubmission: 2 });
	expect(await desk.stateOf(id)).toBe('accepted');

	// The same forms, once more, after it was reopened and sent again.
	await desk.reopen(id);
	await submitDeclaration(desk.people.declarant, randomUUID(), id);
	await expect(acceptDeclaration(officer, key, id, { readSubmission: 2 })).rejects.toThrow(
		'relisez-la avant de décider'
	);
	await desk.accept(id);
	await expect(
		reopenDeclaration(desk.people.second, randomUUID(), id, { reason: 'Faux', readSubmission: 2 })
	).rejects.toThrow('relisez-la avant de décider');
	expect(await desk.stateOf(id)).toBe('accepted');
});
