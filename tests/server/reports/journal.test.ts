import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeEvent, labelOfAction, parseAuditQuery } from '#lib/domain/audit.ts';
import { listEvents } from '#lib/server/audit/queries.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { plain } from '../../domain/words.ts';
import { openDesk, type Desk } from '../../support/declarations.ts';

let desk: Desk;
beforeAll(async () => {
	desk = await openDesk();
});
afterAll(() => desk.close());

it('tells every step of a declaration: who, what, of which, how much', async () => {
	const aids = await desk.envelope({ label: 'Aides', promised: '1 000,00', measures: ['Prêts'] });
	const id = await aids.send('2022-01-01', 'Prêts: 21 400,00 | motif: Avance');
	await desk.accept(id, 'Admis en commission');
	await desk.reopen(id, 'Doublon');
	const { query } = parseAuditQuery(new URLSearchParams());
	const events = await inTransaction(desk.people.admin, (tx) => listEvents(tx, query, 20));
	const told = events.map(({ actorName, action, ...event }) => {
		const details = describeEvent(event)
			.filter(({ name }) => name !== 'empreinte')
			.map(({ name, value }) => `${name} : ${value}`);
		return plain([actorName, labelOfAction(action), ...details].join(' | '));
	});
	const ledger =
		/^(Camille Finances \| (Validation|Réouverture)[^|]*\| déclaration : nº 1, Action Logement)/;
	expect(told.map((line) => ledger.exec(line)?.[1] ?? line)).toEqual([
		'Camille Finances | Réouverture d’une déclaration | déclaration : nº 1, Action Logement',
		'Camille Finances | Validation d’une déclaration | déclaration : nº 1, Action Logement',
		expect.stringMatching(
			/^Dominique Déclarante \| Transmission d’une déclaration \| déclaration : nº 1, Action Logement \|.* montant : 21 400 €/
		),
		'Dominique Déclarante | Début d’une déclaration | déclaration : nº 1, Action Logement',
		'Camille Finances | Rythme des déclarations | enveloppe : Aides | délai en jours : 45 | à partir du : 1er janvier 2020 | rythme : chaque trimestre | par opération : non',
		expect.stringContaining('Enregistrement d’écritures | enveloppe : Aides')
	]);
	expect(told[0]).toContain('motif : Doublon');
	expect(told[1]).toContain('motif du dépassement : Admis en commission');
});
