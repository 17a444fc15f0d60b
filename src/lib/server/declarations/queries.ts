import { and, asc, desc, eq, isNull, lt, ne, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Day } from '#lib/domain/day.ts';
import type { DeclarationShape } from '#lib/domain/declaration.ts';
import type { Cells } from '#lib/domain/declaration-cell.ts';
import { buildDeclarationRows, operationCounts } from '#lib/domain/declaration-rows.ts';
import { listPeriods, type Period } from '#lib/domain/period.ts';
import {
	communes,
	declarationCells,
	declarationCounts,
	declarationDuties,
	declarationEvents,
	declarationFiles,
	declarationLines,
	declarations,
	envelopes,
	indicators,
	measures,
	operations,
	organisations,
	programmes,
	users
} from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

export type DeclarationRecord = NonNullable<Awaited<ReturnType<typeof findDeclaration>>>;
export type DeclarationListed = Awaited<ReturnType<typeof listDeclarations>>[number];
export type SentLine = Awaited<ReturnType<typeof listSentLines>>[number];
export type SentCount = Awaited<ReturnType<typeof listSentCounts>>[number];
export type DeclarationEvent = Awaited<ReturnType<typeof listDeclarationEvents>>[number];
export type TypedCell = Awaited<ReturnType<typeof listTypedCells>>[number];
export type EvidenceFile = Awaited<ReturnType<typeof listEvidence>>[number];

const submitter = alias(users, 'submitter');
const decider = alias(users, 'decider');

/**
 * Everybody who began, typed, attached to or sent a declaration: they never decide on it. Its columns
 * are written out, since a query of one table would leave out whose they are.
 */
const DECLARANTS = sql<string[]>`array(
	select e.actor_id from declaration_events e
	where e.declaration_id = declarations.id
		and e.action in ('create', 'submit', 'withdraw', 'attach', 'detach', 'import')
	union select declarations.created_by
	union select declarations.submitted_by where declarations.submitted_by is not null
)`;

const RECORD = {
	id: declarations.id,
	number: declarations.number,
	envelopeId: declarations.envelopeId,
	envelope: envelopes.label,
	circuit: envelopes.circuit,
	programmeSlug: programmes.slug,
	programme: programmes.name,
	organisationId: declarations.organisationId,
	organisation: organisations.name,
	periodStartsOn: declarations.periodStartsOn,
	periodEndsOn: declarations.periodEndsOn,
	state: declarations.state,
	submission: declarations.submission,
	nothingToDeclare: declarations.nothingToDeclare,
	comment: declarations.comment,
	overrunReason: declarations.overrunReason,
	digest: declarations.digest,
	createdAt: declarations.createdAt,
	submittedAt: declarations.submittedAt,
	submittedBy: submitter.name,
	decidedAt: declarations.decidedAt,
	decidedBy: decider.name,
	decidedById: declarations.decidedBy,
	reason: declarations.reason,
	fictitious: declarations.fictitious
};

/** A declaration that the person may see; undefined where there is none. */
export async function findDeclaration(tx: Transaction, id: string) {
	const [declaration] = await tx
		.select({ ...RECORD, declarants: DECLARANTS })
		.from(declarations)
		.innerJoin(envelopes, eq(envelopes.id, declarations.envelopeId))
		.innerJoin(programmes, eq(programmes.id, envelopes.programmeId))
		.innerJoin(organisations, eq(organisations.id, declarations.organisationId))
		.leftJoin(submitter, eq(submitter.id, declarations.submittedBy))
		.leftJoin(decider, eq(decider.id, declarations.decidedBy))
		.where(eq(declarations.id, id));
	return declaration;
}

/** Takes turns: whoever changes a declaration, or what is typed in it, holds its row first. Undefined where it is not theirs. */
export async function lockDeclaration(tx: Transaction, id: string) {
	const [declaration] = await tx
		.select({
			id: declarations.id,
			number: declarations.number,
			envelopeId: declarations.envelopeId,
			organisationId: declarations.organisationId,
			periodStartsOn: declarations.periodStartsOn,
			periodEndsOn: declarations.periodEndsOn,
			state: declarations.state,
			submission: declarations.submission,
			overrunReason: declarations.overrunReason,
			nothingToDeclare: declarations.nothingToDeclare,
			fictitious: declarations.fictitious,
			declarants: DECLARANTS
		})
		.from(declarations)
		.where(eq(declarations.id, id))
		.for('update');
	return declaration;
}

