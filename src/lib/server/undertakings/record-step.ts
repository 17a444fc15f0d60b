import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { formatDay, type Day } from '#lib/domain/day.ts';
import type { EvidenceKind } from '#lib/domain/evidence.ts';
import { isIdentifier } from '#lib/domain/identifier.ts';
import {
	canAnswerProposal,
	canDecideUndertaking,
	canReportUndertaking
} from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { todayOf } from '#lib/domain/today.ts';
import { typeset } from '#lib/domain/typography.ts';
import type { UndertakingAction, UndertakingStep } from '#lib/domain/undertaking.ts';
import { recordChange } from '#lib/server/audit/record-change.ts';
import type { Context } from '#lib/server/context.ts';
import { refusalOf } from '#lib/server/db/constraint.ts';
import { undertakingFiles } from '#lib/server/db/schema/index.ts';
import { inTransaction, type Transaction } from '#lib/server/db/transaction.ts';
import { findSettings } from '#lib/server/settings/queries.ts';
import {
	findUndertaking,
	listUndertakingEvents,
	listUndertakingFiles,
	type UndertakingEventRow,
	type UndertakingFileRow
} from '#lib/server/undertakings/queries.ts';

/** A file that was received and is kept under its digest. */
export type GivenEvidence = {
	digest: string;
	name: string;
	mediaType: EvidenceKind;
	sizeBytes: number;
};

type Undertaking = NonNullable<Awaited<ReturnType<typeof findUndertaking>>>;

/**
 * Adds to the log of an undertaking, with its evidence, in one transaction. Partners note facts and
 * propose how it stands; finance confirms or refuses, decides itself, says who keeps it and when it is
 * looked at again. The same step sent twice in a row is one. Answers with the id of the event.
 */
export async function recordStep(
	context: Context,
	undertakingId: string,
	step: UndertakingStep,
	files: readonly GivenEvidence[] = []
): Promise<string> {
	try {
		return await inTransaction(context, async (tx) => {
			if (!isIdentifier(undertakingId)) throw unknownUndertaking();
			// The same form sent twice at once takes turns: the second finds what the first wrote.
			await tx.execute(
				sql`select pg_advisory_xact_lock(hashtext('tenu.undertaking'), hashtext(${undertakingId}))`
			);
			const [undertaking, settings, events, known] = await Promise.all([
				findUndertaking(tx, undertakingId),
				findSettings(tx),
				listUndertakingEvents(tx, undertakingId),
				listUndertakingFiles(tx, undertakingId)
			]);
			if (!undertaking) throw unknownUndertaking();
			const row = rowOf(context, undertaking, events, step);
			refuseLaterThan(todayOf(settings, context.at), row.occurredOn);
			const same = events.at(-1);
			if (same && isSame(same, context.actor.id, row) && hasSameFiles(same, known, files)) {
				return same.id;
			}
			return write(tx, context, undertaking, row, files);
		});
	} catch (error) {
		throw refusalOf(error) ?? error;
	}
}

/** Whether somebody may report on an undertaking at all: asked before files are received. */
export async function checkReportable(context: Context, undertakingId: string): Promise<void> {
	const undertaking = await inTransaction(context, (tx) => findUndertaking(tx, undertakingId));
	if (!undertaking) throw unknownUndertaking();
	if (!canReportUndertaking(context.actor, undertaking)) throw notItsKeeper();
}

/** What one may not see is not there. */
export const unknownUndertaking = (): Refusal =>
	new Refusal('Cet engagement n’existe pas.', { kind: 'not-found' });

type NewEvent = { action: UndertakingAction } & Partial<
	Pick<
		UndertakingEventRow,
		'occurredOn' | 'status' | 'text' | 'ownerId' | 'reviewOn' | 'proposalId'
	>
>;

