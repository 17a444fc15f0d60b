import { addDays, addMonths, day, formatMonth, lastDayOfMonth, type Day } from '#lib/domain/day.ts';
import { allocate, cents, sumCents, type Cents } from '#lib/domain/money.ts';
import type { EnteredProgramme } from '#lib/server/acts/enter-programme.ts';
import { AIDS, HOUSEHOLDS, type AidsOfMeasure } from '#lib/server/demonstration/aids.ts';
import { idOf } from '#lib/server/demonstration/id-of.ts';
import {
	atWork,
	mistaken,
	nextWorkingDay,
	recordedAfter,
	type Measurement,
	type Movement,
	type Movements
} from '#lib/server/demonstration/movement.ts';
import type { Random } from '#lib/server/demonstration/random.ts';

const FIRST_MONTH = day('2020-01-01');
const QUARTERS = 9;
/** From July 2021 on, quarters are declared; before, finance recorded month by month what it was told. */
const QUARTERS_RECORDED = 6;
const ENVELOPE = 'Parcours résidentiel et professionnel des salariés';

/** What was paid and counted in the quarters that are declared: three figures a measure, the earliest first. */
export type DeclaredAids = ReadonlyMap<string, { amountsCents: Cents[] | null; counts: number[] }>;

/** Nine quarters of aids to employees: paid by the month and counted by the quarter, then declared. */
export function buildAids(
	programme: EnteredProgramme,
	actEnteredOn: Day,
	random: Random
): Movements & { declared: DeclaredAids } {
	const paid = AIDS.map((aids) => buildPayments(aids, programme, actEnteredOn, random));
	const counted = [...AIDS, HOUSEHOLDS].map(({ indicator, count }) =>
		buildCounts(idOf(programme.indicators, indicator), count, actEnteredOn, random)
	);
	return {
		movements: paid
			.flatMap(({ movements }) => movements)
			.flatMap((movement) => withMistake(movement, programme)),
		measurements: counted
			.flatMap(({ measurements }) => measurements)
			.flatMap((measurement) => withCorrection(measurement, programme)),
		declared: new Map(
			[...AIDS, HOUSEHOLDS].map(({ indicator }, index) => [
				indicator,
				{
					amountsCents: paid[index]?.declaredCents ?? null,
					counts: counted[index]?.declared ?? []
				}
			])
		)
	};
}

/** Aids are granted in one month and paid in the next, so that some are always committed and not yet paid. */
function buildPayments(
	{ measure, paid }: AidsOfMeasure,
	programme: EnteredProgramme,
	actEnteredOn: Day,
	random: Random
): { movements: Movement[]; declaredCents: Cents[] | null } {
	if (!paid) return { movements: [], declaredCents: null };
	const line = {
		envelopeId: idOf(programme.envelopes, ENVELOPE),
		measureId: idOf(programme.measures, measure)
	};
	const recorded = (on: Day): Date => recordedAfter(random, on, actEnteredOn);
	const grant = (month: Day, amountCents: Cents): Movement => {
		const granted = nextWorkingDay(addDays(month, random.between(2, 17)));
		const label = `Aides accordées en ${formatMonth(granted)} (fictif)`;
		const recordedAt = recorded(granted);
		return { ...line, kind: 'commitment', amountCents, effectiveOn: granted, recordedAt, label };
	};
	const pay = (month: Day, amountCents: Cents): Movement => {
		const paidOn = nextWorkingDay(addDays(lastDayOfMonth(month), -random.between(2, 7)));
		const label = `Aides versées en ${formatMonth(paidOn)} (fictif)`;
		const recordedAt = recorded(paidOn);
		return { ...line, kind: 'disbursement', amountCents, effectiveOn: paidOn, recordedAt, label };
	};
	const amounts = allocate(paid.paidCents, listWeights(random));
	const movements = amounts.flatMap((amountCents, index) => {
		const month = addMonths(FIRST_MONTH, index);
		const granted = grant(index === 0 ? month : addMonths(month, -1), amountCents);
		return index < 3 * QUARTERS_RECORDED ? [granted, pay(month, amountCents)] : [granted];
	});
	const pending = allocate(paid.pendingCents, [100n, 112n, 94n]).map((amountCents, index) =>
		grant(addMonths(FIRST_MONTH, 3 * QUARTERS + index), amountCents)
	);
	const quarters = Array.from({ length: QUARTERS }, (_, index) =>
		sumCents(amounts.slice(3 * index, 3 * index + 3))
	);
	return {
		movements: [...movements, ...pending],
		declaredCents: quarters.slice(QUARTERS_RECORDED)
	};
}

/** What each month weighs: fewer aids in the spring of 2020 and every August, more in the autumn. */
function listWeights(random: Random): bigint[] {
	return Array.from({ length: 3 * QUARTERS }, (_, index) => {
		const month = index % 12;
		const season = month === 7 ? 72 : month === 8 || month === 9 ? 116 : 100;
		const lockdown = index === 3 ? 38 : index === 4 ? 55 : 100;
		return BigInt(season * lockdown * random.between(84, 116));
	});
}

function buildCounts(
	indicatorId: string,
	count: number,
	actEnteredOn: Day,
	random: Random
): { measurements: Measurement[]; declared: number[] } {
	const weights = Array.from({ length: QUARTERS }, () => BigInt(random.between(86, 114)));
	const numbers = allocate(cents(count), weights).map(Number);
	const measurements = numbers.slice(0, QUARTERS_RECORDED).map((number, index) => {
		const periodStartsOn = addMonths(FIRST_MONTH, index * 3);
		const periodEndsOn = lastDayOfMonth(addMonths(periodStartsOn, 2));
		const recordedAt = recordedAfter(random, periodEndsOn, actEnteredOn);
		return { indicatorId, periodStartsOn, periodEndsOn, number, recordedAt };
	});
	return { measurements, declared: numbers.slice(QUARTERS_RECORDED) };
}

/** One amount was mistyped, and found three months later. */
function withMistake(movement: Movement, programme: EnteredProgramme): Movement[] {
	const isMistaken =
		movement.kind === 'disbursement' &&
		movement.measureId === programme.measures.get('Mobilité') &&
		movement.effectiveOn.startsWith('2021-03');
	return isMistaken ? mistaken(movement, cents(2_700_000n), day('2021-06-07')) : [movement];
}

/** One count was corrected a month later. */
function withCorrection(count: Measurement, programme: EnteredProgramme): Measurement[] {
	const isCorrected =
		count.indicatorId === programme.indicators.get('Mobilité : aides') &&
		count.periodEndsOn === '2021-03-31';
	if (!isCorrected) return [count];
	const wrong = { ...count, number: count.number + 18, recordedAt: atWork(day('2021-04-26')) };
	return [wrong, { ...count, recordedAt: atWork(day('2021-05-24')), replaces: wrong }];
}
