import { checkSum, WHOLE_SHARE, type Check } from '#lib/domain/act/checks.ts';
import { writtenFigure, type CitedValue } from '#lib/domain/act/cited-value.ts';
import type { WrittenFigure } from '#lib/domain/precision.ts';
import { typeset } from '#lib/domain/typography.ts';

/** A cited figure that may be a part of another one of the same act. */
export type CitedPart = CitedValue & { id: string; wholeCitationId: string | null };

/** A check of cited figures, with the one that is made up of the others. */
export type SumCheck = Check & { wholeCitationId: string };

/**
 * Whether the parts that an act gives of a figure make it up, figure by figure, in the order of the
 * list. Shares (percentages of a count or an amount) have to make up 100 %.
 */
export function checkCitedSums(citations: readonly CitedPart[]): SumCheck[] {
	return citations.flatMap((whole) => {
		const figure = writtenFigure(whole);
		if (!figure) return [];
		const parts = citations
			.filter((part) => part.wholeCitationId === whole.id)
			.map(writtenFigure)
			.filter((part) => part !== null);
		return [
			...check(`Parties de « ${figure.written} »`, ofKind(parts, figure.kind), figure),
			...(figure.kind === 'percentage'
				? []
				: check(`Parts de « ${figure.written} »`, ofKind(parts, 'percentage'), WHOLE_SHARE))
		].map((result) => ({ ...result, wholeCitationId: whole.id }));
	});
}

const ofKind = (parts: readonly WrittenFigure[], kind: WrittenFigure['kind']): WrittenFigure[] =>
	parts.filter((part) => part.kind === kind);

const check = (name: string, parts: readonly WrittenFigure[], whole: WrittenFigure): Check[] =>
	parts.length === 0 ? [] : [checkSum(typeset(name), parts, [whole])];
