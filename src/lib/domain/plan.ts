import { daysOfPeriod } from '#lib/domain/assessment.ts';
import { addDays, day, yearOf, type Day } from '#lib/domain/day.ts';
import { cents, subtractCents, sumCents, type Cents } from '#lib/domain/money.ts';

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

/** What was planned for each year of an envelope, in order: what is planned by its end, less what was by its beginning. */
export function planByYear(plan: Plan): { year: number; plannedCents: Cents }[] {
	const { startsOn, endsOn, instalments } = plan;
	const days = instalments.length > 0 ? instalments.map(({ dueOn }) => dueOn) : [startsOn, endsOn];
	const years = days.map(yearOf);
	const first = Math.min(...years);
	return Array.from({ length: Math.max(...years) - first + 1 }, (_, index) => {
		const year = first + index;
		const before = addDays(day(`${year}-01-01`), -1);
		const plannedCents = subtractCents(
			plannedBy(plan, day(`${year}-12-31`)),
			plannedBy(plan, before)
		);
		return { year, plannedCents };
	});
}
