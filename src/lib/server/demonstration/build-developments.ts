import { randomUUID } from 'node:crypto';
import { day, type Day } from '#lib/domain/day.ts';
import { PRODUCTS, type Product, type Stage } from '#lib/domain/dwelling.ts';
import { allocate, cents, type Cents } from '#lib/domain/money.ts';
import type { EnteredProgramme } from '#lib/server/acts/enter-programme.ts';
import { DEVELOPMENTS, type Development } from '#lib/server/demonstration/developments.ts';
import { idOf } from '#lib/server/demonstration/id-of.ts';
import {
	atWork,
	doubled,
	recordedAfter,
	type Measurement,
	type Movement,
	type Movements
} from '#lib/server/demonstration/movement.ts';
import type { Random } from '#lib/server/demonstration/random.ts';
import type { operations } from '#lib/server/db/schema/index.ts';

type Operation = typeof operations.$inferInsert;

const ENVELOPE = 'Nouveaux programmes à loyer modéré et intermédiaire';
const INDICATOR = 'Logements des nouveaux programmes';
/** From January 2022 on, payments and stages are declared, month by month; before, finance recorded them. */
const DECLARED_FROM = day('2022-01-01');

/** What is declared of an operation on a day: a payment, or a stage that its dwellings reached. */
export type DeclaredFact = { operationId: string; on: Day } & (
	{ amountCents: Cents; label: string } | { stage: Stage; dwellings: Record<Product, number> }
);

/** Housing developments over the communes: committed when approved, then paid in two or three times. */
export function buildDevelopments(
	programme: EnteredProgramme,
	landlords: ReadonlyMap<string, string>,
	actEnteredOn: Day,
	random: Random
): Movements & {
	operations: Operation[];
	/** The identifiers of the operations, by name. */
	names: ReadonlyMap<string, string>;
	declared: DeclaredFact[];
} {
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
			name: development.name,
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
			...buildPayments(development, line, recorded),
			measurements: listStages(development)
				.filter((stage) => !isDeclared(development, stage.on))
				.flatMap((stage) => buildStage(development, stage, place, recorded)),
			stages: listStages(development)
				.filter((stage) => isDeclared(development, stage.on))
				.map((stage) => ({ ...stage, operationId, dwellings: development.dwellings }))
		};
	});
	return {
		operations: built.map(({ operation }) => operation),
		names: new Map(built.map(({ name, operation }) => [name, operation.id])),
		movements: built.flatMap(({ movements }) => movements),
		measurements: built.flatMap(({ measurements }) => measurements),
		declared: built.flatMap(({ payments, stages }) => [...payments, ...stages])
	};
}

/** An operation that finance has not confirmed is not declared yet. */
const isDeclared = ({ support }: Development, on: Day): boolean =>
	support !== null && on >= DECLARED_FROM;

type Recorded = (on: Day) => Date;

const ORDINALS = ['Premier versement', 'Deuxième versement', 'Troisième versement'];

function buildPayments(
	development: Development,
	line: Pick<Movement, 'envelopeId' | 'counterpartyId'> & { operationId: string },
	recorded: Recorded
): { movements: Movement[]; payments: DeclaredFact[] } {
	const { name, support, stages } = development;
	if (!support || !stages.approved) return { movements: [], payments: [] };
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
	const paid = Object.keys(support.payments).map((text, index) => {
		const isBalance = unpaid === 0n && index === percents.length - 1;
		const label = `${isBalance ? 'Solde' : ORDINALS[index]} (fictif)`;
		return { on: day(text), amountCents: shares[index] ?? cents(0n), label };
	});
	const recordedPayments = paid
		.filter(({ on }) => !isDeclared(development, on))
		.map(({ on, ...payment }): Movement => ({
			...line,
			...payment,
			kind: 'disbursement',
			effectiveOn: on,
			recordedAt: recorded(on)
		}));
	return {
		movements: [commitment, ...recordedPayments.flatMap((payment) => withDouble(name, payment))],
		payments: paid
			.filter(({ on }) => isDeclared(development, on))
			.map((payment) => ({ ...payment, operationId: line.operationId }))
	};
}

/** One payment was recorded twice. */
function withDouble(name: string, payment: Movement): Movement[] {
	if (name !== 'Le Jardin des Simples' || payment.effectiveOn !== '2021-09-21') return [payment];
	return doubled(payment, atWork(day('2021-11-03'), 95), day('2021-12-02'));
}

const listStages = ({ stages }: Development): { stage: Stage; on: Day }[] =>
	Object.entries(stages).map(([stage, text]) => ({ stage: stage as Stage, on: day(text) }));

/** The dwellings that reach a stage on a day, by product. Stages are never added together. */
function buildStage(
	{ dwellings, support }: Development,
	{ stage, on }: { stage: Stage; on: Day },
	place: Pick<Measurement, 'indicatorId' | 'operationId' | 'communeCode' | 'districtId'>,
	recorded: Recorded
): Measurement[] {
	const recordedAt = recorded(on);
	return PRODUCTS.filter((product) => dwellings[product] > 0).map((product) => ({
		...place,
		periodStartsOn: on,
		periodEndsOn: on,
		number: dwellings[product],
		product,
		stage,
		provisional: support === null,
		recordedAt
	}));
}

function confirmationOf({ support, stages }: Development, recorded: Recorded): Date | null {
	return support && stages.programmed ? recorded(day(stages.programmed)) : null;
}
