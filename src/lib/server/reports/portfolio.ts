import { buildCumulativeRows, type CumulativeRow } from '#lib/domain/chart.ts';
import { earlierDay, laterDay, type Day } from '#lib/domain/day.ts';
import { isCash, type EnvelopeSituation } from '#lib/domain/envelope.ts';
import { plannedBy } from '#lib/domain/plan.ts';
import { sumCents, type Cents } from '#lib/domain/money.ts';
import { sumSituations, type SituationSum } from '#lib/domain/situation-sum.ts';
import {
	carryRunRate,
	lastWholeMonths,
	monthsUntil,
	trend,
	type Trend
} from '#lib/domain/trend.ts';
import { listWatchItems, type WatchItem } from '#lib/domain/watch.ts';
import type { UndertakingSummary } from '#lib/domain/undertaking.ts';
import type { Context } from '#lib/server/context.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { readViewpoint, type SeenFrom } from '#lib/server/http/viewpoint.ts';
import { readSituations, type SituatedEnvelope } from '#lib/server/reports/situations.ts';
import { readUndertakingSummary } from '#lib/server/reports/undertakings.ts';

/** The first page: every envelope that the person may see, together and one by one. */
export type Portfolio = {
	seen: SeenFrom;
	envelopes: EnvelopeSituation[];
	sum: SituationSum;
	/** What the plans wanted disbursed by the day: instalments, or evenly where the act sets none. */
	plannedCents: Cents;
	/** The end of the last promise that still runs. */
	endsOn: Day | null;
	cumulative: CumulativeRow[];
	trend: Trend | null;
	watch: WatchItem[];
	/** How the promises in words stood. */
	undertakings: UndertakingSummary;
};

/** Reads the envelopes that the person may see, as seen from the viewpoint of the address. */
export function readPortfolio(context: Context, parameters: URLSearchParams): Promise<Portfolio> {
	return inTransaction(context, async (tx) => {
		const seen = await readViewpoint(tx, parameters, context.at);
		const [envelopes, undertakings] = await Promise.all([
			readSituations(tx, seen.viewpoint, seen.settings.thresholds),
			readUndertakingSummary(tx, seen.viewpoint)
		]);
		return { seen, undertakings, ...buildPortfolio(envelopes, seen.asOf) };
	});
}

/** What can be said of several envelopes together on a day. */
export function buildPortfolio(
	envelopes: readonly SituatedEnvelope[],
	asOf: Day
): Omit<Portfolio, 'seen' | 'undertakings'> {
	const situations = envelopes.map(({ situation }) => situation);
	const sum = sumSituations(situations);
	const cash = envelopes.filter(({ facts }) => isCash(facts));
	const together = trendOf(cash, sum.disbursedCents, asOf);
	const plans = cash.map(({ plan }) => plan);
	const months = cash.flatMap((envelope) => envelope.months);
	return {
		envelopes: situations,
		sum,
		plannedCents: sumCents(plans.map((plan) => plannedBy(plan, asOf))),
		endsOn: lastEnd(envelopes.filter((envelope) => isRunning(envelope, asOf))),
		cumulative: buildCumulativeRows(plans, months, asOf, together),
		trend: together,
		watch: listWatchItems(
			envelopes.map((envelope) => ({
				situation: envelope.situation,
				expectedCents: () => expectedOf(envelope, asOf)
			})),
			asOf
		)
	};
}

/** The run rate of those envelopes that still run, carried to the last of their ends. */
export function trendOf(
	envelopes: readonly SituatedEnvelope[],
	disbursedCents: Cents,
	asOf: Day
): Trend | null {
	const running = envelopes.filter((envelope) => isRunning(envelope, asOf));
	const endsOn = lastEnd(running);
	const startsOn = running.map(({ facts }) => facts.startsOn).reduce(earlierOf, null);
	if (!endsOn || !startsOn) return null;
	const months = running.flatMap((envelope) => envelope.months);
	return trend(disbursedCents, lastWholeMonths(months, startsOn, asOf), monthsUntil(asOf, endsOn));
}

/** What would be disbursed by the end of an envelope at the rate it goes. */
function expectedOf({ situation, facts, months }: SituatedEnvelope, asOf: Day): Cents | null {
	const lastMonths = lastWholeMonths(months, facts.startsOn, asOf);
	const monthsLeft = monthsUntil(asOf, facts.endsOn);
	return carryRunRate(situation.disbursedCents, lastMonths, monthsLeft)?.expectedCents ?? null;
}

const isRunning = ({ facts }: SituatedEnvelope, asOf: Day): boolean => facts.endsOn >= asOf;

const lastEnd = (envelopes: readonly SituatedEnvelope[]): Day | null =>
	envelopes.map(({ facts }) => facts.endsOn).reduce(laterOf, null);

const laterOf = (left: Day | null, right: Day): Day => (left ? laterDay(left, right) : right);

const earlierOf = (left: Day | null, right: Day): Day => (left ? earlierDay(left, right) : right);
