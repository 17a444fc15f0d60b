import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { listKeptDecisions } from '#lib/domain/act/desk/kept-passages.ts';
import { planProblems } from '#lib/domain/act/plan/review/plan-problems.ts';
import type { ActPlan } from '#lib/domain/act/plan/plan.ts';
import { isIdentifier } from '#lib/domain/identifier.ts';
import { formatInstant } from '#lib/domain/instant.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';
import { enterAct } from '#lib/server/acts/enter-act.ts';
import type { EnteredDeliberation } from '#lib/server/acts/act.ts';
import type { Context } from '#lib/server/context.ts';
import { insertRows } from '#lib/server/db/insert-rows.ts';
import { findFirstAnswer, runOnce, type Receipt } from '#lib/server/db/run-once.ts';
import { organisations, readings } from '#lib/server/db/schema/index.ts';
import { inTransaction, type Transaction } from '#lib/server/db/transaction.ts';
import { postEntries } from '#lib/server/ledger/post-entries.ts';
import { refuseOthers } from '#lib/server/readings/begin-reading.ts';
import {
	findActUnderReview,
	type FoundAct,
	type FoundReading
} from '#lib/server/readings/find-act-under-review.ts';
import { findEnteredAct, type EnteredReading } from '#lib/server/readings/find-entered-act.ts';
import { findHead } from '#lib/server/readings/find-head.ts';

/** What a person saw and said on the last page. */
export type Entering = {
	/** The key of the form: sent again, it answers what was entered the first time. */
	key: string;
	/** The state of the reading that the page showed. */
	revision: number;
	/** The names of what had to be confirmed, and was. */
	confirmed?: readonly string[];
};

/**
 * Finance enters an act that was read: the act, what is cited of it, and all that becomes of it, in
 * one transaction, or nothing. What was read and refused, or not decided, is not entered. An act that
 * is in the books already never changes; what is cited of it is added to.
 */
export async function enterReading(
	context: Context,
	readingId: string,
	entering: Entering
): Promise<EnteredReading> {
	refuseOthers(context);
	if (!isIdentifier(entering.key))
		throw new Refusal('Ce formulaire est incomplet : rechargez la page.');
	const receipt = { key: entering.key, command: 'enter_act' };
	await runOnce<readonly (bigint | string)[]>(context, receipt, () =>
		inTransaction(context, (tx) => enter(tx, context, receipt, readingId, entering))
	);
	return inTransaction(context, (tx) => findEnteredAct(tx, readingId, context.at));
}

async function enter(
	tx: Transaction,
	{ actor, at }: Context,
	receipt: Receipt,
	readingId: string,
	entering: Entering
): Promise<readonly (bigint | string)[]> {
	// Acts are entered one after the other: whoever comes second is asked about what is so then.
	await tx.execute(sql`select pg_advisory_xact_lock(hashtext('tenu.enter_act'), 0)`);
	const found = await findActUnderReview(tx, readingId, { at, lock: true });
	if (!found) throw new Refusal('Cette lecture n’existe pas.', { kind: 'not-found' });
	// Whoever sent the same form twice is answered, not refused for what it did the first time.
	const first = await findFirstAnswer(tx, receipt);
	if (first !== undefined) return first as string[];
	refuseOvertaken(found.reading, entering.revision);
	refuseProblems(found, entering.confirmed ?? []);

	const { reading, proposals, review } = found;
	const plan = review.plan as ActPlan;
	const parties = await enterParties(tx, plan);
	const { deliberation, programme } = await enterAct(
		tx,
		{
			head: await findHead(tx, found, parties),
			decisions: listKeptDecisions(reading.text, proposals),
			passages: [...review.passages.values()],
			plan,
			books: review.books
		},
		{ by: actor.id, parties, shownAt: () => at }
	);
	await tieReading(tx, actor.id, reading, deliberation);
	const ids = await postEntries(tx, actor, programme?.entries ?? [], receipt, {
		type: 'deliberation',
		id: deliberation.id,
		details: countEntered(plan, found, deliberation)
	});
	await closeReading(tx, actor.id, reading.id);
	return ids;
}

function refuseOvertaken(
	{ state, updatedBy, updatedAt, ...reading }: FoundReading,
	revision: number
): void {
	const who = updatedBy ?? 'Quelqu’un';
	const when = formatInstant(updatedAt);
	const refuse = (message: string) => new Refusal(typeset(message), { kind: 'conflict' });
	if (state === 'entered')
		throw refuse(`${who} a déjà entré cet acte, le ${when} : rien n’a été ajouté.`);
	if (state === 'set_aside') throw refuse(`${who} a mis cette lecture de côté, le ${when}.`);
	if (reading.revision !== revision) {
		throw refuse(
			`${who} a changé cette lecture le ${when}, depuis que cette page est ouverte. Relisez ce qui sera créé, puis entrez l’acte.`
		);
	}
}

/** The same questions as the last page asked, on what is so now. */
function refuseProblems({ review }: FoundAct, confirmed: readonly string[]): void {
	const owed = planProblems(review).find(
		({ level, name }) => level === 'block' || (level === 'confirm' && !confirmed.includes(name))
	);
	if (!owed) return;
	const asks = owed.level === 'confirm' ? ' Confirmez-le, ou changez-le.' : '';
	throw new Refusal(owed.message + asks, { field: owed.name });
}

/** Organisations that the act makes known, by the keys of the plan. */
async function enterParties(
	tx: Transaction,
	{ newParties }: ActPlan
): Promise<Record<string, string>> {
	const rows = newParties.map((party) => ({ id: randomUUID() as string, ...party }));
	await insertRows(
		tx,
		organisations,
		rows.map(({ id, name, kind, siren }) => ({ id, name, kind, siren }))
	);
	return Object.fromEntries(rows.map(({ key, id }) => [key, id]));
}

/** The reading names its act, and what was proposed names the citation that it became. */
async function tieReading(
	tx: Transaction,
	actorId: string,
	{ id, deliberationId }: FoundReading,
	deliberation: EnteredDeliberation
): Promise<void> {
	if (deliberationId === null) {
		await tx
			.update(readings)
			.set({ deliberationId: deliberation.id, updatedBy: actorId })
			.where(eq(readings.id, id));
	}
	const cited = [...deliberation.citationIds].map(([key, citationId]) => ({
		id: key,
		citation_id: citationId
	}));
	await tx.execute(sql`
		update reading_proposals p set citation_id = cited.citation_id
		from jsonb_to_recordset(${JSON.stringify(cited)}::jsonb) as cited (id uuid, citation_id uuid)
		where p.id = cited.id and p.reading_id = ${id}`);
}

async function closeReading(tx: Transaction, actorId: string, id: string): Promise<void> {
	await tx
		.update(readings)
		.set({
			state: 'entered',
			revision: sql`${readings.revision} + 1`,
			updatedBy: actorId,
			updatedAt: sql`now()`
		})
		.where(eq(readings.id, id));
}

/** What the journal keeps of it: how much of each thing. */
function countEntered(
	{ newParties, programme }: ActPlan,
	{ reading }: FoundAct,
	deliberation: EnteredDeliberation
): Record<string, string | number> {
	return {
		reading: reading.id,
		citations: new Set(deliberation.citationIds.values()).size,
		organisations: newParties.length,
		agreements: programme?.agreements.length ?? 0,
		envelopes: programme?.envelopes.length ?? 0,
		indicators: programme?.indicators.length ?? 0,
		undertakings: programme?.undertakings.length ?? 0,
		districts: programme?.districts.length ?? 0
	};
}
