import { STAGE_LABELS, type Product, type Stage } from '#lib/domain/dwelling.ts';
import { formatCount } from '#lib/domain/numeral.ts';

/** A count as it was sent, with its dimensions. */
export type NamedCount = {
	indicator: string;
	product: Product | null;
	stage: Stage | null;
	/** The name of the commune, where the count is of one. */
	commune: string | null;
	number: number;
};

/** What is counted, in words: `aides à la mobilité`, `logements agréés PLAI (Chenôve)`. Only dwellings have stages. */
export function describeCount({ indicator, product, stage, commune }: NamedCount): string {
	const counted = stage ? `logements ${STAGE_LABELS[stage]}` : indicator;
	const what = product ? `${counted} ${product}` : counted;
	return commune ? `${what} (${commune})` : what;
}

/**
 * Counts on a line of their own each: what has stages by stage, since stages are never added together. What
 * the row says already (`Mobilité : aides`) is not said again.
 */
export function groupCounts(
	counts: readonly NamedCount[],
	row = ''
): { label: string; value: string; number: number | null }[] {
	const groups = Map.groupBy(counts, ({ indicator, stage }) => `${indicator} ${stage ?? ''}`);
	return [...groups.values()].flatMap((own) => {
		const [first] = own;
		if (!first) return [];
		const label = withoutRow(describeCount({ ...first, product: null, commune: null }), row);
		const isPlain = own.length === 1 && first.product === null && first.commune === null;
		return {
			label,
			value: own.map((count) => valueOf(count)).join(', '),
			number: isPlain ? first.number : null
		};
	});
}

/** `12 PLAI`, `3 PLUS (Chenôve)`, `143`. */
const valueOf = ({ number, product, commune }: NamedCount): string =>
	[formatCount(number), product, commune && `(${commune})`].filter(Boolean).join('\u00A0');

/** Nothing where the row says it all: `208` in the row of the `Garanties VISALE`. */
const withoutRow = (label: string, row: string): string =>
	row !== '' && label.startsWith(row) ? label.slice(row.length).replace(/^\s*:\s*/u, '') : label;
