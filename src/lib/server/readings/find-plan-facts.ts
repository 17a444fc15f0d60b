import { asc, eq, sql } from 'drizzle-orm';
import { isToDecide } from '#lib/domain/act/desk/desk.ts';
import { readKeptHead } from '#lib/domain/act/desk/kept-head.ts';
import { listKeptPassages } from '#lib/domain/act/desk/kept-passages.ts';
import type { KnownThings } from '#lib/domain/act/plan/plan-known.ts';
import type { ActHead } from '#lib/domain/act/plan/plan-passage.ts';
import type { SavedPlan } from '#lib/domain/act/plan/plan-steps.ts';
import { cents, sumCents } from '#lib/domain/money.ts';
import {
	agreements,
	communes,
	deliberations,
	envelopes,
	programmes,
	readings,
	users
} from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';
import { listOrganisations } from '#lib/server/organisations/queries.ts';
import { listProposals } from '#lib/server/readings/list-proposals.ts';

/** All that a plan is made of: the act, the passages that were kept, and what is in the application already. */
export type PlanFacts = NonNullable<Awaited<ReturnType<typeof findPlanFacts>>>;

export async function findPlanFacts(
	tx: Transaction,
	readingId: string,
	options: { lock?: boolean } = {}
) {
	const reading = await findReading(tx, readingId, options.lock ?? false);
	if (!reading) return null;
	const [proposals, known] = await Promise.all([listProposals(tx, readingId), findKnownThings(tx)]);
	const { text, plan, actSittingOn, actTitle, ...rest } = reading;
	const kept = readKeptHead(proposals);
	const head: ActHead = {
		text,
		sittingOn: kept.sittingOn ?? actSittingOn,
		title: kept.title ?? actTitle
	};
	const passages = listKeptPassages(text, proposals);
	const undecided = proposals.filter(isToDecide).length;
	return { reading: rest, head, passages, known, plan: plan as SavedPlan | null, undecided };
}

async function findReading(tx: Transaction, readingId: string, lock: boolean) {
	const query = tx
		.select({
			id: readings.id,
			state: readings.state,
			text: readings.text,
			plan: readings.plan,
			revision: readings.revision,
			updatedAt: readings.updatedAt,
			updatedBy: users.name,
			deliberationId: readings.deliberationId,
			actSittingOn: deliberations.sittingOn,
			actTitle: deliberations.title
		})
		.from(readings)
		.leftJoin(users, eq(users.id, readings.updatedBy))
		.leftJoin(deliberations, eq(deliberations.id, readings.deliberationId))
		.where(eq(readings.id, readingId));
	const [row] = await (lock ? query.for('update', { of: readings }) : query);
	return row;
}

async function findKnownThings(tx: Transaction): Promise<KnownThings> {
	const [organisations, programmeRows, agreementRows, envelopeRows, years, communeRows] =
		await Promise.all([
			listOrganisations(tx),
			tx
				.select({
					id: programmes.id,
					slug: programmes.slug,
					name: programmes.name,
					startsOn: programmes.startsOn,
					endsOn: programmes.endsOn
				})
				.from(programmes)
				.orderBy(asc(programmes.startsOn), asc(programmes.name)),
			tx
				.select({
					id: agreements.id,
					programmeId: agreements.programmeId,
					title: agreements.title,
					rank: agreements.rank,
					effectiveOn: agreements.effectiveOn
				})
				.from(agreements)
				.orderBy(asc(agreements.rank), asc(agreements.effectiveOn)),
			tx
				.select({
					id: envelopes.id,
					programmeId: envelopes.programmeId,
					label: envelopes.label,
					circuit: envelopes.circuit,
					startsOn: envelopes.startsOn,
					endsOn: envelopes.endsOn
				})
				.from(envelopes)
				.orderBy(asc(envelopes.position)),
			listPromisedYears(tx),
			tx.select().from(communes).orderBy(asc(communes.name))
		]);
	return {
		organisations,
		communes: communeRows,
		programmes: programmeRows.map((programme) => ({
			...programme,
			agreements: agreementRows
				.filter(({ programmeId }) => programmeId === programme.id)
				.map(({ id, title, rank, effectiveOn }) => ({
					id,
					title,
					isRoot: rank === 0,
					effectiveOn
				})),
			envelopes: envelopeRows
				.filter(({ programmeId }) => programmeId === programme.id)
				.map(({ programmeId: _, ...envelope }) => {
					const own = years.filter(({ envelopeId }) => envelopeId === envelope.id);
					return {
						...envelope,
						promisedCents: sumCents(own.map(({ promisedCents }) => promisedCents)),
						years: own.map(({ fiscalYear, promisedCents }) => ({ fiscalYear, promisedCents }))
					};
				})
		}))
	};
}

/** What was promised so far, by envelope and fiscal year. */
async function listPromisedYears(tx: Transaction) {
	const { rows } = await tx.execute<{ envelope_id: string; fiscal_year: number; amount: string }>(
		sql`select envelope_id, fiscal_year, sum(amount_cents)::text as amount from entries
			where kind = 'allocation' group by envelope_id, fiscal_year
			order by envelope_id, fiscal_year`
	);
	return rows.map(({ envelope_id, fiscal_year, amount }) => ({
		envelopeId: envelope_id,
		fiscalYear: fiscal_year,
		promisedCents: cents(amount)
	}));
}
