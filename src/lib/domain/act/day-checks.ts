import type { Check } from '#lib/domain/act/checks.ts';
import type { ActReading } from '#lib/domain/act/reading.ts';
import { daysBetween, formatDay, type Day } from '#lib/domain/day.ts';
import { typeset } from '#lib/domain/typography.ts';

/**
 * Whether the days of an act follow one another: convened, then sat, then received by the State and
 * published. A day that the act lacks, or writes in several ways, is in no check.
 */
export function checkDays({ header, periods }: Pick<ActReading, 'header' | 'periods'>): Check[] {
	const sat: Dated = ['séance', header.sitting.value];
	const isPosting = isPostingOfConvocation(header);
	return [
		...checkOrder('Convocation et séance', ['convocation', header.convened.value], sat),
		...checkOrder('Séance et réception', sat, ['réception', header.received.value]),
		...(isPosting
			? []
			: checkOrder('Séance et publication', sat, ['publication', header.published.value])),
		...periods
			.filter(({ startsOn, endsOn }) => startsOn > endsOn)
			.flatMap(({ quote, startsOn, endsOn }) =>
				checkOrder(typeset(`Période « ${quote} »`), ['début', startsOn], ['fin', endsOn])
			)
	];
}

/** What was posted about when the council was convened is the convocation, and not the act. */
function isPostingOfConvocation({ sitting, convened, published }: ActReading['header']): boolean {
	if (published.value === null || sitting.value === null) return false;
	if (published.value >= sitting.value) return false;
	return convened.value === null || Math.abs(daysBetween(convened.value, published.value)) <= 5;
}

type Dated = [name: string, day: Day | null];

function checkOrder(name: string, [earlier, from]: Dated, [later, to]: Dated): Check[] {
	if (from === null || to === null) return [];
	const days = `${earlier} le ${formatDay(from)}, ${later} le ${formatDay(to)}`;
	const message = from <= to ? `${days} : dans l’ordre.` : `${days} : l’ordre est inversé.`;
	const result = from <= to ? 'passed' : 'failed';
	return [{ name, result, message: typeset(message.charAt(0).toUpperCase() + message.slice(1)) }];
}