/** The declarations that the person may see, the latest period first; of one envelope where asked. */
export function listDeclarations(tx: Transaction, scope: { envelopeId?: string } = {}) {
	return tx
		.select({
			...RECORD,
			/** Of what was sent last; null where nothing was. */
			amountCents: sql<string | null>`(
				select sum(l.amount_cents)::text from declaration_lines l
				where l.declaration_id = ${declarations.id} and l.submission = ${declarations.submission}
			)`
		})
		.from(declarations)
		.innerJoin(envelopes, eq(envelopes.id, declarations.envelopeId))
		.innerJoin(programmes, eq(programmes.id, envelopes.programmeId))
		.innerJoin(organisations, eq(organisations.id, declarations.organisationId))
		.leftJoin(submitter, eq(submitter.id, declarations.submittedBy))
		.leftJoin(decider, eq(decider.id, declarations.decidedBy))
		.where(scope.envelopeId ? eq(declarations.envelopeId, scope.envelopeId) : undefined)
		.orderBy(desc(declarations.periodEndsOn), asc(envelopes.label), asc(declarations.id));
}

/** Who declares how often, for each envelope that has a duty. */
export function listDuties(tx: Transaction, scope: { envelopeId?: string } = {}) {
	return tx
		.select({
			envelopeId: envelopes.id,
			envelope: envelopes.label,
			circuit: envelopes.circuit,
			partnerId: envelopes.partnerId,
			startsOn: envelopes.startsOn,
			endsOn: envelopes.endsOn,
			programmeSlug: programmes.slug,
			programme: programmes.name,
			duty: {
				frequency: declarationDuties.frequency,
				dueDays: declarationDuties.dueDays,
				startsOn: declarationDuties.startsOn
			},
			byOperation: declarationDuties.byOperation
		})
		.from(declarationDuties)
		.innerJoin(envelopes, eq(envelopes.id, declarationDuties.envelopeId))
		.innerJoin(programmes, eq(programmes.id, envelopes.programmeId))
		.where(scope.envelopeId ? eq(envelopes.id, scope.envelopeId) : undefined)
		.orderBy(asc(programmes.startsOn), asc(programmes.name), asc(envelopes.position));
}

/**
 * The periods of an envelope that were begun, drafts included, of which finance learns the days alone.
 * Nobody begins another until the transaction ends.
 */
export async function listBegunPeriods(tx: Transaction, envelopeId: string): Promise<Period[]> {
	const { rows } = await tx.execute<Period>(sql`
		select starts_on::text as "startsOn", ends_on::text as "endsOn"
		from days_begun(${envelopeId}::uuid)`);
	return rows;
}

/** What a declaration asks for, row by row: see `buildDeclarationRows`. */
export async function findShape(
	tx: Transaction,
	declaration: { envelopeId: string; periodStartsOn: Day; periodEndsOn: Day }
): Promise<DeclarationShape> {
	const { envelopeId } = declaration;
	const [[duty], [envelope], measureRows, operationRows, indicatorRows, communeRows] =
		await Promise.all([
			listDuties(tx, { envelopeId }),
			tx.select().from(envelopes).where(eq(envelopes.id, envelopeId)),
			tx
				.select({
					id: measures.id,
					parentId: measures.parentId,
					label: measures.label,
					instrument: measures.instrument
				})
				.from(measures)
				.where(eq(measures.envelopeId, envelopeId))
				.orderBy(asc(measures.position)),
			tx
				.select({ id: operations.id, name: operations.name, communeCode: operations.communeCode })
				.from(operations)
				.where(eq(operations.envelopeId, envelopeId))
				.orderBy(asc(operations.name)),
			tx
				.select({
					id: indicators.id,
					measureId: indicators.measureId,
					label: indicators.label,
					unit: indicators.unit
				})
				.from(indicators)
				.where(eq(indicators.envelopeId, envelopeId))
				.orderBy(asc(indicators.position)),
			tx.select().from(communes).orderBy(asc(communes.name))
		]);
	if (!envelope) throw new Error('a declaration has its envelope');
	const byOperation = duty?.byOperation ?? false;
	const earlier = listPeriods(envelope, {
		frequency: duty?.duty.frequency ?? 'quarter',
		startsOn: envelope.startsOn
	}).filter(({ endsOn }) => endsOn < declaration.periodStartsOn);
	return {
		envelopeId,
		envelopeLabel: envelope.label,
		circuit: envelope.circuit,
		periodStartsOn: declaration.periodStartsOn,
		periodEndsOn: declaration.periodEndsOn,
		byOperation,
		rows: buildDeclarationRows({
			label: envelope.label,
			circuit: envelope.circuit,
			byOperation,
			measures: measureRows,
			operations: operationRows,
			indicators: indicatorRows
		}),
		newOperationCounts: byOperation ? operationCounts(indicatorRows) : [],
		earlierPeriods: earlier.reverse(),
		communes: communeRows
	};
}

