import { addDays, addMonths, day, formatMonth, lastDayOfMonth, type Day } from '#lib/domain/day.ts';
import { allocate, cents, type Cents } from '#lib/domain/money.ts';
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
const MONTHS_BEFORE_OPENING = 30;
const MONTHS_AFTER = 6;
const ENVELOPE = 'Parcours résidentiel et professionnel des salariés';

/** Twelve quarters of aids to employees: paid by the month and by measure, counted by the quarter. */
export function buildAids(
	programme: EnteredProgramme,
	actEnteredOn: Day,
	random: Random
): Movements {
	const movements = AIDS.flatMap((aids) => buildPayments(aids, programme, actEnteredOn, random));
	const counts = [...AIDS, HOUSEHOLDS].flatMap(({ indicator, count }) =>
		buildCounts(idOf(programme.indicators, indicator), count, actEnteredOn, random)
	);
	return {
		movements: movements.flatMap((movement) => withMistakes(movement, programme)),
		measurements: counts.flatMap((count) => withCorrection(count, programme))
	};
}

/** Aids are granted in one month and paid in the next, so that some are always committed and not yet paid. */
function buildPayments(
	{ measure, paid }: AidsOfMeasure,
	programme: EnteredProgramme,
	actEnteredOn: Day,
	random: Random
): Movement[] {
	if (!paid) return [];
	const line = {
		envelopeId: idOf(programme.envelopes, ENVELOPE),
		measureId: idOf(programme.measures, measure)
	};
	const weights = listWeights(random);
	const amounts = [
		...allocate(paid.firstCents, weights.slice(0, MONTHS_BEFORE_OPENING)),
		...allocate(paid.lastCents, weights.slice(MONTHS_BEFORE_OPENING)),
		paid.pendingCents
	];
	return amounts.flatMap((amountCents, index) => {
		const month = addMonths(FIRST_MONTH, index);
		const earlier = index === 0 ? month : addMonths(month, -1);
		const granted = nextWorkingDay(addDays(earlier, random.between(2, 17)));
		const commitment: Movement = {
			...line,
			kind: 'commitment',
			amountCents,
			effectiveOn: granted,
			recordedAt: recordedAfter(random, granted, actEnteredOn),
			label: `Aides accordées en ${formatMonth(granted)} (fictif)`
		};
		if (index === weights.length) return [commitment];
		const paidOn = nextWorkingDay(addDays(lastDayOfMonth(month), -random.between(2, 7)));
		const disbursement: Movement = {
			...line,
			kind: 'disbursement',
			amountCents,
			effectiveOn: paidOn,
			recordedAt: recordedAfter(random, paidOn, actEnteredOn),
			label: `Aides versées en ${formatMonth(paidOn)} (fictif)`
		};
		return [commitment, disbursement];
	});
}

/** What each month weighs: fewer aids in the spring of 2020 and every August, more in the autumn. */
function listWeights(random: Random): bigint[] {
	return Array.from({ length: MONTHS_BEFORE_OPENING + MONTHS_AFTER }, (_, index) => {
		const month = index % 12;
		const season = month === 7 ? 72 : month === 8 || month === 9 ? 116 : 100;
		const lockdown = index === 3 ? 38 : index === 4 ? 55 : 100;
		return BigInt(season * lockdown * random.between(84, 116));
	});
}

function buildCounts(
	indicatorId: string,
	count: { first: number; last: number },
	actEnteredOn: Day,
	random: Random
): Measurement[] {
	const shares = (total: number, quarters: number): Cents[] =>
		allocate(
			cents(total),
			Array.from({ length: quarters }, () => BigInt(random.between(86, 114)))
		);
	const numbers = [...shares(count.first, 10), ...shares(count.last, 2)].map(Number);
	return numbers.map((number, index) => {
		const periodStartsOn = addMonths(FIRST_MONTH, index * 3);
		const periodEndsOn = lastDayOfMonth(addMonths(periodStartsOn, 2));
		const recordedAt = recordedAfter(random, periodEndsOn, actEnteredOn);
		return { indicatorId, periodStartsOn, periodEndsOn, number, recordedAt };
	});
}

/** Two amounts were mistyped; the second was found after the day on which the demonstration opens. */
function withMistakes(movement: Movement, programme: EnteredProgramme): Movement[] {
	if (movement.kind !== 'disbursement') return [movement];
	const { measures } = programme;
	const month = movement.effectiveOn.slice(0, 7);
	if (movement.measureId === measures.get('Mobilité') && month === '2021-03') {
		return mistaken(movement, cents(2_700_000n), day('2021-06-14'));
	}
	if (movement.measureId === measures.get('Accession et travaux') && month === '2022-05') {
		return mistaken(movement, cents(-9_000_000n), day('2022-07-18'));
	}
	return [movement];
}

/** One count was corrected; one is not validated yet on the day on which the demonstration opens. */
function withCorrection(count: Measurement, programme: EnteredProgramme): Measurement[] {
	const { indicators } = programme;
	const { indicatorId, periodEndsOn } = count;
	if (indicatorId === indicators.get('Mobilité : aides') && periodEndsOn === '2021-09-30') {
		const wrong = { ...count, number: count.number + 18, recordedAt: atWork(day('2021-10-25')) };
		return [wrong, { ...count, recordedAt: atWork(day('2021-11-22')), replaces: wrong }];
	}
	if (indicatorId === indicators.get(HOUSEHOLDS.indicator) && periodEndsOn === '2022-06-30') {
		return [{ ...count, provisional: true }];
	}
	return [count];
}