function rowOf(
	{ actor }: Context,
	undertaking: Undertaking,
	events: readonly UndertakingEventRow[],
	step: UndertakingStep
): NewEvent {
	switch (step.action) {
		case 'note':
		case 'propose':
			if (
				!canReportUndertaking(actor, undertaking) ||
				(step.action === 'propose' && actor.role !== 'partner')
			) {
				throw notItsKeeper();
			}
			return step;
		case 'confirm':
		case 'refuse': {
			const proposal = events.find(({ id }) => id === step.proposalId);
			if (proposal?.action !== 'propose') {
				throw new Refusal('Cette proposition n’existe pas.', { kind: 'not-found' });
			}
			if (!canAnswerProposal(actor, proposal)) {
				throw forbidden(
					'Une proposition est confirmée par les finances, jamais par qui l’a faite.'
				);
			}
			if (events.some(({ proposalId }) => proposalId === proposal.id)) {
				throw new Refusal(
					typeset('Cette proposition a déjà reçu sa réponse : rechargez la page.'),
					{
						kind: 'conflict'
					}
				);
			}
			return { ...step, status: proposal.status, occurredOn: proposal.occurredOn };
		}
		default:
			if (!canDecideUndertaking(actor)) {
				throw forbidden('Les finances seules le disent.');
			}
			return step;
	}
}

function refuseLaterThan(today: Day, occurredOn: Day | null | undefined): void {
	if (!occurredOn || occurredOn <= today) return;
	throw new Refusal(
		typeset(
			`Un fait ne peut pas être daté après aujourd’hui, ${formatDay(today)} : corrigez la date.`
		),
		{ field: 'occurredOn' }
	);
}

async function write(
	tx: Transaction,
	{ actor }: Context,
	undertaking: Undertaking,
	row: NewEvent,
	files: readonly GivenEvidence[]
): Promise<string> {
	const id = randomUUID();
	// Only the columns that a request may write are named; the database says the rest.
	await tx.execute(sql`insert into undertaking_events
		(id, undertaking_id, actor_id, action, occurred_on, status, text, owner_id, review_on, proposal_id)
		values (${id}, ${undertaking.id}, ${actor.id}, ${row.action}, ${row.occurredOn ?? null},
			${row.status ?? null}, ${row.text ?? null}, ${row.ownerId ?? null}, ${row.reviewOn ?? null},
			${row.proposalId ?? null})`);
	if (files.length > 0) {
		await tx.insert(undertakingFiles).values(files.map((file) => ({ ...file, eventId: id })));
	}
	await recordChange(tx, {
		actorId: actor.id,
		action: 'report_undertaking',
		subjectType: 'undertaking',
		subjectId: undertaking.id,
		details: {
			action: row.action,
			...(row.status ? { status: row.status } : {}),
			...(files.length > 0 ? { files: files.length } : {})
		}
	});
	return id;
}

const isSame = (event: UndertakingEventRow, actorId: string, row: NewEvent): boolean =>
	event.actorId === actorId &&
	event.action === row.action &&
	event.status === (row.status ?? null) &&
	event.occurredOn === (row.occurredOn ?? null) &&
	event.text === (row.text ?? null) &&
	event.ownerId === (row.ownerId ?? null) &&
	event.reviewOn === (row.reviewOn ?? null) &&
	event.proposalId === (row.proposalId ?? null);

/** Whether an event came with these contents and no others. */
function hasSameFiles(
	{ id }: UndertakingEventRow,
	known: readonly UndertakingFileRow[],
	given: readonly GivenEvidence[]
): boolean {
	const own = known.filter(({ eventId }) => eventId === id).map(({ digest }) => digest);
	const digests = given.map(({ digest }) => digest);
	return own.sort().join() === digests.sort().join();
}

const notItsKeeper = (): Refusal =>
	forbidden('Seuls l’organisme qui porte cet engagement et les finances peuvent le renseigner.');

const forbidden = (message: string): Refusal => new Refusal(message, { kind: 'forbidden' });
