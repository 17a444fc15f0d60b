import { asc, eq, inArray, or, sql } from 'drizzle-orm';
import type { ActPlan, AgreementReference, PlannedProgramme } from '#lib/domain/act/plan/plan.ts';
import {
	UNTOUCHED_BOOKS,
	type TouchedBooks,
	type TouchedEnvelope,
	type TouchedProgramme
} from '#lib/domain/act/plan/touched-books.ts';
import type { Day } from '#lib/domain/day.ts';
import { cents, NO_CENTS, sumCents } from '#lib/domain/money.ts';
import {
	agreements,
	communes,
	districts,
	envelopeBalances,
	envelopes,
	indicators,
	instalments,
	organisations,
	programmeDistricts,
	programmes
} from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';
import { listClosedYears } from '#lib/server/ledger/queries.ts';
import { listOrganisations } from '#lib/server/organisations/queries.ts';

/**
 * What is in the books already of all that a plan touches. To enter it, what it changes is locked
 * first, the programme before its envelopes, so that two acts take turns and no entry slips between
 * what was read and what is posted.
 */
export async function readTouchedBooks(
	tx: Transaction,
	plan: ActPlan | null,
	{ lock = false }: { lock?: boolean } = {}
): Promise<TouchedBooks> {
	const planned = plan?.programme ?? null;
	if (lock && planned) await lockTouched(tx, planned);
	const programmeId = planned?.of.kind === 'existing' ? planned.of.programmeId : null;
	const [organisationRows, communeRows, closedYears, programmeRows, programme, named, known] =
		await Promise.all([
			listOrganisations(tx),
			tx.select().from(communes).orderBy(asc(communes.name)),
			listClosedYears(tx),
			tx
				.select({ id: programmes.id, slug: programmes.slug, name: programmes.name })
				.from(programmes)
				.orderBy(asc(programmes.slug)),
			programmeId === null ? null : findTouchedProgramme(tx, programmeId),
			planned ? listTouchedAgreements(tx, planned) : [],
			planned ? listTouchedDistricts(tx, planned, programmeId) : []
		]);
	return {
		...UNTOUCHED_BOOKS,
		organisations: organisationRows,
		communes: communeRows,
		closedYears,
		programmes: programmeRows,
		programme,
		agreements: named,
		districts: known
	};
}

async function lockTouched(tx: Transaction, planned: PlannedProgramme): Promise<void> {
	if (planned.of.kind !== 'existing') return;
	const { programmeId } = planned.of;
	await tx.execute(sql`select from programmes where id = ${programmeId} for update`);
	await tx.execute(
		sql`select from envelopes where programme_id = ${programmeId} order by id for update`
	);
}

async function findTouchedProgramme(
	tx: Transaction,
	programmeId: string
): Promise<TouchedProgramme | null> {
	const last = (table: string) =>
		sql<number>`coalesce((select max(position) from ${sql.identifier(table)} where programme_id = programmes.id), 0)`.mapWith(
			Number
		);
	const [[row], envelopeRows, indicatorRows] = await Promise.all([
		tx
			.select({
				id: programmes.id,
				slug: programmes.slug,
				name: programmes.name,
				startsOn: programmes.startsOn,
				endsOn: programmes.endsOn,
				horizonEndsOn: programmes.horizonEndsOn,
				lastEnvelope: last('envelopes'),
				lastIndicator: last('indicators'),
				lastUndertaking: last('undertakings')
			})
			.from(programmes)
			.where(eq(programmes.id, programmeId)),
		listTouchedEnvelopes(tx, programmeId),
		tx
			.select({ id: indicators.id, label: indicators.label, unit: indicators.unit })
			.from(indicators)
			.where(eq(indicators.programmeId, programmeId))
			.orderBy(asc(indicators.position))
	]);
	return row ? { ...row, envelopes: envelopeRows, indicators: indicatorRows } : null;
}

