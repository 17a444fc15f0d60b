import { randomUUID } from 'node:crypto';
import type { Cents } from '#lib/domain/money.ts';
import type { PromisedEnvelope, PromisedMeasure, PromisedProgramme } from '#lib/server/acts/act.ts';
import type { Entering } from '#lib/server/acts/enter-acts.ts';
import type { EnteredDeliberation } from '#lib/server/acts/enter-deliberation.ts';
import { entries, envelopes, instalments, measures } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

/** Identifiers by label; a measure's label is its own within a programme. */
export type EnteredEnvelopes = {
	envelopes: ReadonlyMap<string, string>;
	measures: ReadonlyMap<string, string>;
};

type Envelopes = {
	programmeId: string;
	agreementId: string;
	promised: PromisedProgramme;
	deliberation: EnteredDeliberation;
	entering: Entering;
};

/** Enters the envelopes of a programme, their measures and their plan, and posts what was promised on each. */
export async function enterEnvelopes(tx: Transaction, given: Envelopes): Promise<EnteredEnvelopes> {
	const { programmeId, agreementId, promised, deliberation, entering } = given;
	const rows = promised.envelopes.map((envelope) => ({ id: randomUUID(), envelope }));
	await tx.insert(envelopes).values(
		rows.map(({ id, envelope }, index) => ({
			id,
			programmeId,
			agreementId,
			position: index + 1,
			label: envelope.label,
			purpose: deliberation.cite(envelope.purpose).quote,
			funderId: entering.parties[envelope.funder],
			partnerId: entering.parties[envelope.funder],
			circuit: envelope.circuit,
			strength: envelope.strength,
			startsOn: promised.startsOn,
			endsOn: promised.endsOn,
			citationId: deliberation.cite(envelope.passage).id
		}))
	);

	const measureRows = rows.flatMap(({ id, envelope }) => listMeasures(id, envelope, deliberation));
	if (measureRows.length > 0) await tx.insert(measures).values(measureRows);
	const dueRows = rows.flatMap(({ id, envelope }) =>
		envelope.instalments.map((dueOn) => ({
			envelopeId: id,
			agreementId,
			dueOn,
			...amountOf(envelope, deliberation)
		}))
	);
	if (dueRows.length > 0) await tx.insert(instalments).values(dueRows);
	await tx.insert(entries).values(
		rows.flatMap(({ id, envelope }) =>
			envelope.allocations.map((allocation) => ({
				...allocation,
				...amountOf(envelope, deliberation),
				envelopeId: id,
				kind: 'allocation' as const,
				effectiveOn: deliberation.sittingOn,
				recordedAt: entering.at(deliberation.sittingOn),
				recordedBy: entering.by,
				counterpartyId: entering.parties[envelope.funder],
				deliberationId: deliberation.id
			}))
		)
	);
	return {
		envelopes: new Map(rows.map(({ id, envelope }) => [envelope.label, id])),
		measures: new Map(measureRows.map(({ id, label }) => [label, id]))
	};
}

type MeasureRow = typeof measures.$inferInsert & { id: string };

/** Parents before their children, numbered in the order of reading. */
function listMeasures(
	envelopeId: string,
	envelope: PromisedEnvelope,
	deliberation: EnteredDeliberation
): MeasureRow[] {
	const rows: MeasureRow[] = [];
	const list = (measure: PromisedMeasure, parentId: string | null): void => {
		const id = randomUUID();
		rows.push({
			id,
			envelopeId,
			parentId,
			position: rows.length + 1,
			label: measure.label,
			instrument: measure.instrument ?? null,
			citationId: measure.passage ? deliberation.cite(measure.passage).id : null
		});
		for (const child of measure.children ?? []) list(child, id);
	};
	for (const measure of envelope.measures) list(measure, null);
	return rows;
}

function amountOf(
	envelope: PromisedEnvelope,
	deliberation: EnteredDeliberation
): { amountCents: Cents; citationId: string } {
	const { id, amountCents } = deliberation.cite(envelope.passage);
	if (amountCents === null) throw new Error(`the passage of ${envelope.label} holds no amount`);
	return { amountCents, citationId: id };
}
