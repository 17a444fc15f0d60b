import { daysOfPeriod } from '#lib/domain/assessment.ts';
import { day, daysBetween, earlierDay, laterDay, yearOf, type Day } from '#lib/domain/day.ts';
import { allocate, cents, NO_CENTS, sumCents, type Cents } from '#lib/domain/money.ts';

/** What was planned to be paid by when. */
export type Instalment = { dueOn: Day; amountCents: Cents };

/** An instalment with the day from which the agreement that sets it applies. */
export type AgreedInstalment = Instalment & { agreementId: string; agreedOn: Day };

/** How an envelope was meant to be paid: by instalments where an agreement sets some, else evenly over its days. */
export type Plan = {
	startsOn: Day;
	endsOn: Day;
	promisedCents: Cents;
	instalments: readonly Instalment[];
};

/**
 * The instalments in force on a day. An amendment replaces the plan from its date: what was due before
 * stays as it was agreed then, what comes later is as the latest agreement says.
 */
export function instalmentsInForce(agreed: readonly AgreedInstalment[], asOf: Day): Instalment[] {
	const known = agreed.filter(({ agreedOn }) => agreedOn <= asOf);
	const dates = [...new Set(known.map(({ agreedOn }) => agreedOn))].sort();
	return known
		.filter(({ agreedOn, dueOn }) => {
			const place = dates.indexOf(agreedOn);
			const replacedOn = dates[place + 1];
			const isFirst = place === 0;
			return (isFirst || dueOn >= agreedOn) && (!replacedOn || dueOn < replacedOn);
		})
		.map(({ dueOn, amountCents }) => ({ dueOn, amountCents }))
		.sort((left, right) => left.dueOn.localeCompare(right.dueOn));
}

/** What the plan wanted paid by the end of a day; null where no instalments were agreed. */
export function instalmentsDue(instalments: readonly Instalment[], asOf: Day): Cents | null {
	if (instalments.length === 0) return null;
	return sumCents(
		instalments.filter(({ dueOn }) => dueOn <= asOf).map(({ amountCents }) => amountCents)
	);
}

/** What was planned by the end of a day: instalments in steps at their days, or evenly, day by day. */
export function plannedBy(plan: Plan, asOf: Day): Cents {
	const due = instalmentsDue(plan.instalments, asOf);
	if (due !== null) return due;
	const { gone, length } = daysOfPeriod(plan.startsOn, plan.endsOn, asOf);
	return cents((plan.promisedCents * BigInt(gone)) / BigInt(length));
}

/** What was planned for each year of an envelope, in order. The years together are the whole plan, to the cent. */
export function planByYear(plan: Plan): { year: number; plannedCents: Cents }[] {
	const { startsOn, endsOn, instalments } = plan;
	if (instalments.length > 0) {
		const years = [...new Set(instalments.map(({ dueOn }) => yearOf(dueOn)))].sort();
		return years.map((year) => {
			const due = instalments.filter(({ dueOn }) => yearOf(dueOn) === year);
			return { year, plannedCents: sumCents(due.map(({ amountCents }) => amountCents)) };
		});
	}
	const length = yearOf(endsOn) - yearOf(startsOn) + 1;
	const years = Array.from({ length }, (_, index) => yearOf(startsOn) + index);
	const weights = years.map((year) => BigInt(daysInYear(plan, year)));
	const shares = allocate(plan.promisedCents, weights);
	return years.map((year, index) => ({ year, plannedCents: shares[index] ?? NO_CENTS }));
}

function daysInYear({ startsOn, endsOn }: Plan, year: number): number {
	const first = laterDay(startsOn, day(`${year}-01-01`));
	const last = earlierDay(endsOn, day(`${year}-12-31`));
	return daysBetween(first, last) + 1;
}
