import { Refusal } from '#lib/domain/refusal.ts';
import type { Context } from '#lib/server/context.ts';
import { inTransaction, type Transaction } from '#lib/server/db/transaction.ts';
import type { EnvelopeScope } from '#lib/server/envelopes/queries.ts';
import { readViewpoint, type SeenFrom } from '#lib/server/http/viewpoint.ts';
import { listIndicators, listObservations } from '#lib/server/indicators/queries.ts';
import { listMovedDays } from '#lib/server/programmes/list-moved-days.ts';
import {
	findProgramme,
	listAgreements,
	listProgrammePage,
	listUndertakings,
	type ProgrammeRow
} from '#lib/server/programmes/queries.ts';
import { readSituations } from '#lib/server/reports/situations.ts';
import { buildAgreement } from './agreement.ts';
import type { Answer } from './answer.ts';
import { cutPage, readCursor } from './cursor.ts';
import { buildEnvelope } from './envelope.ts';
import { buildIndicator } from './indicator.ts';
import { pageParameters, readParameters, viewpointParameters } from './parameters.ts';
import { dayPlace } from './place.ts';
import { buildProgramme, type Programme, type ProgrammeCollection } from './programme.ts';
import { listStandings } from '#lib/server/undertakings/queries.ts';
import { buildUndertaking } from './undertaking.ts';

type Row = Pick<ProgrammeRow, 'id' | 'slug' | 'name' | 'startsOn' | 'endsOn' | 'horizonEndsOn'>;

/** The programmes that the person may see, with all that hangs on them. */
export async function answerProgrammes(
	context: Context,
	parameters: URLSearchParams
): Promise<Answer<ProgrammeCollection>> {
	const { limit, cursor } = readParameters(pageParameters, parameters);
	const after = readCursor('programmes', dayPlace, cursor);
	return inTransaction(context, async (tx) => {
		const [seen, rows] = await Promise.all([
			readViewpoint(tx, parameters, context.at),
			listProgrammePage(tx, after && { startsOn: after[0], slug: after[1] }, limit + 1)
		]);
		const { page, nextCursor } = cutPage(rows, limit, 'programmes', (row) => [
			row.startsOn,
			row.slug
		]);
		const items = await readWhole(tx, page, seen, {});
		return { body: { items, next_cursor: nextCursor }, viewpoint: seen.viewpoint };
	});
}

/** One programme by its name in an address. */
export async function answerProgramme(
	context: Context,
	parameters: URLSearchParams,
	slug: string
): Promise<Answer<Programme>> {
	readParameters(viewpointParameters, parameters);
	return inTransaction(context, async (tx) => {
		const [seen, row] = await Promise.all([
			readViewpoint(tx, parameters, context.at),
			findProgramme(tx, slug)
		]);
		const [body] = row ? await readWhole(tx, [row], seen, { programmeSlug: slug }) : [];
		if (!body) throw new Refusal('Ce programme n’existe pas.', { kind: 'not-found' });
		return { body, viewpoint: seen.viewpoint };
	});
}

async function readWhole(
	tx: Transaction,
	rows: readonly Row[],
	{ viewpoint, settings }: SeenFrom,
	scope: EnvelopeScope
): Promise<Programme[]> {
	const ids = rows.map(({ id }) => id);
	const [envelopes, undertakings, standings, indicators, observations, agreements, movedDays] =
		await Promise.all([
			readSituations(tx, viewpoint, settings.thresholds, scope),
			listUndertakings(tx, ids),
			listStandings(tx, viewpoint),
			listIndicators(tx, ids),
			listObservations(tx, ids, viewpoint),
			listAgreements(tx, ids),
			listMovedDays(tx, viewpoint, ids)
		]);
	const statusOf = new Map(standings.map(({ id, status }) => [id, status]));
	const observed = Map.groupBy(observations, ({ indicatorId }) => indicatorId);
	return rows.map((row) => {
		const isHere = ({ programmeId }: { programmeId: string }) => programmeId === row.id;
		return buildProgramme(
			{ ...row, ...movedDays.get(row.id) },
			{
				envelopes: envelopes
					.filter(({ facts }) => facts.programmeSlug === row.slug)
					.map(buildEnvelope),
				undertakings: undertakings
					.filter(isHere)
					.map((undertaking) =>
						buildUndertaking(undertaking, statusOf.get(undertaking.id) ?? null)
					),
				indicators: indicators
					.filter(isHere)
					.map((indicator) => buildIndicator(indicator, observed.get(indicator.id) ?? [])),
				agreements: agreements.filter(isHere).map(buildAgreement)
			}
		);
	});
}
