import type { EnvelopeSituation } from '#lib/domain/envelope.ts';
import { formatRate } from '#lib/domain/rate.ts';
import type { KeyFigure } from '#lib/ui/money/KeyFigures.svelte';
import { figureHref, type Source } from '#lib/ui/money/figure.ts';
import { leftToCommit, leftToDisburse } from './key-figures.ts';

/** The figures of one envelope in the order of the chain; what is received only where something can be. */
export function figuresOfEnvelope(situation: EnvelopeSituation, source: Source): KeyFigure[] {
	const rate = formatRate(situation.executionRate);
	const received: KeyFigure = {
		value: situation.receivedCents,
		label: 'reçus',
		href: figureHref('recu', source)
	};
	return [
		{ value: situation.promisedCents, label: 'promis', href: figureHref('promis', source) },
		...(situation.circuit === 'earmarked_revenue' ? [received] : []),
		{ value: situation.committedCents, label: 'engagés', href: figureHref('engage', source) },
		{
			value: situation.disbursedCents,
			label: `versés, soit ${rate}`,
			href: figureHref('verse', source)
		},
		{
			value: leftToCommit(situation),
			label: 'restent à engager',
			href: figureHref('reste-a-engager', source)
		},
		{
			value: leftToDisburse(situation),
			label: 'restent à verser',
			href: figureHref('reste-a-verser', source)
		}
	];
}
