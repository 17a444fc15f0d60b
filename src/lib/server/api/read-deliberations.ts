import { Refusal } from '#lib/domain/refusal.ts';
import type { Context } from '#lib/server/context.ts';
import { inTransaction, type Transaction } from '#lib/server/db/transaction.ts';
import {
	findDeliberation,
	listCitations,
	listDecisions,
	listDeliberationPage,
	type DeliberationRow
} from '#lib/server/deliberations/queries.ts';
import { readViewpoint } from '#lib/server/http/viewpoint.ts';
import type { Answer } from './answer.ts';
import { cutPage, readCursor } from './cursor.ts';
import {
	buildDeliberation,
	type Deliberation,
	type DeliberationCollection
} from './deliberation.ts';
import { pageParameters, readParameters, viewpointParameters } from './parameters.ts';
import { dayPlace } from './place.ts';

/** The acts voted by the day, whole, the latest sitting first. */
export async function answerDeliberations(
	context: Context,
	parameters: URLSearchParams
): Promise<Answer<DeliberationCollection>> {
	const { limit, cursor } = readParameters(pageParameters, parameters);
	const after = readCursor('deliberations', dayPlace, cursor);
	return inTransaction(context, async (tx) => {
		const { viewpoint } = await readViewpoint(tx, parameters, context.at);
		const rows = await listDeliberationPage(
			tx,
			viewpoint,
			after && { sittingOn: after[0], slug: after[1] },
			limit + 1
		);
		const { page, nextCursor } = cutPage(rows, limit, 'deliberations', (row) => [
			row.sittingOn,
			row.slug
		]);
		const items = await readWhole(tx, page);
		return { body: { items, next_cursor: nextCursor }, viewpoint };
	});
}

/**
 * One act, by its identifier or its name in an address. It is given whatever the day: its text does not
 * change, and the citations of every figure lead to it.
 */
export async function answerDeliberation(
	context: Context,
	parameters: URLSearchParams,
	key: string
): Promise<Answer<Deliberation>> {
	readParameters(viewpointParameters, parameters);
	return inTransaction(context, async (tx) => {
		const [{ viewpoint }, row] = await Promise.all([
			readViewpoint(tx, parameters, context.at),
			findDeliberation(tx, key)
		]);
		const [body] = row ? await readWhole(tx, [row]) : [];
		if (!body) throw new Refusal('Cette délibération n’existe pas.', { kind: 'not-found' });
		return { body, viewpoint };
	});
}

async function readWhole(
	tx: Transaction,
	rows: readonly DeliberationRow[]
): Promise<Deliberation[]> {
	const ids = rows.map(({ id }) => id);
	const [decisions, citations] = await Promise.all([
		listDecisions(tx, ids),
		listCitations(tx, ids)
	]);
	return rows.map((row) => {
		const isHere = ({ deliberationId }: { deliberationId: string }) => deliberationId === row.id;
		return buildDeliberation(row, decisions.filter(isHere), citations.filter(isHere));
	});
}
