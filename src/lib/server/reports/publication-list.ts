import {
	buildScdlLine,
	findScdlProblems,
	type ScdlColumn,
	type ScdlProblem
} from '#lib/domain/scdl-deliberation.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Context } from '#lib/server/context.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import {
	findPublication,
	listPublications,
	type PublicationRow
} from '#lib/server/deliberations/find-publication.ts';

/** An act, with why it cannot be published; nothing where it can. */
export type PublishableAct = {
	slug: string;
	title: string;
	sittingOn: Day;
	problems: ScdlProblem[];
};

/** Every act, the latest sitting first, with what is missing. */
export function readPublicationList(context: Context): Promise<PublishableAct[]> {
	return inTransaction(context, async (tx) =>
		(await listPublications(tx)).map((act) => ({
			slug: act.slug,
			title: act.title,
			sittingOn: act.sittingOn,
			problems: findScdlProblems(act)
		}))
	);
}

/** The lines of the acts that have what they need. */
export function readScdlLines(context: Context): Promise<Record<ScdlColumn, string>[]> {
	return inTransaction(context, async (tx) =>
		(await listPublications(tx))
			.filter((act) => findScdlProblems(act).length === 0)
			.map((act) => buildScdlLine(act))
	);
}

/** One act, with what is given beside it; null where there is none. */
export function readPublicationPage(
	context: Context,
	key: string
): Promise<{ act: PublicationRow; problems: ScdlProblem[] } | null> {
	return inTransaction(context, async (tx) => {
		const act = await findPublication(tx, key);
		return act ? { act, problems: findScdlProblems(act) } : null;
	});
}
