import { randomUUID } from 'node:crypto';
import type { PromisedProgramme } from '#lib/server/acts/act.ts';
import type { Entering } from '#lib/server/acts/enter-acts.ts';
import type { EnteredDeliberation } from '#lib/server/acts/enter-deliberation.ts';
import { enterEnvelopes, type EnteredEnvelopes } from '#lib/server/acts/enter-envelopes.ts';
import { enterIndicators } from '#lib/server/acts/enter-indicators.ts';
import {
	agreements,
	districts,
	programmeDistricts,
	programmes,
	undertakings
} from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

/** Identifiers by the labels that the act's programme declares. */
export type EnteredProgramme = EnteredEnvelopes & {
	id: string;
	indicators: ReadonlyMap<string, string>;
	districts: ReadonlyMap<string, string>;
};

/** Enters what an act promises: the programme, what was signed, its envelopes, and the figures of reference. */
export async function enterProgramme(
	tx: Transaction,
	promised: PromisedProgramme,
	deliberation: EnteredDeliberation,
	entering: Entering
): Promise<EnteredProgramme> {
	const id = randomUUID();
	const { horizon } = promised;
	await tx.insert(programmes).values({
		id,
		slug: promised.slug,
		name: promised.name,
		summary: promised.summary,
		startsOn: promised.startsOn,
		endsOn: promised.endsOn,
		horizonEndsOn: horizon?.endsOn ?? null,
		horizonCitationId: horizon ? deliberation.cite(horizon.passage).id : null,
		validatedAt: entering.at(deliberation.sittingOn)
	});
	const agreementId = await enterAgreements(tx, id, promised, deliberation);
	await enterUndertakings(tx, id, promised, deliberation);
	const entered = await enterEnvelopes(tx, {
		programmeId: id,
		agreementId,
		promised,
		deliberation,
		entering
	});
	return {
		id,
		...entered,
		indicators: await enterIndicators(tx, id, promised, entered, deliberation, entering),
		districts: await enterDistricts(tx, id, promised, deliberation)
	};
}

/** Answers with the agreement that this act adopted: envelopes come from it. */
async function enterAgreements(
	tx: Transaction,
	programmeId: string,
	promised: PromisedProgramme,
	deliberation: EnteredDeliberation
): Promise<string> {
	const rows = promised.agreements.map((agreement) => ({ id: randomUUID(), ...agreement }));
	const root = rows[0];
	const adopted = rows.find((agreement) => agreement.adoptedHere);
	if (!root || !adopted) throw new Error('an act adopts an agreement');
	await tx.insert(agreements).values(
		rows.map(({ passage, adoptedHere, ...agreement }, rank) => ({
			...agreement,
			programmeId,
			rank,
			rootAgreementId: rank === 0 ? null : root.id,
			deliberationId: adoptedHere ? deliberation.id : null,
			citationId: deliberation.cite(passage).id
		}))
	);
	return adopted.id;
}

async function enterUndertakings(
	tx: Transaction,
	programmeId: string,
	promised: PromisedProgramme,
	deliberation: EnteredDeliberation
): Promise<void> {
	if (promised.undertakings.length === 0) return;
	const cited = promised.undertakings.map((passage) => deliberation.cite(passage));
	await tx.insert(undertakings).values(
		cited.map((citation, index) => ({
			programmeId,
			position: index + 1,
			text: citation.quote,
			citationId: citation.id
		}))
	);
}

async function enterDistricts(
	tx: Transaction,
	programmeId: string,
	promised: PromisedProgramme,
	deliberation: EnteredDeliberation
): Promise<ReadonlyMap<string, string>> {
	const rows = promised.districts.map((district) => ({ id: randomUUID(), ...district }));
	if (rows.length === 0) return new Map();
	await tx.insert(districts).values(rows.map(({ passage: _, ...district }) => district));
	await tx.insert(programmeDistricts).values(
		rows.map(({ id, passage }) => ({
			programmeId,
			districtId: id,
			citationId: deliberation.cite(passage).id
		}))
	);
	return new Map(rows.map(({ name, id }) => [name, id]));
}
