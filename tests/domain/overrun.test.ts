import { describe, expect, it } from 'vitest';
import { cents } from '#lib/domain/money.ts';
import { explainOverrun, overrunAfter } from '#lib/domain/overrun.ts';

const limit = (promised: number, disbursed: number) => ({
	promisedCents: cents(promised * 100),
	disbursedCents: cents(disbursed * 100)
});
const plain = (text: string) => text.replace(/[\u00A0\u202F]/g, ' ');

describe('an overrun', () => {
	it.each([
		[10_000, 8_000, 2_000, 0],
		[10_000, 8_000, 2_001, 1],
		[10_000, 11_000, 500, 1_500],
		[0, 0, 5, 5]
	])('of %d € with %d € disbursed, after %d € more, is %d €', (promised, disbursed, more, over) => {
		expect(overrunAfter(limit(promised, disbursed), cents(more * 100))).toBe(BigInt(over) * 100n);
	});

	it('is explained with what is left', () => {
		expect(plain(explainOverrun(limit(10_000, 8_000), cents(250_000)))).toBe(
			'Il reste 2 000 € à verser sur cette enveloppe : ce versement porterait le dépassement à 500 €. ' +
				'Corrigez le montant ou indiquez le motif du dépassement.'
		);
		expect(plain(explainOverrun(limit(10_000, 11_000), cents(50_000)))).toMatch(
			/^Il ne reste rien à verser .* à 1 500 €\./
		);
	});
});
