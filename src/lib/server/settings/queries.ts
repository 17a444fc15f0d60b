import type { Thresholds } from '#lib/domain/assessment.ts';
import type { Day } from '#lib/domain/day.ts';
import { settings } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

/** What the authority chose. Unknown is null, never an invented value. */
export type Settings = {
	authorityName: string | null;
	authoritySiren: string | null;
	publicationDirector: string | null;
	hostName: string | null;
	contactEmail: string | null;
	demonstration: boolean;
	/** The day pages open on when the address names none; null is today. */
	opensOn: Day | null;
	thresholds: Thresholds;
};

/** The row of settings, which migrations make: there is always one. */
export async function findSettings(tx: Transaction): Promise<Settings> {
	const [row] = await tx.select().from(settings);
	if (!row) throw new Error('The row of settings is missing: migrations put it there.');
	const { behindPoints, aheadPoints, endingNoticeDays, ...rest } = row;
	return {
		authorityName: rest.authorityName,
		authoritySiren: rest.authoritySiren,
		publicationDirector: rest.publicationDirector,
		hostName: rest.hostName,
		contactEmail: rest.contactEmail,
		demonstration: rest.demonstration,
		opensOn: rest.opensOn,
		thresholds: { behindPoints, aheadPoints, endingNoticeDays }
	};
}
