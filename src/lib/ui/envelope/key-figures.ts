import { daysBetween, type Day } from '#lib/domain/day.ts';
import type { Measures } from '#lib/domain/envelope.ts';
import { formatCount, plural } from '#lib/domain/numeral.ts';
import type { UndertakingSummary } from '#lib/domain/undertaking.ts';
import { keptOf } from '#lib/domain/undertaking-words.ts';
import { formatRate } from '#lib/domain/rate.ts';
import type { SituationSum } from '#lib/domain/situation-sum.ts';
import type { KeyFigure } from '#lib/ui/money/KeyFigures.svelte';
import { figureHref, type Source } from '#lib/ui/money/figure.ts';

/** The four figures of several envelopes, in the order of the chain, each leading to where it comes from. */
export function keyFiguresOf(
	sum: SituationSum,
	endsOn: Day | null,
	source: Source & { asOf: Day }
): KeyFigure[] {
	const count = `${formatCount(sum.envelopes)} ${plural(sum.envelopes, 'enveloppe')}`;
	const days = endsOn && daysBetween(source.asOf, endsOn);
	const left = days ? `, ${formatCount(days)} ${plural(days, 'jour')}` : '';
	return [
		{
			value: sum.promisedCents,
			label: `promis, ${count}`,
			href: figureHref('promis', source)
		},
		{
			value: sum.disbursedCents,
			label: `versés, soit ${formatRate(sum.executionRate)}`,
			href: figureHref('verse', source)
		},
		{
			value: sum.committedNotDisbursedCents,
			label: 'engagés, à verser',
			href: figureHref('engage-non-verse', source)
		},
		{
			value: leftToCommit(sum),
			label: `restent à engager${left}`,
			href: figureHref('reste-a-engager', source)
		}
	];
}

/** How many of the promises in words are kept, to stand beside the money; nothing where none was made. */
export const keptFigure = (undertakings: UndertakingSummary, href: string): KeyFigure[] =>
	undertakings.total === 0
		? []
		: [
				{
					value: keptOf(undertakings),
					label: keptLabel(undertakings),
					href
				}
			];

/** Those of which nobody said anything are told apart: they are not “not kept”. */
function keptLabel({ total, unknown }: UndertakingSummary): string {
	const kept = plural(total, 'engagement tenu', 'engagements tenus');
	if (unknown === total) return `${kept} sur ${formatCount(total)}`;
	const rest = `${formatCount(unknown)} ${plural(unknown, 'non renseigné')}`;
	return unknown === 0 ? kept : `${kept}, ${rest}`;
}

/** Before any promise there is nothing that could be left of it. */
export const leftToCommit = (measures: Measures): KeyFigure['value'] =>
	measures.promisedCents === 0n ? 'sans objet' : measures.leftToCommitCents;

export const leftToDisburse = (measures: Measures): KeyFigure['value'] =>
	measures.promisedCents === 0n ? 'sans objet' : measures.leftToDisburseCents;
