import { randomUUID } from 'node:crypto';
import { citedAs, type CitedAs } from '#lib/domain/act/desk/cited-proposal.ts';
import type { PlanPassage } from '#lib/domain/act/plan/plan-passage.ts';
import type { PassageKey } from '#lib/domain/act/plan/plan.ts';
import type { CitedAct, EnteredDeliberation } from '#lib/server/acts/act.ts';
import { insertRows } from '#lib/server/db/insert-rows.ts';
import { citations } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

type Cited = { passage: PlanPassage; as: CitedAs; citationId: string; isThere: boolean };

/**
 * Cites passages of an act. The same words are cited once for each kind of value, also those that
 * somebody cited before; words in which several values of a kind were read are cited as words.
 * All in one statement: a part may so stand in the text before the whole that it names.
 */
export async function enterCitations(
	tx: Transaction,
	act: CitedAct,
	passages: readonly PlanPassage[]
): Promise<Pick<EnteredDeliberation, 'citationIds' | 'cite'>> {
	const cited = listCited(act, passages);
	const citationIds = new Map([...cited].map(([key, { citationId }]) => [key, citationId]));
	const fresh = [...Map.groupBy(cited.values(), ({ citationId }) => citationId).values()]
		.map(([first]) => first)
		.filter((one) => one !== undefined)
		.filter(({ isThere }) => !isThere);
	await insertRows(
		tx,
		citations,
		fresh.map(({ passage, as, citationId }) => ({
			id: citationId,
			deliberationId: act.id,
			startOffset: passage.start,
			endOffset: passage.end,
			quote: passage.quote,
			section: passage.section,
			...as,
			wholeCitationId: wholeOf(cited, passage, citationId)
		}))
	);
	return {
		citationIds,
		cite: (key) => {
			const one = cited.get(key);
			if (!one) throw new Error(`the act has no passage named ${key}`);
			return { ...one.passage, citationId: one.citationId };
		}
	};
}

function listCited(act: CitedAct, passages: readonly PlanPassage[]): Map<PassageKey, Cited> {
	const known = new Map(
		act.citations.map((one) => [placeOf(one.startOffset, one.endOffset, one.kind), one.id])
	);
	const before = new Set(known.values());
	const written = passages.flatMap((passage) => {
		const as = citedAs(passage.value);
		return as ? [{ passage, as }] : [];
	});
	const several = Map.groupBy(written, ({ passage, as }) =>
		placeOf(passage.start, passage.end, as.kind)
	);
	return new Map(
		written.map(({ passage, as }) => {
			const place = placeOf(passage.start, passage.end, as.kind);
			const isAmbiguous = new Set(several.get(place)?.map((one) => valueOf(one.as))).size > 1;
			const settled = isAmbiguous ? { ...NO_VALUE, kind: 'words' as const } : as;
			const spot = placeOf(passage.start, passage.end, settled.kind);
			const citationId = known.get(spot) ?? randomUUID();
			known.set(spot, citationId);
			return [passage.key, { passage, as: settled, citationId, isThere: before.has(citationId) }];
		})
	);
}

/** Only figures have parts that make them up; a list under a heading has none. */
function wholeOf(
	cited: ReadonlyMap<PassageKey, Cited>,
	passage: PlanPassage,
	citationId: string
): string | null {
	const whole = cited.get(passage.partOf ?? '');
	if (!whole || whole.as.kind === 'words' || cited.get(passage.key)?.as.kind === 'words')
		return null;
	return whole.citationId === citationId ? null : whole.citationId;
}

const placeOf = (start: number, end: number, kind: string): string => `${start}-${end} ${kind}`;

const valueOf = ({ amountCents, number, day }: CitedAs): string =>
	`${amountCents} ${number} ${day}`;

const NO_VALUE = {
	amountCents: null,
	precisionCents: null,
	number: null,
	precision: null,
	day: null
};
