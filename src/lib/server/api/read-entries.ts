import { isIdentifier } from '#lib/domain/identifier.ts';
import type { LedgerQuery } from '#lib/domain/ledger-query.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Context } from '#lib/server/context.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { listEnvelopes } from '#lib/server/envelopes/queries.ts';
import { readViewpoint } from '#lib/server/http/viewpoint.ts';
import { listEntries } from '#lib/server/ledger/queries.ts';
import type { Answer } from './answer.ts';
import { cutPage, readCursor } from './cursor.ts';
import { buildEntry, type EntryCollection } from './entry.ts';
import { pageParameters, readParameters } from './parameters.ts';
import { entryPlace } from './place.ts';

/** Everything, in the order of recording: what is added while a program reads comes at the end. */
const IN_ORDER_OF_RECORDING: LedgerQuery = {
	kind: null,
	measureId: null,
	year: null,
	operationId: null,
	counterpartyId: null,
	from: null,
	to: null,
	text: null,
	reversals: null,
	declaration: null,
	sort: 'saisie',
	direction: 'asc',
	after: null
};

/** The ledger of an envelope that the person may see. */
export async function answerEntries(
	context: Context,
	parameters: URLSearchParams,
	envelopeId: string
): Promise<Answer<EntryCollection>> {
	const { limit, cursor } = readParameters(pageParameters, parameters);
	const list = `entries of ${envelopeId.toLowerCase()}`;
	const place = readCursor(list, entryPlace, cursor);
	return inTransaction(context, async (tx) => {
		const { viewpoint } = await readViewpoint(tx, parameters, context.at);
		const [[envelope], rows] = await Promise.all(
			isIdentifier(envelopeId)
				? [
						listEnvelopes(tx, viewpoint, { envelopeId }),
						listEntries(
							tx,
							envelopeId,
							{ ...IN_ORDER_OF_RECORDING, after: place && { sort: 'saisie', id: place[0] } },
							viewpoint,
							limit + 1
						)
					]
				: [[], []]
		);
		if (!envelope) throw new Refusal('Cette enveloppe n’existe pas.', { kind: 'not-found' });
		const { page, nextCursor } = cutPage(rows, limit, list, ({ id }) => [String(id)]);
		return { body: { items: page.map(buildEntry), next_cursor: nextCursor }, viewpoint };
	});
}