async function listTouchedEnvelopes(
	tx: Transaction,
	programmeId: string
): Promise<TouchedEnvelope[]> {
	const ofProgramme = sql`(select id from envelopes where programme_id = ${programmeId})`;
	const [rows, allocations, due] = await Promise.all([
		tx
			.select({
				id: envelopes.id,
				label: envelopes.label,
				funder: organisations.name,
				funderId: envelopes.funderId,
				circuit: envelopes.circuit,
				strength: envelopes.strength,
				startsOn: envelopes.startsOn,
				endsOn: envelopes.endsOn,
				disbursedCents: envelopeBalances.disbursedCents,
				lastMeasure:
					sql<number>`coalesce((select max(m.position) from measures m where m.envelope_id = envelopes.id), 0)`.mapWith(
						Number
					)
			})
			.from(envelopes)
			.innerJoin(organisations, eq(organisations.id, envelopes.funderId))
			.leftJoin(envelopeBalances, eq(envelopeBalances.envelopeId, envelopes.id))
			.where(eq(envelopes.programmeId, programmeId))
			.orderBy(asc(envelopes.position)),
		tx.execute<{ envelope_id: string; fiscal_year: number; effective_on: Day; amount: string }>(sql`
			select envelope_id, fiscal_year, effective_on::text as effective_on,
				sum(amount_cents)::text as amount
			from entries where kind = 'allocation' and envelope_id in ${ofProgramme}
			group by 1, 2, 3 order by 1, 2, 3`),
		tx
			.select({
				envelopeId: instalments.envelopeId,
				agreementId: instalments.agreementId,
				agreedOn: agreements.effectiveOn,
				rank: agreements.rank,
				dueOn: instalments.dueOn,
				amountCents: instalments.amountCents
			})
			.from(instalments)
			.innerJoin(agreements, eq(agreements.id, instalments.agreementId))
			.where(sql`${instalments.envelopeId} in ${ofProgramme}`)
			.orderBy(asc(instalments.dueOn), asc(agreements.effectiveOn))
	]);
	return rows.map((row) => {
		const own = allocations.rows
			.filter(({ envelope_id: id }) => id === row.id)
			.map(({ fiscal_year: fiscalYear, effective_on: effectiveOn, amount }) => ({
				fiscalYear,
				effectiveOn,
				amountCents: cents(amount)
			}));
		return {
			...row,
			disbursedCents: row.disbursedCents ?? NO_CENTS,
			allocations: own,
			promisedCents: sumCents(own.map(({ amountCents }) => amountCents)),
			instalments: due
				.filter(({ envelopeId }) => envelopeId === row.id)
				.map(({ envelopeId: _, ...instalment }) => instalment)
		};
	});
}

/** Those that the plan amends, and those that its envelopes come from. */
async function listTouchedAgreements(
	tx: Transaction,
	{ agreements: planned, envelopes: changed }: PlannedProgramme
): Promise<TouchedBooks['agreements']> {
	const references = [
		...planned.map(({ amends }) => amends),
		...changed.map(({ agreement }) => agreement)
	];
	const ids = references.flatMap((reference) => idOf(reference) ?? []);
	if (ids.length === 0) return [];
	return tx
		.select({
			id: agreements.id,
			programmeId: agreements.programmeId,
			title: agreements.title,
			rank: agreements.rank,
			effectiveOn: agreements.effectiveOn,
			lastRank:
				sql<number>`coalesce((select max(a.rank) from agreements a where a.root_agreement_id = agreements.id), 0)`.mapWith(
					Number
				)
		})
		.from(agreements)
		.where(inArray(agreements.id, ids));
}

const idOf = (reference: AgreementReference | null): string | null =>
	reference && 'agreementId' in reference ? reference.agreementId : null;

async function listTouchedDistricts(
	tx: Transaction,
	{ districts: named }: PlannedProgramme,
	programmeId: string | null
): Promise<TouchedBooks['districts']> {
	if (named.length === 0) return [];
	const rows = await tx
		.select({
			id: districts.id,
			name: districts.name,
			communeCode: districts.communeCode,
			programmeId: programmeDistricts.programmeId
		})
		.from(districts)
		.leftJoin(
			programmeDistricts,
			sql`${programmeDistricts.districtId} = ${districts.id} and ${programmeDistricts.programmeId} = ${programmeId}`
		)
		.where(or(...named.map(({ communeCode }) => eq(districts.communeCode, communeCode))))
		.orderBy(asc(districts.name));
	return rows.map(({ programmeId: of, ...district }) => ({ ...district, isNamed: of !== null }));
}
