import { COMPARED_LETTERS, signatureOf } from '#lib/domain/act/likeness.ts';
import type { Context } from '#lib/server/context.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { findDeliberation } from '#lib/server/deliberations/queries.ts';
import { findAlike, type KnownAct } from '#lib/server/readings/find-alike.ts';
import {
	findOpenCiting,
	findReading,
	listOpenReadings,
	type ReadingSummary
} from '#lib/server/readings/queries.ts';

/** The page on which an act is given: the readings under way, and what is asked about one that was just given. */
export type GivingPage = {
	open: ReadingSummary[];
	/** Null where nothing is asked. */
	given: { id: string; title: string | null; beginning: string; alike: KnownAct[] } | null;
};

/** With the reading that was just given, where there is one and it is still open. */
export async function readGivingPage(
	context: Context,
	readingId: string | null
): Promise<GivingPage> {
	const [open, reading] = await inTransaction(context, (tx) =>
		Promise.all([listOpenReadings(tx), readingId ? findReading(tx, readingId) : undefined])
	);
	if (reading?.state !== 'open') return { open, given: null };
	const { id, title, beginning, text } = reading;
	const alike = await findAlike(context, signatureOf(text.slice(0, COMPARED_LETTERS)), id);
	return { open, given: { id, title, beginning, alike } };
}

/** An act that may be opened again, and the reading that has already. */
export function readCitingPage(context: Context, key: string) {
	return inTransaction(context, async (tx) => {
		const act = await findDeliberation(tx, key);
		if (!act) return null;
		const { slug, title, sittingOn, citationCount } = act;
		const open = await findOpenCiting(tx, act.id);
		return { slug, title, sittingOn, citationCount, openReadingId: open?.id ?? null };
	});
}
