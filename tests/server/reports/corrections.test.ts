import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDeclarationPage } from '#lib/server/reports/declaration-page.ts';
import { plain } from '../../domain/words.ts';
import { openDesk, type Desk } from '../../support/declarations.ts';

let desk: Desk;
beforeAll(async () => {
	desk = await openDesk();
});
afterAll(() => desk.close());

let count = 0;
const open = async () => {
	count += 1;
	const loans = `Prêts ${count}`;
	const label = `Aides ${count}`;
	const aids = await desk.envelope({ label, promised: '1 000,00', measures: [loans, `T${count}`] });
	return { aids, loans };
};

/** What finance is told of the row, with how much it weighs. */
async function toldOf(id: string): Promise<string[]> {
	const page = await readDeclarationPage(desk.people.officer, id);
	return (page?.findings ?? [])
		.filter(({ rowKey, sentence }) => rowKey !== null && sentence.includes('corrigent'))
		.map(({ severity, sentence }) => `${severity} ${plain(sentence)}`);
}

describe('a correction of an earlier period', () => {
	it('in which nothing was declared, nor booked, is a warning before and after it is accepted', async () => {
		const { aids, loans } = await open();
		// Booked in another line of use, and in another period: neither is what is corrected.
		await aids.ledger.post(`
			day        | envelope   | kind         | amount | measure
			2021-11-15 | Aides ${count} | disbursement | 400,00 | T${count}
			2021-09-30 | Aides ${count} | disbursement | 400,00 | ${loans}`);
		const id = await aids.send('2022-01-01', `${loans}: -500,00 | ${loans} corrige: 2021-10-01`);
		const told = [
			`warning ${loans} : - 500 € corrigent le 4e trimestre 2021, c’est plus que ce que le grand livre en tient sur cette ligne : rien.`
		];
		expect(await toldOf(id)).toEqual(told);
		await desk.accept(id);
		expect(await toldOf(id)).toEqual(told);
	});

	it('is a note within what was accepted or booked, a warning a cent beyond', async () => {
		const { aids, loans } = await open();
		await desk.accept(await aids.send('2021-10-01', `${loans}: 300,00`));
		await aids.ledger.post(`
			day        | envelope   | kind         | amount | measure
			2021-11-15 | Aides ${count} | disbursement | 20,00  | ${loans}`);
		const within = await aids.send(
			'2022-01-01',
			`${loans}: -320,00 | ${loans} corrige: 2021-10-01`
		);
		expect(await toldOf(within)).toEqual([
			`note ${loans} : - 320 €, qui corrigent une période antérieure (4e trimestre 2021).`
		]);
		await desk.giveBack(within);
		const beyond = await aids.send(
			'2022-04-01',
			`${loans}: -320,01 | ${loans} corrige: 2021-10-01`
		);
		expect(await toldOf(beyond)).toEqual([
			`warning ${loans} : - 320,01 € corrigent le 4e trimestre 2021, c’est plus que ce que le grand livre en tient sur cette ligne : 320 €.`
		]);
	});

	it('counts what was corrected before', async () => {
		const { aids, loans } = await open();
		await desk.accept(await aids.send('2021-07-01', `${loans}: 300,00`));
		const once = await aids.send('2021-10-01', `${loans}: -200,00 | ${loans} corrige: 2021-07-01`);
		await desk.accept(once);
		expect((await toldOf(once))[0]).toMatch(/^note/);
		const twice = await aids.send('2022-01-01', `${loans}: -200,00 | ${loans} corrige: 2021-07-01`);
		expect((await toldOf(twice))[0]).toMatch(/^warning.*cette ligne : 100 €\.$/);
	});
});
