import { randomUUID } from 'node:crypto';
import { asc, eq, like } from 'drizzle-orm';
import { slugOfAct } from '#lib/domain/act/act-slug.ts';
import { countNames } from '#lib/domain/act/attendance.ts';
import { isKept, spanNow, valueNow } from '#lib/domain/act/desk/desk.ts';
import { findAuthority } from '#lib/domain/act/plan/known-authority.ts';
import type { KeptHead } from '#lib/domain/act/desk/kept-head.ts';
import { freeSlug } from '#lib/domain/act/plan/suggest-label.ts';
import type { CitedAct, DeliberationHead } from '#lib/server/acts/act.ts';
import { insertRows } from '#lib/server/db/insert-rows.ts';
import { citations, deliberations, organisations } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';
import type { FoundAct, FoundReading } from '#lib/server/readings/find-act-under-review.ts';

/** The head of the act as its row will hold it, or the act that is in the books with what is cited of it. */
export async function findHead(
	tx: Transaction,
	{ reading, review, proposals }: FoundAct,
	parties: Readonly<Record<string, string>>
): Promise<DeliberationHead | CitedAct> {
	const { head } = review;
	if (!head) return findCitedAct(tx, reading);
	const { authority, sittingOn, title } = head;
	if (!authority || !sittingOn || !title)
		throw new Error('an act has an authority, a day and a title');
	return {
		...head,
		slug: await findFreeSlug(tx, slugOfAct(sittingOn, title)),
		authorityId: await findOrEnterAuthority(tx, authority, { review, parties }),
		sittingOn,
		title,
		text: reading.text,
		textDigest: reading.textDigest,
		fileDigest: reading.fileDigest,
		fileName: reading.fileName,
		namesCounted: countListed(reading.text, head, proposals)
	};
}

async function findCitedAct(
	tx: Transaction,
	{ deliberationId, actSittingOn }: FoundReading
): Promise<CitedAct> {
	if (!deliberationId || !actSittingOn) throw new Error('a reading without a head is of an act');
	return {
		id: deliberationId,
		sittingOn: actSittingOn,
		citations: await tx
			.select({
				id: citations.id,
				startOffset: citations.startOffset,
				endOffset: citations.endOffset,
				kind: citations.kind
			})
			.from(citations)
			.where(eq(citations.deliberationId, deliberationId))
			.orderBy(asc(citations.startOffset))
	};
}

/** The day and the title make the address; a second act of the same title gets a number. */
async function findFreeSlug(tx: Transaction, slug: string): Promise<string> {
	const taken = await tx
		.select({ slug: deliberations.slug })
		.from(deliberations)
		.where(like(deliberations.slug, `${slug}%`));
	return freeSlug(
		slug,
		taken.map((act) => act.slug)
	);
}

/** The authority that is known, or one that the act makes known under the name that was kept. */
async function findOrEnterAuthority(
	tx: Transaction,
	words: string,
	{ review, parties }: Pick<FoundAct, 'review'> & { parties: Readonly<Record<string, string>> }
): Promise<string> {
	const planned = (review.plan?.newParties ?? []).map(({ key, name, kind }) => ({
		id: parties[key] ?? '',
		name,
		kind
	}));
	const known = findAuthority(words, [...review.books.organisations, ...planned]);
	if (known) return known.id;
	const id = randomUUID();
	await insertRows(tx, organisations, [{ id, name: words, kind: 'authority' }]);
	return id;
}

/** How many names the act lists as present: counted where its list can be, else as it was counted at the desk. */
function countListed(text: string, { present }: KeptHead, proposals: FoundAct['proposals']) {
	const counted = countNames(text).present;
	if (counted !== null) return counted;
	const isCounted = proposals.some(
		(one) =>
			isKept(one) && one.role === 'present' && !spanNow(one) && valueNow(one).type === 'count'
	);
	return isCounted ? present : null;
}
