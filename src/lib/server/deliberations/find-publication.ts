import { asc, desc, eq, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import { isIdentifier, isSlug } from '#lib/domain/identifier.ts';
import {
	deliberationPublications,
	deliberations,
	organisations,
	users
} from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

export type PublicationRow = Awaited<ReturnType<typeof listPublications>>[number];

const given = deliberationPublications;

/** Acts with what their publication needs: from their text, else given beside it. */
export function listPublications(tx: Transaction, condition?: SQL) {
	return tx
		.select({
			id: deliberations.id,
			slug: deliberations.slug,
			authorityId: deliberations.authorityId,
			authority: organisations.name,
			siren: organisations.siren,
			siret: organisations.siret,
			/** As the text has it. */
			ownNumber: deliberations.number,
			number: sql<string | null>`coalesce(${deliberations.number}, ${given.number})`,
			sittingOn: deliberations.sittingOn,
			title: deliberations.title,
			matterCode: given.matterCode,
			matterName: given.matterName,
			budgetYear: given.budgetYear,
			budgetName: given.budgetName,
			prefectureId: given.prefectureId,
			prefectureOn: sql<
				typeof deliberations.$inferSelect.receivedOn
			>`coalesce(${given.prefectureOn}, ${deliberations.receivedOn})::text`,
			url: given.url,
			/** When that was last given and by whom; null where it was not. */
			givenAt: sql<string | null>`extract(epoch from ${given.updatedAt})::text`,
			updatedAt: given.updatedAt,
			updatedBy: users.name,
			inOffice: sql<number | null>`coalesce(${deliberations.inOffice}, ${deliberations.members})`,
			present: deliberations.present,
			proxies: deliberations.proxies,
			voting: deliberations.voting,
			votesFor: deliberations.votesFor,
			votesAgainst: deliberations.votesAgainst,
			abstentions: deliberations.abstentions,
			notVoting: deliberations.notVoting,
			notTakingPart: deliberations.notTakingPart,
			voteImplied: deliberations.voteImplied
		})
		.from(deliberations)
		.leftJoin(organisations, eq(organisations.id, deliberations.authorityId))
		.leftJoin(given, eq(given.deliberationId, deliberations.id))
		.leftJoin(users, eq(users.id, given.updatedBy))
		.where(condition)
		.orderBy(desc(deliberations.sittingOn), asc(deliberations.slug));
}

/** The same of one act, by its identifier or its name in an address. */
export async function findPublication(tx: Transaction, key: string) {
	if (!isIdentifier(key) && !isSlug(key)) return undefined;
	const [row] = await listPublications(
		tx,
		isIdentifier(key) ? eq(deliberations.id, key) : eq(deliberations.slug, key)
	);
	return row;
}
