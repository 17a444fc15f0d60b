import type { DeclaredCount } from '#lib/domain/declaration.ts';
import {
	periodOfLine,
	type DeclarationFacts,
	type DeclaredOperation,
	type LineFacts
} from '#lib/domain/declared-entry.ts';

type CountedLine = Pick<LineFacts, 'correctsFrom' | 'correctsTo'> & {
	id: string;
	about: DeclaredOperation | null;
};

/**
 * What is added to the observations when a declaration is accepted: a value for every count, for the
 * period its line speaks of, in the commune of its operation where it has one.
 */
export function buildDeclaredValues(
	declaration: DeclarationFacts & { fictitious: boolean },
	lines: readonly CountedLine[],
	counts: readonly (DeclaredCount & { id: string; lineId: string })[]
) {
	const byId = new Map(lines.map((line) => [line.id, line]));
	return counts.flatMap((count) => {
		const line = byId.get(count.lineId);
		if (!line) return [];
		const { startsOn, endsOn } = periodOfLine(declaration, line);
		return [
			{
				indicatorId: count.indicatorId,
				declarationCountId: count.id,
				periodStartsOn: startsOn,
				periodEndsOn: endsOn,
				number: count.number,
				product: count.product,
				stage: count.stage,
				communeCode: line.about?.communeCode ?? count.communeCode,
				operationId: line.about?.id ?? null,
				fictitious: declaration.fictitious
			}
		];
	});
}
