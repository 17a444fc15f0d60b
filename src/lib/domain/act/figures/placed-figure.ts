import type { Span } from '#lib/domain/act/text.ts';

/** A figure that was read, with its place in the plain form, where words are sought around it. */
export type Placed<Figure> = { figure: Figure; plain: Span };

/** Which figure each one is a part of. */
export type Parts<Figure> = ReadonlyMap<Placed<Figure>, Placed<Figure>>;

/** The figures in their order, each with the place in the list of the one that it is a part of. */
export function withParts<Figure extends { partOf: number | null }>(
	placed: readonly Placed<Figure>[],
	parts: Parts<Figure>
): Figure[] {
	const indexes = new Map(placed.map((one, index) => [one, index]));
	return placed.map((one) => {
		const whole = parts.get(one);
		return { ...one.figure, partOf: (whole && indexes.get(whole)) ?? null };
	});
}
