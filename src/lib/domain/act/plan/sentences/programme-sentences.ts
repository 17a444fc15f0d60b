import type { PlannedAgreement, PlannedProgramme } from '#lib/domain/act/plan/plan.ts';
import type { ActUnderReview } from '#lib/domain/act/plan/review/problem.ts';
import { formatDay } from '#lib/domain/day.ts';

/** The programme as it is begun, or as it is gone on with. */
export function describeProgramme(
	{ books, passages }: ActUnderReview,
	{ of, horizon, visible }: PlannedProgramme
): string[] {
	const hoped = passages.get(horizon?.passage ?? '');
	const beyond =
		horizon && hoped
			? [
					`Son horizon, au-delà de ce que couvre l’acte, sera le ${formatDay(horizon.endsOn)}, sur le passage « ${hoped.quote} ».`
				]
			: [];
	if (of.kind === 'new') {
		const shown = visible
			? 'Les élus le verront aussitôt, et les partenaires leurs enveloppes.'
			: 'Ni les élus ni les partenaires ne le verront encore.';
		return [
			`Le programme « ${of.name} » sera créé, du ${formatDay(of.startsOn)} au ${formatDay(of.endsOn)}. ${shown}`,
			...beyond
		];
	}
	const { programme } = books;
	if (!programme) return beyond;
	const moved = of.endsOn && of.endsOn !== programme.endsOn;
	return [
		`Le programme « ${programme.name} » sera complété.`,
		...(moved && of.endsOn
			? [`Sa fin passera du ${formatDay(programme.endsOn)} au ${formatDay(of.endsOn)}.`]
			: []),
		...beyond
	];
}

/** An agreement that the act adopts or only names, or an amendment to a root. */
export function describeAgreement(
	{ books, passages }: ActUnderReview,
	agreement: PlannedAgreement,
	planned: readonly PlannedAgreement[]
): string {
	const { title, amends, adoptedHere, effectiveOn, startsOn, endsOn } = agreement;
	const quote = passages.get(agreement.passage)?.quote ?? '';
	const on = `sur le passage « ${oneLine(quote)} »`;
	const from = `applicable à partir du ${formatDay(effectiveOn)}`;
	const days = startsOn && endsOn ? `, du ${formatDay(startsOn)} au ${formatDay(endsOn)}` : '';
	if (amends) {
		const root =
			'planned' in amends
				? planned.find(({ key }) => key === amends.planned)?.title
				: books.agreements.find(({ id }) => id === amends.agreementId)?.title;
		return `L’avenant « ${title} » à la convention « ${root ?? '?'} » sera enregistré${days}, ${from}, ${on}.`;
	}
	return adoptedHere
		? `La convention « ${title} » sera enregistrée${days}, ${from}, ${on}.`
		: `La convention « ${title} », que l’acte cite et qu’un autre acte a adoptée, sera enregistrée, ${from}, ${on}.`;
}

/** A passage as it stands in a sentence: on one line, and not longer than one reads. */
export function oneLine(quote: string): string {
	const line = quote.replace(/\s+/gu, ' ').trim();
	return line.length > 140 ? `${line.slice(0, 138).trimEnd()}…` : line;
}
