import type { CitedValue } from '#lib/domain/act/cited-value.ts';
import type { ProposalValue } from '#lib/domain/act/desk/proposal.ts';
import { cents } from '#lib/domain/money.ts';

/** What a passage is cited as: its value by kind, without its words. */
export type CitedAs = Omit<CitedValue, 'quote'>;

/**
 * What a value that was kept is cited as. What is counted one by one is exact. A price per unit and
 * a period are cited as words: neither is a sum. Null for what is written nowhere, as an amount that
 * was reckoned, and for a decision, which is kept as such.
 */
export function citedAs(value: ProposalValue): CitedAs | null {
	switch (value.type) {
		case 'amount':
			if (value.kind === 'derived') return null;
			if (value.kind === 'rate') return WORDS;
			return {
				...WORDS,
				kind: 'amount',
				amountCents: cents(value.cents),
				precisionCents: cents(value.precisionCents)
			};
		case 'count':
			return { ...WORDS, kind: 'count', number: value.number, precision: 0 };
		case 'percentage':
			return { ...WORDS, kind: 'percentage', number: value.number, precision: value.precision };
		case 'day':
			return { ...WORDS, kind: 'date', day: value.day };
		case 'decision':
			return null;
		case 'text':
		case 'period':
		case 'flag':
		case 'words':
			return WORDS;
	}
}

const WORDS: CitedAs = {
	kind: 'words',
	amountCents: null,
	precisionCents: null,
	number: null,
	precision: null,
	day: null
};
