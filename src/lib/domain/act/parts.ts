import { checkSum, WHOLE_SHARE, type Check } from '#lib/domain/act/checks.ts';
import { exactCount, writtenPrecision, type WrittenFigure } from '#lib/domain/precision.ts';

/** A cited figure, and the figure of the same act that it is a part of. */
export type CitedFigure = { id: string; quote: string; wholeCitationId: string | null };

/**
 * Checks every whole that an act prints against the parts that it prints. Shares in percent make up
 * a hundred, whatever they are shares of: no count is derived from them.
 */
export function checkParts(citations: readonly CitedFigure[]): Check[] {
	return citations.flatMap((whole) => {
		const parts = citations.filter((citation) => citation.wholeCitationId === whole.id);
		if (parts.length === 0) return [];
		const figures = parts.map(readFigure);
		return figures.every((figure) => figure.kind === 'percentage')
			? [checkSum(`Répartition de «\u00a0${whole.quote}\u00a0»`, figures, [WHOLE_SHARE])]
			: [checkSum(`Somme de «\u00a0${whole.quote}\u00a0»`, figures, [readFigure(whole)])];
	});
}

/** What is counted is never rounded, so its parts are exact. */
function readFigure({ quote }: CitedFigure): WrittenFigure {
	const figure = writtenPrecision(quote);
	if (!figure) throw new TypeError(`« ${quote} » is not one figure`);
	return figure.kind === 'count' ? exactCount(figure.value, figure.written) : figure;
}
