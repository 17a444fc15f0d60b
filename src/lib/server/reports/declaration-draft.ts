import { leftToDeclare, validatedOf, type DeclarationShape } from '#lib/domain/declaration.ts';
import { isIdentifier } from '#lib/domain/identifier.ts';
import { NO_CENTS, type Cents } from '#lib/domain/money.ts';
import { canEditDeclaration } from '#lib/domain/policy.ts';
import { todayOf } from '#lib/domain/today.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Context } from '#lib/server/context.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import {
	findDeclaration,
	findShape,
	listDeclarationEvents,
	listDeclarations,
	listEvidence,
	listTypedCells,
	type DeclarationEvent,
	type DeclarationListed,
	type DeclarationRecord,
	type EvidenceFile,
	type TypedCell
} from '#lib/server/declarations/queries.ts';
import { findBalance } from '#lib/server/ledger/queries.ts';
import { listOrganisations } from '#lib/server/organisations/queries.ts';
import { findSettings } from '#lib/server/settings/queries.ts';

/** What of the envelope is promised, in the ledger already, and left to declare. In cents. */
export type LeftOfEnvelope = { promisedCents: Cents; validatedCents: Cents; leftCents: Cents };

/** A draft as its organisation works on it: what is asked, what was typed, and what stands around it. */
export type DraftPage = {
	declaration: DeclarationRecord;
	/** Whether the person may still change it. */
	editable: boolean;
	shape: DeclarationShape;
	/** What was typed, by field, with who and when. */
	typed: TypedCell[];
	cells: ReadonlyMap<string, string>;
	lastSavedAt: Date | null;
	left: LeftOfEnvelope;
	/** Other declarations of the envelope, the latest period first. */
	past: Pick<DeclarationListed, 'id' | 'periodStartsOn' | 'periodEndsOn' | 'state'>[];
	/** What finance remarked on what was sent last, by row. */
	remarks: { rowKey: string; text: string; by: string | null }[];
	/** Why it was returned or reopened; null where it was not. */
	reason: string | null;
	files: EvidenceFile[];
	/** Landlords that the person may know, to choose from. */
	landlords: string[];
	today: Day;
	at: Date;
};

const PAST = 4;

/** Reads a draft for the person; null where there is no such declaration of their organisation. */
export async function readDraftPage(context: Context, id: string): Promise<DraftPage | null> {
	if (!isIdentifier(id) || context.actor.role !== 'partner') return null;
	return inTransaction(context, async (tx) => {
		const declaration = await findDeclaration(tx, id);
		if (!declaration) return null;
		const { envelopeId, circuit } = declaration;
		const [settings, shape, typed, balance, listed, events, files, organisations] =
			await Promise.all([
				findSettings(tx),
				findShape(tx, declaration),
				listTypedCells(tx, id),
				findBalance(tx, envelopeId),
				listDeclarations(tx, { envelopeId }),
				listDeclarationEvents(tx, id),
				listEvidence(tx, id),
				listOrganisations(tx)
			]);
		const instants = typed.map(({ at }) => at.getTime());
		const totals = balance ?? EMPTY;
		const wasSentBack = declaration.state === 'returned' || declaration.state === 'reopened';
		return {
			declaration,
			editable: canEditDeclaration(context.actor, declaration),
			shape,
			typed,
			cells: new Map(typed.map(({ key, value }) => [key, value])),
			lastSavedAt: instants.length > 0 ? new Date(Math.max(...instants)) : null,
			left: {
				promisedCents: totals.promisedCents,
				validatedCents: validatedOf(circuit, totals),
				leftCents: leftToDeclare(circuit, totals)
			},
			past: listed.filter((other) => other.id !== id).slice(0, PAST),
			remarks: remarksOn(events, declaration.submission),
			reason: wasSentBack ? declaration.reason : null,
			files,
			landlords: organisations.filter(({ kind }) => kind === 'landlord').map(({ name }) => name),
			today: todayOf(settings, context.at),
			at: context.at
		};
	});
}

/** An envelope without any entry. */
const EMPTY = {
	promisedCents: NO_CENTS,
	committedCents: NO_CENTS,
	receivedCents: NO_CENTS,
	disbursedCents: NO_CENTS
};

const remarksOn = (events: readonly DeclarationEvent[], submission: number) =>
	events.flatMap(({ action, rowKey, text, submission: about, actor }) =>
		action === 'remark' && rowKey && text && about === submission
			? [{ rowKey, text, by: actor }]
			: []
	);