/** What is being typed, field by field; only the declaring organisation reads it. */
export async function listCells(
	tx: Transaction,
	declarationId: string
): Promise<{ cells: Cells; lastSavedAt: Date | null }> {
	const rows = await tx
		.select({
			key: declarationCells.key,
			value: declarationCells.value,
			updatedAt: declarationCells.updatedAt
		})
		.from(declarationCells)
		.where(eq(declarationCells.declarationId, declarationId))
		.orderBy(asc(declarationCells.key));
	const latest = rows.map(({ updatedAt }) => updatedAt.getTime());
	return {
		cells: new Map(rows.map(({ key, value }) => [key, value])),
		lastSavedAt: latest.length === 0 ? null : new Date(Math.max(...latest))
	};
}

/** The number of the last submission, for a question that is asked together with others. */
export const lastSubmission = (declarationId: string): SQL<number> =>
	sql`(select d.submission from declarations d where d.id = ${declarationId})`;

/** What is being typed, with who typed it last and when. An emptied field stays, empty. */
export function listTypedCells(tx: Transaction, declarationId: string) {
	return tx
		.select({
			key: declarationCells.key,
			value: declarationCells.value,
			byId: declarationCells.updatedBy,
			by: users.name,
			at: declarationCells.updatedAt
		})
		.from(declarationCells)
		.innerJoin(users, eq(users.id, declarationCells.updatedBy))
		.where(eq(declarationCells.declarationId, declarationId))
		.orderBy(asc(declarationCells.key));
}

/** The declaration of a period, which the person may see. */
export async function findByPeriod(
	tx: Transaction,
	envelopeId: string,
	periodStartsOn: Day
): Promise<string | undefined> {
	const [declaration] = await tx
		.select({ id: declarations.id })
		.from(declarations)
		.where(
			and(eq(declarations.envelopeId, envelopeId), eq(declarations.periodStartsOn, periodStartsOn))
		);
	return declaration?.id;
}

/** Its envelope, likewise. */
export const envelopeOf = (declarationId: string): SQL<string> =>
	sql`(select d.envelope_id from declarations d where d.id = ${declarationId})`;

/** The lines of one submission, in their order. */
export function listSentLines(
	tx: Transaction,
	declarationId: string,
	submission: number | SQL<number>
) {
	return tx
		.select({
			id: declarationLines.id,
			position: declarationLines.position,
			rowKey: declarationLines.rowKey,
			measureId: declarationLines.measureId,
			measure: measures.label,
			operationId: declarationLines.operationId,
			operation: operations.name,
			landlordId: operations.landlordId,
			operationCommune: operations.communeCode,
			newOperationName: declarationLines.newOperationName,
			newOperationLandlord: declarationLines.newOperationLandlord,
			newOperationCommune: declarationLines.newOperationCommune,
			amountCents: declarationLines.amountCents,
			comment: declarationLines.comment,
			correctsFrom: declarationLines.correctsFrom,
			correctsTo: declarationLines.correctsTo
		})
		.from(declarationLines)
		.leftJoin(measures, eq(measures.id, declarationLines.measureId))
		.leftJoin(operations, eq(operations.id, declarationLines.operationId))
		.where(
			and(
				eq(declarationLines.declarationId, declarationId),
				eq(declarationLines.submission, submission)
			)
		)
		.orderBy(asc(declarationLines.position));
}

