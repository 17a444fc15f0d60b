import { addDays, day, type Day } from '#lib/domain/day.ts';
import { allocate, cents } from '#lib/domain/money.ts';
import type { EnteredProgramme } from '#lib/server/acts/enter-programme.ts';
import { idOf } from '#lib/server/demonstration/id-of.ts';
import {
	atWork,
	mistaken,
	nextWorkingDay,
	OPENS_ON,
	recordedAfter,
	type Movement
} from '#lib/server/demonstration/movement.ts';
import {
	OPERATOR_AGREEMENTS,
	OPERATOR_YEARS,
	RECEIPT_CENTS,
	RECEIPTS,
	type OperatorAgreement
} from '#lib/server/demonstration/operators.ts';
import type { Random } from '#lib/server/demonstration/random.ts';

const ENVELOPE = 'Logement d’abord';

/** The State's money as it comes in, and what the métropole commits and pays to its operators with it. */
export function buildOperators(
	programme: EnteredProgramme,
	state: string,
	operators: ReadonlyMap<string, string>,
	actEnteredOn: Day,
	random: Random
): Movement[] {
	const envelopeId = idOf(programme.envelopes, ENVELOPE);
	const recorded = (on: Day): Date => recordedAfter(random, on, actEnteredOn);
	const receipts = RECEIPTS.map(({ label, on }): Movement => ({
		envelopeId,
		counterpartyId: state,
		kind: 'receipt',
		amountCents: cents(RECEIPT_CENTS),
		effectiveOn: day(on),
		recordedAt: recorded(day(on)),
		label: `${label} (fictif)`
	}));
	const payments = OPERATOR_AGREEMENTS.flatMap((agreement) => {
		const line = {
			envelopeId,
			measureId: idOf(programme.measures, agreement.measure),
			counterpartyId: idOf(operators, agreement.operator)
		};
		return OPERATOR_YEARS.flatMap((year) =>
			buildYear(agreement, year, line, random.between(0, 9), recorded)
		);
	});
	return [...receipts, ...payments.flatMap((payment) => withMistake(payment, programme))];
}

/** One amount was mistyped, and found after the day on which the demonstration opens. */
function withMistake(movement: Movement, programme: EnteredProgramme): Movement[] {
	const isMistaken =
		movement.kind === 'disbursement' &&
		movement.measureId === programme.measures.get('Plateforme logement pour le parc privé') &&
		movement.effectiveOn.startsWith('2022-06');
	if (!isMistaken) return [movement];
	const wrong = {
		...movement,
		recordedAt: atWork(nextWorkingDay(addDays(movement.effectiveOn, 12)))
	};
	return mistaken(wrong, cents(900_000n), day('2022-07-18'));
}

function buildYear(
	agreement: OperatorAgreement,
	{ year, signedOn, payments }: (typeof OPERATOR_YEARS)[number],
	line: Pick<Movement, 'envelopeId' | 'measureId' | 'counterpartyId'>,
	daysLater: number,
	recorded: (on: Day) => Date
): Movement[] {
	const totalCents = cents(agreement.cents[year]);
	const percents = payments.map(({ percent }) => percent);
	const unpaid = percents.reduce((left: bigint, percent) => left - percent, 100n);
	const shares = allocate(totalCents, [...percents, unpaid]);
	const signed = nextWorkingDay(addDays(day(signedOn), daysLater));
	const commitment: Movement = {
		...line,
		kind: 'commitment',
		amountCents: totalCents,
		effectiveOn: signed,
		recordedAt: recorded(signed),
		label: `Convention ${year} avec l’opérateur (fictif)`
	};
	const planned = payments.map(({ label, on }, index): Movement => {
		const effectiveOn = nextWorkingDay(addDays(day(on), daysLater));
		return {
			...line,
			kind: 'disbursement',
			amountCents: shares[index] ?? cents(0n),
			effectiveOn,
			recordedAt: recorded(effectiveOn),
			label: `${label} (fictif)`
		};
	});
	return [commitment, ...planned.filter(({ effectiveOn }) => effectiveOn <= OPENS_ON)];
}
