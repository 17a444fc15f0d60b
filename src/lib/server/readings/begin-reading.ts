import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Proposal } from '#lib/domain/act/desk/proposal.ts';
import { canEnterActs } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { recordChange } from '#lib/server/audit/record-change.ts';
import type { Context } from '#lib/server/context.ts';
import { refusalOf } from '#lib/server/db/constraint.ts';
import { inTransaction, type Transaction } from '#lib/server/db/transaction.ts';
import { readAct, type ReadAct } from '#lib/server/texts/read-act.ts';
import { readActInThread } from '#lib/server/texts/read-in-thread.ts';

/** The text of an act as it was given, and the file that it came in, which is kept already. */
export type GivenAct = {
	text: string;
	source: 'paste' | 'txt' | 'docx' | 'odt' | 'pdf';
	file?: { digest: string; name: string; sizeBytes: number };
};

/**
 * Begins the reading of an act: keeps its text and what the reader proposes, for a person to decide.
 * Answers with its id. Nothing of it is in the books before it is entered.
 */
export async function beginReading(context: Context, given: GivenAct): Promise<string> {
	refuseOthers(context);
	return keepReading(context, given, await readPasted(given.text));
}

/** A long text is read in a thread, so that everybody else is answered meanwhile. */
export const readPasted = (text: string): Promise<ReadAct> =>
	text.length > LONGEST_READ_HERE ? readActInThread({ text }) : readAct({ text });

const LONGEST_READ_HERE = 50_000;

/** Keeps an act that was read. */
export async function keepReading(
	context: Context,
	given: Omit<GivenAct, 'text'>,
	{ text, proposals }: ReadAct
): Promise<string> {
	try {
		return await inTransaction(context, (tx) =>
			writeReading(tx, context, { ...given, text, deliberationId: null, proposals })
		);
	} catch (error) {
		throw refusalOf(error) ?? error;
	}
}

export function refuseOthers({ actor }: Context): void {
	if (canEnterActs(actor)) return;
	throw new Refusal('Seule la direction des finances lit les actes.', { kind: 'forbidden' });
}

type NewReading = GivenAct & { deliberationId: string | null; proposals: readonly Proposal[] };

/** Writes a reading with its proposals, in the transaction of whoever begins it. */
export async function writeReading(
	tx: Transaction,
	{ actor }: Context,
	{ text, source, file, deliberationId, proposals }: NewReading
): Promise<string> {
	const id = randomUUID();
	const textDigest = createHash('sha256').update(text).digest('hex');
	// Awaited by itself: what is of the reading has to come behind it.
	await tx.execute(sql`
		insert into readings (id, deliberation_id, text, text_digest, source, file_digest, file_name,
			file_size_bytes, created_by, updated_by)
		values (${id}, ${deliberationId}, ${text}, ${textDigest}, ${source}, ${file?.digest ?? null},
			${file?.name ?? null}, ${file?.sizeBytes ?? null}, ${actor.id}, ${actor.id})`);
	await Promise.all([
		addProposals(tx, id, proposals),
		recordChange(tx, {
			actorId: actor.id,
			action: 'begin_reading',
			subjectType: 'reading',
			subjectId: id,
			details: {
				source,
				digest: textDigest,
				proposals: proposals.length,
				...(file && { fileName: file.name, sizeBytes: file.sizeBytes })
			}
		})
	]);
	return id;
}

async function addProposals(
	tx: Transaction,
	readingId: string,
	proposals: readonly Proposal[]
): Promise<void> {
	if (proposals.length === 0) return;
	const ids = new Map(proposals.map(({ key }) => [key, randomUUID()]));
	const rows = proposals.map((proposal) => ({
		id: ids.get(proposal.key),
		step: proposal.step,
		role: proposal.role,
		read_start: proposal.span?.start ?? null,
		read_end: proposal.span?.end ?? null,
		read_value: proposal.value,
		confidence: proposal.confidence,
		because: proposal.because,
		promise: proposal.promise,
		section: proposal.section,
		whole_proposal_id: ids.get(proposal.partOf ?? '') ?? null
	}));
	await tx.execute(sql`
		insert into reading_proposals (id, reading_id, step, role, read_start, read_end, read_value,
			confidence, because, promise, section, whole_proposal_id)
		select id, ${readingId}::uuid, step, role, read_start, read_end, read_value, confidence, because,
			nullif(promise, 'null'), section, whole_proposal_id
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (id uuid, step text, role text,
			read_start integer, read_end integer, read_value jsonb, confidence text, because text,
			promise jsonb, section text, whole_proposal_id uuid)`);
}
