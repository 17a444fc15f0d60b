import type { PlanPassage } from '#lib/domain/act/plan/plan-passage.ts';
import { readPassage } from '#lib/domain/act/read-passage.ts';

/**
 * Whether the words of a passage say by themselves the figure that is kept of it. They do not where a
 * person wrote another one, nor where the unit stands elsewhere, as over the column of a table.
 */
export function saysItsValue({ value, quote }: PlanPassage): boolean {
	switch (value.type) {
		case 'amount': {
			const read = readPassage('amount', quote);
			return read?.type === 'amount' && read.cents === value.cents;
		}
		case 'count': {
			const read = readPassage('count', quote.toLocaleLowerCase('fr'));
			return read?.type === 'count' && read.number === value.number;
		}
		case 'percentage': {
			const read = readPassage('percentage', quote);
			return read?.type === 'percentage' && read.number === value.number;
		}
		default:
			return true;
	}
}
