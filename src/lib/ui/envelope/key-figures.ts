import { daysBetween, type Day } from '#lib/domain/day.ts';
import { formatCount, plural } from '#lib/domain/numeral.ts';
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
			value: sum.leftToCommitCents,
			label: `restent à engager${left}`,
			href: figureHref('reste-a-engager', source)
		}
	];
}
