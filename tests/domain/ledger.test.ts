import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day } from '#lib/domain/day.ts';
import { buildReversal, ENTRY_KINDS, isReversible, type PostedEntry } from '#lib/domain/ledger.ts';
import { addCents, cents } from '#lib/domain/money.ts';
import { Refusal } from '#lib/domain/refusal.ts';

const anyAmount = fc
	.bigInt({ min: -9_000_000_000_000_000n, max: 9_000_000_000_000_000n })
	.filter((value) => value !== 0n)
	.map((value) => cents(value));
const anyId = fc.bigInt({ min: 1n, max: 10n ** 15n });
const anyEntry: fc.Arbitrary<PostedEntry> = fc.record({
	id: anyId,
	kind: fc.constantFrom(...ENTRY_KINDS),
	amountCents: anyAmount,
	effectiveOn: fc.constant(day('2021-06-30')),
	reversesEntryId: fc.option(anyId),
	reversedByEntryId: fc.option(anyId)
});

describe('a reversal', () => {
	it('is equal and opposite, of the same kind, on the same day, and names what it reverses', () => {
		fc.assert(
			fc.property(anyEntry, (any) => {
				const entry = { ...any, reversesEntryId: null, reversedByEntryId: null };
				const reversal = buildReversal(entry);
				expect(addCents(entry.amountCents, reversal.amountCents)).toBe(0n);
				expect(reversal).toEqual({
					kind: entry.kind,
					amountCents: -entry.amountCents,
					effectiveOn: entry.effectiveOn,
					reversesEntryId: entry.id
				});
			})
		);
	});

	it('is refused twice, and of a reversal', () => {
		fc.assert(
			fc.property(anyEntry, (entry) => {
				if (isReversible(entry)) buildReversal(entry);
				else expect(() => buildReversal(entry)).toThrow(Refusal);
			})
		);
		const entry: PostedEntry = {
			id: 7n,
			kind: 'disbursement',
			amountCents: cents(100),
			effectiveOn: day('2021-06-30'),
			reversesEntryId: null,
			reversedByEntryId: null
		};
		expect(() => buildReversal({ ...entry, reversedByEntryId: 8n })).toThrow(
			'Cette écriture a déjà été contre-passée.'
		);
		expect(() => buildReversal({ ...entry, reversesEntryId: 6n })).toThrow(
			'Cette écriture est elle-même une contre-passation\u00A0: enregistrez-en une nouvelle.'
		);
	});
});
