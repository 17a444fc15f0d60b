import { daysOfPeriod } from '#lib/domain/assessment.ts';
import { addDays, day, yearOf, type Day } from '#lib/domain/day.ts';
import { cents, subtractCents, sumCents, type Cents } from '#lib/domain/money.ts';

/** What was planned to be paid by when. */
export type Instalment = { dueOn: Day; amountCents: Cents };

/** An instalment with the day from which the agreement that sets it applies, and its rank: 0 for a root. */
export type AgreedInstalment = Instalment & { agreementId: string; agreedOn: Day; rank: number };

/** How an envelope was meant to be paid: by instalments where an agreement sets some, else evenly over its days. */
export type Plan = {
	startsOn: Day;
	endsOn: Day;
	promisedCents: Cents;
	instalments: readonly Instalment[];
};

/**
 * The instalments in force on a day. An amendment replaces the plan from its date: what was due before
 * stays as it was agreed then, what comes later is as the latest agreement says. Of two that apply from
 * the same day, the one of the higher rank is the later.
 */
export function instalmentsInForce(agreed: readonly AgreedInstalment[], asOf: Day): Instalment[] {
	const known = agreed.filter(({ agreedOn }) => agreedOn <= asOf).sort(compareAgreed);
	const agreements = known.filter(
		(one, index) => index === 0 || compareAgreed(known[index - 1] ?? one, one) !== 0
	);
	return known
		.filter((one) => {
			const place = agreements.findIndex((other) => compareAgreed(other, one) === 0);
			const replacedOn = agreements[place + 1]?.agreedOn;
			const isFirst = place === 0;
			return (isFirst || one.dueOn >= one.agreedOn) && (!replacedOn || one.dueOn < replacedOn);
		})
		.map(({ dueOn, amountCents }) => ({ dueOn, amountCents }))
		.sort((left, right) => left.dueOn.localeCompare(right.dueOn));
}

const compareAgreed = (left: AgreedInstalment, right: AgreedInstalment): number =>
	left.agreedOn.localeCompare(right.agreedOn) || left.rank - right.rank;

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
