import { eq } from 'drizzle-orm';
import type { DeskProposal } from '#lib/domain/act/desk/desk.ts';
import { readKeptHead } from '#lib/domain/act/desk/kept-head.ts';
import { listKeptPassages } from '#lib/domain/act/desk/kept-passages.ts';
import type { ActUnderReview } from '#lib/domain/act/plan/review/problem.ts';
import type { ActPlan } from '#lib/domain/act/plan/plan.ts';
import { dayInParis } from '#lib/domain/day.ts';
import { isIdentifier } from '#lib/domain/identifier.ts';
import { deliberations, readings, users } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';
import { listPostedPassages } from '#lib/server/readings/list-posted-passages.ts';
import { listProposals } from '#lib/server/readings/list-proposals.ts';
import { readTouchedBooks } from '#lib/server/readings/read-touched-books.ts';

export type FoundReading = NonNullable<Awaited<ReturnType<typeof findReading>>>;

export type FoundAct = {
	reading: FoundReading;
	proposals: DeskProposal[];
	review: ActUnderReview;
};

/**
 * A reading with all that is to be entered of it: what was kept, the plan, and what is in the books
 * already. To enter it, the reading is locked first, then what its plan changes.
 */
export async function findActUnderReview(
	tx: Transaction,
	readingId: string,
	options: { at: Date; lock?: boolean }
): Promise<FoundAct | null> {
	const reading = isIdentifier(readingId)
		? await findReading(tx, readingId, options.lock ?? false)
		: undefined;
	if (!reading) return null;
	const plan = planOf(reading.plan);
	const [proposals, books] = await Promise.all([
		listProposals(tx, readingId),
		readTouchedBooks(tx, plan, { lock: options.lock === true && reading.state === 'open' })
	]);
	const posted = reading.deliberationId ? await listPostedPassages(tx, reading.deliberationId) : [];
	const passages = listKeptPassages(reading.text, proposals);
	const isThere = reading.deliberationId !== null && reading.actSittingOn !== null;
	const head = readKeptHead(proposals);
	return {
		reading,
		proposals,
		review: {
			head: isThere ? null : head,
			sittingOn: isThere ? reading.actSittingOn : head.sittingOn,
			title: isThere ? reading.actTitle : head.title,
			today: dayInParis(options.at),
			plan,
			passages: new Map(passages.map((passage) => [passage.key, passage])),
			books: { ...books, posted }
		}
	};
}

/** A plan as it was kept; the marks of the pages that made it are not part of it. */
const planOf = (plan: ActPlan | null): ActPlan | null =>
	plan && { newParties: plan.newParties, programme: plan.programme };

async function findReading(tx: Transaction, readingId: string, lock: boolean) {
	const query = tx
		.select({
			id: readings.id,
			state: readings.state,
			text: readings.text,
			textDigest: readings.textDigest,
			fileDigest: readings.fileDigest,
			fileName: readings.fileName,
			plan: readings.plan,
			revision: readings.revision,
			updatedAt: readings.updatedAt,
			updatedBy: users.name,
			deliberationId: readings.deliberationId,
			actSlug: deliberations.slug,
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
