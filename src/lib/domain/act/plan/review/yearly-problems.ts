import { sumOfPassage } from '#lib/domain/act/plan/plan-postings.ts';
import type { PlannedEnvelope, PlannedProgramme } from '#lib/domain/act/plan/plan.ts';
import { nameOfEnvelope } from '#lib/domain/act/plan/review/name-envelope.ts';
import {
	confirm,
	onPlan,
	type ActUnderReview,
	type PlanProblem
} from '#lib/domain/act/plan/review/problem.ts';
import { findTouchedEnvelope } from '#lib/domain/act/plan/touched-books.ts';
import { formatDay, laterDay, yearOf, type Day } from '#lib/domain/day.ts';
import { formatCount, plural } from '#lib/domain/numeral.ts';

/**
 * A sum for each year is booked once for each year that its envelope has days for: neither less, nor
 * for years that no agreement covers, nor as the whole of several years, without a word.
 */
export const checkYearly = (act: ActUnderReview, planned: PlannedProgramme): PlanProblem[] =>
	planned.envelopes.flatMap((envelope) => checkEnvelope(act, envelope));

function checkEnvelope(act: ActUnderReview, envelope: PlannedEnvelope): PlanProblem[] {
	const { key, of, allocations } = envelope;
	const days = daysOf(act, envelope);
	const yearly = allocations.flatMap(({ fiscalYear, passage: own }) => {
		const passage = act.passages.get(own ?? envelope.passage ?? '');
		const isYearly = passage?.value.type === 'amount' && passage.value.per === 'year';
		return isYearly && sumOfPassage(passage) !== null ? [{ fiscalYear, quote: passage.quote }] : [];
	});
	const [first] = yearly;
	if (!days || !first) return [];
	const owed = countYears(days.startsOn, days.endsOn);
	const what = `L’enveloppe ${nameOfEnvelope(act, envelope)}`;
	const has = `${what} va du ${formatDay(days.startsOn)} au ${formatDay(days.endsOn)}, soit ${sayYears(owed)}`;
	const says = `« ${first.quote} », que l’acte écrit par an`;
	const ask = (part: string, message: string) => [
		confirm(`envelope-${key}-yearly-${part}`, message, onPlan('envelopes', key))
	];
	if (of.kind === 'existing' && of.gives === 'sum') {
		if (owed === 1) return [];
		return ask('whole', `${has}, et prend ${says}, pour sa nouvelle somme totale.`);
	}
	const years = [...new Set(yearly.map(({ fiscalYear }) => fiscalYear))].sort();
	const booked = years.length;
	if (booked > owed) {
		return ask(
			`more-${years.join('-')}`,
			`${has}, mais compte ${says}, pour ${sayYears(booked)} : ${years.join(', ')}.`
		);
	}
	if (booked >= owed || isRest(act, envelope, days, booked)) return [];
	return ask(
		`fewer-${years.join('-')}`,
		`${has}, mais ne compte ${says}, que pour ${sayYears(booked)} : ${years.join(', ')}.`
	);
}

const sayYears = (count: number): string => `${formatCount(count)} ${plural(count, 'an')}`;

type Days = { startsOn: Day; endsOn: Day };

/** From its first day to its last, as the act leaves it. */
function daysOf({ books }: ActUnderReview, { of }: PlannedEnvelope): Days | null {
	if (of.kind === 'new') return of;
	const before = findTouchedEnvelope(books, of.envelopeId);
	return before && { startsOn: before.startsOn, endsOn: of.endsOn ?? before.endsOn };
}

/** An amendment speaks of the years that are left, or of those that it adds. */
function isRest(
	{ books, sittingOn }: ActUnderReview,
	{ of }: PlannedEnvelope,
	{ startsOn, endsOn }: Days,
	booked: number
): boolean {
	const before = of.kind === 'existing' ? findTouchedEnvelope(books, of.envelopeId) : null;
	if (!before) return false;
	const left = sittingOn ? yearOf(endsOn) - yearOf(laterDay(startsOn, sittingOn)) + 1 : null;
	const added = yearOf(endsOn) - yearOf(before.endsOn);
	return booked === left || booked === added;
}

/** The years that a period has days for; one that is begun counts. */
const countYears = (startsOn: Day, endsOn: Day): number =>
	Math.max(1, yearOf(endsOn) - yearOf(startsOn) + (endsOn.slice(5) >= startsOn.slice(5) ? 1 : 0));
