import { randomUUID } from 'node:crypto';
import { day, type Day } from '#lib/domain/day.ts';
import { allocate, cents } from '#lib/domain/money.ts';
import type { EnteredProgramme } from '#lib/server/acts/enter-programme.ts';
import { DEVELOPMENTS, type Development } from '#lib/server/demonstration/developments.ts';
import { idOf } from '#lib/server/demonstration/id-of.ts';
import {
	atWork,
	doubled,
	recordedAfter,
	type Measurement,
	type Movement,
	type Movements,
	type Product,
	type Stage
} from '#lib/server/demonstration/movement.ts';
import type { Random } from '#lib/server/demonstration/random.ts';
import type { operations } from '#lib/server/db/schema/index.ts';

type Operation = typeof operations.$inferInsert;

const ENVELOPE = 'Nouveaux programmes à loyer modéré et intermédiaire';
const INDICATOR = 'Logements des nouveaux programmes';
const PRODUCTS: readonly Product[] = ['PLAI', 'PLUS', 'PLS', 'LI'];

/** Housing developments over the communes: committed when approved, then paid in two or three times. */
export function buildDevelopments(
	programme: EnteredProgramme,
	landlords: ReadonlyMap<string, string>,
	actEnteredOn: Day,
	random: Random
): Movements & { operations: Operation[] } {
	const envelopeId = idOf(programme.envelopes, ENVELOPE);
	const built = DEVELOPMENTS.map((development) => {
		const operationId = randomUUID();
		const landlordId = idOf(landlords, development.landlord);
		const districtId = development.district
			? idOf(programme.districts, development.district)
			: undefined;
		const recorded = (on: Day): Date => recordedAfter(random, on, actEnteredOn);
		const line = { envelopeId, operationId, counterpartyId: landlordId };
		const place = {
			indicatorId: idOf(programme.indicators, INDICATOR),
			operationId,
			communeCode: development.communeCode,
			...(districtId === undefined ? {} : { districtId })
		};
		return {
			operation: {
				id: operationId,
				envelopeId,
				name: `${development.name} (fictif)`,
				landlordId,
				communeCode: development.communeCode,
				districtId: districtId ?? null,
				confirmedAt: confirmationOf(development, recorded),
				fictitious: true
			},
			movements: buildPayments(development, line, recorded),
			measurements: buildStages(development, place, recorded)
		};
	});
	return {
		operations: built.map(({ operation }) => operation),
		movements: built.flatMap(({ movements }) => movements),
		measurements: built.flatMap(({ measurements }) => measurements)
	};
}

type Recorded = (on: Day) => Date;

const ORDINALS = ['Premier versement', 'Deuxième versement', 'Troisième versement'];

function buildPayments(
	{ name, support, stages }: Development,
	line: Pick<Movement, 'envelopeId' | 'operationId' | 'counterpartyId'>,
	recorded: Recorded
): Movement[] {
	if (!support || !stages.approved) return [];
	const approvedOn = day(stages.approved);
	const totalCents = cents(support.cents);
	const percents = Object.values(support.payments);
	const unpaid = percents.reduce((left, percent) => left - percent, 100n);
	const shares = allocate(totalCents, [...percents, unpaid]);
	const commitment: Movement = {
		...line,
		kind: 'commitment',
		amountCents: totalCents,
		effectiveOn: approvedOn,
		recordedAt: recorded(approvedOn),
		label: 'Engagement à l’agrément (fictif)'
	};
	const payments = Object.keys(support.payments).map((text, index): Movement => {
		const paidOn = day(text);
		const isBalance = unpaid === 0n && index === percents.length - 1;
		return {
			...line,
			kind: 'disbursement',
			amountCents: shares[index] ?? cents(0n),
			effectiveOn: paidOn,
			recordedAt: recorded(paidOn),
			label: `${isBalance ? 'Solde' : ORDINALS[index]} (fictif)`
		};
	});
	return [commitment, ...payments.flatMap((payment) => withDouble(name, payment))];
}

/** One payment was recorded twice. */
function withDouble(name: string, payment: Movement): Movement[] {
	if (name !== 'Le Jardin des Simples' || payment.effectiveOn !== '2021-09-21') return [payment];
	return doubled(payment, atWork(day('2021-11-03'), 95), day('2021-12-02'));
}

/** The dwellings that reach a stage on a day, by product. Stages are never added together. */
function buildStages(
	{ dwellings, stages, support }: Development,
	place: Pick<Measurement, 'indicatorId' | 'operationId' | 'communeCode' | 'districtId'>,
	recorded: Recorded
): Measurement[] {
	return Object.entries(stages).flatMap(([stage, text]) => {
		const reachedOn = day(text);
		const recordedAt = recorded(reachedOn);
		return PRODUCTS.filter((product) => dwellings[product] > 0).map((product) => ({
			...place,
			periodStartsOn: reachedOn,
			periodEndsOn: reachedOn,
			number: dwellings[product],
			product,
			stage: stage as Stage,
			provisional: support === null,
			recordedAt
		}));
	});
}

function confirmationOf({ support, stages }: Development, recorded: Recorded): Date | null {
	return support && stages.programmed ? recorded(day(stages.programmed)) : null;
}