/** The counts of one submission, in the order of their lines and indicators. */
export function listSentCounts(
	tx: Transaction,
	declarationId: string,
	submission: number | SQL<number>
) {
	return tx
		.select({
			id: declarationCounts.id,
			lineId: declarationCounts.lineId,
			rowKey: declarationLines.rowKey,
			indicatorId: declarationCounts.indicatorId,
			indicator: indicators.label,
			unit: indicators.unit,
			product: declarationCounts.product,
			stage: declarationCounts.stage,
			communeCode: declarationCounts.communeCode,
			number: declarationCounts.number
		})
		.from(declarationCounts)
		.innerJoin(declarationLines, eq(declarationLines.id, declarationCounts.lineId))
		.innerJoin(indicators, eq(indicators.id, declarationCounts.indicatorId))
		.where(
			and(
				eq(declarationLines.declarationId, declarationId),
				eq(declarationLines.submission, submission)
			)
		)
		.orderBy(
			asc(declarationLines.position),
			asc(indicators.position),
			asc(declarationCounts.stage),
			asc(declarationCounts.product),
			asc(declarationCounts.communeCode)
		);
}

/** What happened to a declaration and what was said about it, the first to the last. */
export function listDeclarationEvents(tx: Transaction, declarationId: string) {
	return tx
		.select({
			id: declarationEvents.id,
			at: declarationEvents.at,
			actorId: declarationEvents.actorId,
			actor: users.name,
			actorRole: users.role,
			action: declarationEvents.action,
			submission: declarationEvents.submission,
			rowKey: declarationEvents.rowKey,
			text: declarationEvents.text,
			details: declarationEvents.details
		})
		.from(declarationEvents)
		.leftJoin(users, eq(users.id, declarationEvents.actorId))
		.where(eq(declarationEvents.declarationId, declarationId))
		.orderBy(asc(declarationEvents.id));
}

/** Whether these very words are what this person said last: a form that was sent twice. */
export async function isLastEvent(
	tx: Transaction,
	event: { declarationId: string; actorId: string; action: string; rowKey?: string; text: string }
): Promise<boolean> {
	const [last] = await tx
		.select()
		.from(declarationEvents)
		.where(eq(declarationEvents.declarationId, event.declarationId))
		.orderBy(desc(declarationEvents.id))
		.limit(1);
	return (
		last?.actorId === event.actorId &&
		last.action === event.action &&
		last.rowKey === (event.rowKey ?? null) &&
		last.text === event.text
	);
}

/** The evidence of a declaration that was not removed, in the order in which it came. */
export function listEvidence(tx: Transaction, declarationId: string) {
	return tx
		.select({
			id: declarationFiles.id,
			rowKey: declarationFiles.rowKey,
			digest: declarationFiles.digest,
			name: declarationFiles.name,
			mediaType: declarationFiles.mediaType,
			sizeBytes: declarationFiles.sizeBytes,
			uploadedAt: declarationFiles.uploadedAt,
			uploadedBy: users.name
		})
		.from(declarationFiles)
		.leftJoin(users, eq(users.id, declarationFiles.uploadedBy))
		.where(
			and(eq(declarationFiles.declarationId, declarationId), isNull(declarationFiles.removedAt))
		)
		.orderBy(asc(declarationFiles.uploadedAt), asc(declarationFiles.id));
}

/** Earlier declarations of the same envelope that were accepted, the latest first. */
export function listAcceptedBefore(
	tx: Transaction,
	declaration: { id: string; envelopeId: string; periodStartsOn: Day },
	limit: number
) {
	return tx
		.select({
			id: declarations.id,
			submission: declarations.submission,
			periodStartsOn: declarations.periodStartsOn,
			periodEndsOn: declarations.periodEndsOn
		})
		.from(declarations)
		.where(
			and(
				eq(declarations.envelopeId, declaration.envelopeId),
				eq(declarations.state, 'accepted'),
				ne(declarations.id, declaration.id),
				lt(declarations.periodStartsOn, declaration.periodStartsOn)
			)
		)
		.orderBy(desc(declarations.periodStartsOn))
		.limit(limit);
}
