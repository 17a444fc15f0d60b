import { randomUUID } from 'node:crypto';
import { listPostings, sumOfPassage } from '#lib/domain/act/plan/plan-postings.ts';
import type { PlannedEnvelope, PlannedMeasure } from '#lib/domain/act/plan/plan.ts';
import { findTouchedEnvelope } from '#lib/domain/act/plan/touched-books.ts';
import { partyOf, type Entering, type Writing } from '#lib/server/acts/act.ts';
import type { AgreementIds } from '#lib/server/acts/enter-agreements.ts';
import { moveEnvelopeDay } from '#lib/server/acts/move-last-day.ts';
import { insertRows } from '#lib/server/db/insert-rows.ts';
import { envelopes, instalments, measures } from '#lib/server/db/schema/index.ts';
import type { NewEntry } from '#lib/server/ledger/post-entries.ts';

/** Identifiers by label, for a story that is told on; and by the keys of the plan: see `keyOfMeasure`. */
export type EnteredEnvelopes = {
	envelopes: ReadonlyMap<string, string>;
	measures: ReadonlyMap<string, string>;
	envelopeIds: ReadonlyMap<string, string>;
	measureIds: ReadonlyMap<string, string>;
	/** What is to be posted in the ledger, by whoever enters the act. */
	entries: Allocation[];
};

type Allocation = NewEntry & { fiscalYear: number };

type Identified = { id: string; envelope: PlannedEnvelope; label: string };

/** Enters the envelopes of a programme with their measures and their plan of payments. */
export async function enterEnvelopes(
	writing: Writing,
	programmeId: string,
	planned: readonly PlannedEnvelope[],
	agreementId: AgreementIds
): Promise<EnteredEnvelopes> {
	const { tx, deliberation, passages, books } = writing;
	const rows = planned.map((envelope): Identified => {
		const { of } = envelope;
		const there = of.kind === 'existing' ? findTouchedEnvelope(books, of.envelopeId) : null;
		const id = of.kind === 'existing' ? of.envelopeId : randomUUID();
		return { id, envelope, label: of.kind === 'new' ? of.label : (there?.label ?? '') };
	});
	await insertRows(tx, envelopes, listNew(writing, programmeId, rows, agreementId));
	for (const { id, envelope } of rows) {
		const { of } = envelope;
		if (of.kind === 'new' || !of.endsOn) continue;
		await moveEnvelopeDay(writing, id, of.endsOn);
	}
	const measureRows = rows.flatMap((row) => listMeasures(writing, row));
	await insertRows(
		tx,
		measures,
		measureRows.map(({ key: _, ...row }) => row)
	);
	await insertRows(tx, instalments, listInstalments(writing, rows, agreementId));
	return {
		envelopes: new Map(rows.map(({ id, label }) => [label, id])),
		measures: new Map(measureRows.map(({ id, label }) => [label, id])),
		envelopeIds: new Map(rows.map(({ id, envelope }) => [envelope.key, id])),
		measureIds: new Map(measureRows.map(({ id, key }) => [key, id])),
		entries: rows.flatMap(({ id, envelope }) =>
			listPostings(envelope, passages, books).map(({ passage, ...posting }) => ({
				...posting,
				envelopeId: id,
				kind: 'allocation' as const,
				effectiveOn: deliberation.sittingOn,
				counterpartyId: counterpartyOf(envelope, writing),
				deliberationId: deliberation.id,
				citationId: deliberation.cite(passage).citationId
			}))
		)
	};
}

function listNew(
	{ books, deliberation, entering }: Writing,
	programmeId: string,
	rows: readonly Identified[],
	agreementId: AgreementIds
): (typeof envelopes.$inferInsert)[] {
	let position = books.programme?.lastEnvelope ?? 0;
	return rows.flatMap(({ id, envelope }) => {
		const { of } = envelope;
		if (of.kind !== 'new') return [];
		const { circuit, strength, purpose } = of;
		if (!circuit || !strength || purpose === null || envelope.passage === null) {
			throw new Error('a new envelope has a sum, a purpose, a circuit and a strength');
		}
		position += 1;
		return [
			{
				id,
				programmeId,
				agreementId: agreementId(envelope.agreement),
				position,
				label: of.label,
				purpose: deliberation.cite(purpose).quote,
				funderId: funderOf(of, entering),
				partnerId: of.partner ? partyOf(entering, of.partner) : funderOf(of, entering),
				circuit,
				strength,
				instrument: of.instrument,
				startsOn: of.startsOn,
				endsOn: of.endsOn,
				citationId: deliberation.cite(envelope.passage).citationId
			}
		];
	});
}

function funderOf(
	{ funder }: Extract<PlannedEnvelope['of'], { kind: 'new' }>,
	entering: Entering
): string {
	if (!funder) throw new Error('an envelope is promised by somebody');
	return partyOf(entering, funder);
}

const counterpartyOf = ({ of }: PlannedEnvelope, { books, entering }: Writing): string | null =>
	of.kind === 'new'
		? funderOf(of, entering)
		: (findTouchedEnvelope(books, of.envelopeId)?.funderId ?? null);

type MeasureRow = typeof measures.$inferInsert & { id: string; key: string };

/** A measure is named within its envelope. */
export const keyOfMeasure = (envelope: string, measure: string): string => `${envelope} ${measure}`;

/** Parents before their children, numbered in the order of reading. */
function listMeasures(
	{ books, deliberation }: Writing,
	{ id: envelopeId, envelope }: Identified
): MeasureRow[] {
	const rows: MeasureRow[] = [];
	const last = findTouchedEnvelope(books, envelopeId)?.lastMeasure ?? 0;
	const list = (measure: PlannedMeasure, parentId: string | null): void => {
		const id = randomUUID();
		rows.push({
			id,
			key: keyOfMeasure(envelope.key, measure.key),
			envelopeId,
			parentId,
			position: last + rows.length + 1,
			label: measure.label,
			instrument: measure.instrument,
			citationId: measure.passage ? deliberation.cite(measure.passage).citationId : null
		});
		for (const child of measure.children) list(child, id);
	};
	for (const measure of envelope.measures) list(measure, null);
	return rows;
}

function listInstalments(
	{ passages, deliberation }: Writing,
	rows: readonly Identified[],
	agreementId: AgreementIds
): (typeof instalments.$inferInsert)[] {
	return rows.flatMap(({ id, envelope }) =>
		envelope.instalments.map(({ dueOn, passage: own }) => {
			const passage = own ?? envelope.passage ?? '';
			const amountCents = sumOfPassage(passages.get(passage));
			if (amountCents === null) throw new Error('an instalment is an amount that is written');
			return {
				envelopeId: id,
				agreementId: agreementId(envelope.agreement),
				dueOn,
				amountCents,
				citationId: deliberation.cite(passage).citationId
			};
		})
	);
}
