import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '#lib/domain/refusal.ts';
import { submitDeclaration } from '#lib/server/declarations/submit-declaration.ts';
import { withdrawDeclaration } from '#lib/server/declarations/withdraw-declaration.ts';
import { verifyBooks } from '#lib/server/ledger/verify-books.ts';
import { openDesk, type DeclaredEnvelope, type Desk } from '../../support/declarations.ts';

/** What people do, one after the other, to the declarations of two quarters. */
type Step = { quarter: number; action: string; euros: number; count: number };

const QUARTERS = ['2021-10-01', '2022-01-01'];

const step: fc.Arbitrary<Step> = fc.record({
	quarter: fc.nat({ max: QUARTERS.length - 1 }),
	action: fc.constantFrom('send', 'send', 'accept', 'accept', 'return', 'reopen', 'withdraw'),
	euros: fc.integer({ min: -300, max: 600 }),
	count: fc.nat({ max: 9 })
});

let desk: Desk;
let run = 0;
beforeAll(async () => {
	desk = await openDesk();
});
afterAll(() => desk.close());

describe('random books of declarations', () => {
	it('say in the ledger and in the values what the accepted ones say, cent by cent, and nothing else', async () => {
		let accepted = 0;
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 16 }), async (steps) => {
				run += 1;
				const aids = await desk.envelope({
					label: `Aides ${run}`,
					promised: '1 000,00',
					measures: [`Prêts ${run}`],
					counted: { [`Prêts ${run}`]: 'Prêts accordés' }
				});
				const expected = await play(aids, steps);
				accepted += expected.length;
				const { rows } = await desk.owner.query<{
					ledger: string;
					counter: string;
					values: number;
				}>(
					`select b.disbursed_cents as counter,
						(select coalesce(sum(e.amount_cents), 0) from entries e
							where e.envelope_id = b.envelope_id and e.kind = 'disbursement') as ledger,
						(select coalesce(sum(o.number), 0)::int from observations o
							join indicators i on i.id = o.indicator_id
							where i.envelope_id = b.envelope_id and not o.withdrawn
								and not exists (select from observations n where n.replaces_observation_id = o.id)) as values
					from envelope_balances b where b.envelope_id = $1`,
					[aids.id]
				);
				const cents = expected.reduce((sum, { euros }) => sum + euros * 100, 0);
				const counted = expected.reduce((sum, { count }) => sum + count, 0);
				expect(rows).toEqual([{ ledger: String(cents), counter: String(cents), values: counted }]);
			}),
			{ numRuns: 40 }
		);
		expect(accepted).toBeGreaterThan(5);
		expect((await verifyBooks(desk.database.owner)).differences).toEqual([]);
	}, 120_000);
});

/** Plays the steps, whatever is refused, beside a model of what is accepted in the end. */
async function play(aids: DeclaredEnvelope, steps: readonly Step[]): Promise<Step[]> {
	const known = new Map<number, { id: string; state: string; said: Step }>();
	for (const said of steps) {
		const { quarter, action } = said;
		const declared = known.get(quarter);
		try {
			if (action === 'send') {
				const id = declared?.id ?? (await aids.type(QUARTERS[quarter] ?? '', 'rien: '));
				if (!declared) known.set(quarter, { id, state: 'draft', said });
				await aids.write(id, wordsOf(said));
				await submitDeclaration(desk.people.declarant, randomUUID(), id);
				known.set(quarter, { id, state: 'submitted', said });
			} else if (declared) {
				if (action === 'accept') await desk.accept(declared.id, 'Le promis sera relevé');
				if (action === 'return') await desk.giveBack(declared.id);
				if (action === 'reopen') await desk.reopen(declared.id);
				if (action === 'withdraw') await withdrawDeclaration(desk.people.declarant, declared.id);
				declared.state = action;
			}
		} catch (error) {
			// Only what comes at the wrong moment is refused: a broken rule would be ours.
			if (!(error instanceof Refusal) || error.kind !== 'conflict') throw error;
		}
	}
	const { rows } = await desk.owner.query<{ id: string }>(
		"select id from declarations where state = 'accepted' and envelope_id = $1",
		[aids.id]
	);
	const accepted = [...known.values()].filter(({ state }) => state === 'accept');
	expect(rows.map(({ id }) => id).sort()).toEqual(accepted.map(({ id }) => id).sort());
	return accepted.map(({ said }) => said);
}

/** A negative amount corrects the first quarter of 2021, which is open to correction from every other. */
const wordsOf = ({ euros, count }: Step): string =>
	[
		`Prêts ${run}: ${euros}`,
		`Prêts ${run} nombre: ${count}`,
		`Prêts ${run} corrige: ${euros < 0 ? '2021-01-01' : ''}`,
		`motif: ${euros > 0 ? 'Beaucoup' : ''}`
	].join(' | ');
