import { listPostings } from '#lib/domain/act/plan/plan-postings.ts';
import type { PlannedEnvelope } from '#lib/domain/act/plan/plan.ts';
import {
	block,
	confirm,
	type ActUnderReview,
	type PlanPlace,
	type PlanProblem
} from '#lib/domain/act/plan/review/problem.ts';
import { findTouchedEnvelope } from '#lib/domain/act/plan/touched-books.ts';
import { formatDay, yearOf } from '#lib/domain/day.ts';
import { openYearFrom } from '#lib/domain/fiscal-year.ts';
import { formatEuros, sumCents } from '#lib/domain/money.ts';

/**
 * The fiscal years of an envelope. A closed year takes nothing: the fact goes into the open one, with
 * its true date (design §5.6). No year is left below zero, nor outside the envelope without a word.
 */
export function checkYears(
	act: ActUnderReview,
	envelope: PlannedEnvelope,
	what: string,
	place: PlanPlace
): PlanProblem[] {
	return [
		...checkRows(act, envelope, what, place),
		...checkOnce(envelope, what, place),
		...checkBelow(act, envelope, what, place),
		...checkOutside(act, envelope, what, place)
	];
}

function checkRows(
	{ books, sittingOn }: ActUnderReview,
	envelope: PlannedEnvelope,
	what: string,
	place: PlanPlace
): PlanProblem[] {
	const name = `envelope-${envelope.key}`;
	return envelope.allocations.flatMap(({ fiscalYear, label }, index) => {
		const problems: PlanProblem[] = [];
		const refuse = (part: string, message: string) =>
			problems.push(block(`${name}-${part}-${index}`, message, place));
		if (label.trim() === '')
			refuse('label', `${what} : dites en quelques mots l’objet de la dotation ${fiscalYear}.`);
		if (books.closedYears.includes(fiscalYear)) {
			const open = openYearFrom(fiscalYear, books.closedYears);
			refuse(
				'closed',
				`${what} : l’exercice ${fiscalYear} est clos. Inscrivez la dotation à l’exercice ${open} ; sa date reste celle de la séance.`
			);
		}
		if (sittingOn && fiscalYear < yearOf(sittingOn)) {
			refuse(
				'before',
				`${what} : l’exercice ${fiscalYear} précède la séance du ${formatDay(sittingOn)}.`
			);
		}
		return problems;
	});
}

/** The new sum of a year is one: two of them would each be compared with the same sum before. */
function checkOnce(
	{ key, of, allocations }: PlannedEnvelope,
	what: string,
	place: PlanPlace
): PlanProblem[] {
	if (of.kind === 'new' || of.gives !== 'sum_of_year') return [];
	return listYears(allocations).flatMap((year) => {
		if (allocations.filter(({ fiscalYear }) => fiscalYear === year).length < 2) return [];
		const message = `${what} reçoit deux nouvelles sommes pour l’exercice ${year} : n’en gardez qu’une, ou dites ce qui s’ajoute ou se retire.`;
		return [block(`envelope-${key}-year-twice-${year}`, message, place)];
	});
}

/** What is taken away was there, in that year or in closed ones whose changes it takes. */
function checkBelow(
	{ passages, books }: ActUnderReview,
	envelope: PlannedEnvelope,
	what: string,
	place: PlanPlace
): PlanProblem[] {
	const { key, of } = envelope;
	if (of.kind === 'new') return [];
	const before = findTouchedEnvelope(books, of.envelopeId)?.allocations ?? [];
	const postings = listPostings(envelope, passages, books);
	return listYears(postings).flatMap((year) => {
		const after = sumCents(
			[...before, ...postings]
				.filter(({ fiscalYear }) => openYearFrom(fiscalYear, books.closedYears) === year)
				.map(({ amountCents }) => amountCents)
		);
		if (after >= 0n) return [];
		const message = `${what} : il resterait ${formatEuros(after)} à l’exercice ${year}. Retirez la somme des exercices où elle est inscrite.`;
		return [block(`envelope-${key}-below-${year}`, message, place)];
	});
}

/** A sum belongs to the years of its envelope, or to the open one after them where they are closed. */
function checkOutside(
	{ books }: ActUnderReview,
	envelope: PlannedEnvelope,
	what: string,
	place: PlanPlace
): PlanProblem[] {
	const { key, of, allocations } = envelope;
	const before = of.kind === 'existing' ? findTouchedEnvelope(books, of.envelopeId) : null;
	const startsOn = of.kind === 'new' ? of.startsOn : before?.startsOn;
	const endsOn = of.endsOn ?? before?.endsOn;
	if (!startsOn || !endsOn) return [];
	const last = openYearFrom(yearOf(endsOn), books.closedYears);
	const outside = listYears(allocations).filter((year) => year < yearOf(startsOn) || year > last);
	if (outside.length === 0) return [];
	const message = `${what} va du ${formatDay(startsOn)} au ${formatDay(endsOn)} : une dotation s’inscrirait hors de ces années (${outside.join(', ')}).`;
	return [confirm(`envelope-${key}-year-outside-${outside.join('-')}`, message, place)];
}

const listYears = (rows: readonly { fiscalYear: number }[]): number[] =>
	[...new Set(rows.map(({ fiscalYear }) => fiscalYear))].sort();
