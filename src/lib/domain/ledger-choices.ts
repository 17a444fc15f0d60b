import { formatDayShort, yearOf, type Day } from '#lib/domain/day.ts';
import { ENTRY_KIND_LABELS } from '#lib/domain/ledger.ts';
import type { LedgerQuery, ParsedLedgerQuery } from '#lib/domain/ledger-query.ts';
import { typeset } from '#lib/domain/typography.ts';

export type Choice = { id: string; name: string };

/** What the ledger of one envelope can be narrowed down to. */
export type LedgerChoices = {
	/** In the order of the act; a part of another measure comes after it. */
	measures: readonly (Choice & { parentId: string | null })[];
	operations: readonly Choice[];
	counterparties: readonly Choice[];
	/** Fiscal years, the latest first. */
	years: readonly number[];
};

/** The years to choose from: from the first fact of an envelope, or its start, to its last one or to today. */
export function fiscalYearsBetween(
	span: { first: Day; last: Day } | null,
	startsOn: Day,
	today: Day
): number[] {
	const days = [startsOn, today, span?.first, span?.last].filter((date) => date !== undefined);
	const years = days.map(yearOf);
	const first = Math.min(...years);
	return Array.from(
		{ length: Math.max(...years) - first + 1 },
		(_, index) => first + index
	).reverse();
}

/** Leaves out of a query what this envelope does not have (an address may come from another one), and says so. */
export function keepToChoices(
	{ query, notes }: ParsedLedgerQuery,
	choices: Omit<LedgerChoices, 'years'>
): ParsedLedgerQuery {
	const unknown = (list: readonly Choice[], id: string | null): boolean =>
		id !== null && !list.some((choice) => choice.id === id);
	const dropped: [boolean, Partial<LedgerQuery>, string][] = [
		[unknown(choices.measures, query.measureId), { measureId: null }, 'La mesure demandée'],
		[unknown(choices.operations, query.operationId), { operationId: null }, 'L’opération demandée'],
		[
			unknown(choices.counterparties, query.counterpartyId),
			{ counterpartyId: null },
			'Le tiers demandé'
		]
	];
	return dropped.reduce<ParsedLedgerQuery>(
		(kept, [isUnknown, without, name]) =>
			isUnknown
				? {
						query: { ...kept.query, ...without },
						notes: [
							...kept.notes,
							typeset(`${name} n’est pas de cette enveloppe : ce choix n’est pas appliqué.`)
						]
					}
				: kept,
		{ query, notes }
	);
}

/** The filter in words, to be printed with the page: `versement`, `exercice 2021`, `du 01/01/2021`. */
export function describeLedgerFilter(query: LedgerQuery, choices: LedgerChoices): string[] {
	const nameOf = (list: readonly Choice[], id: string | null): string | undefined =>
		list.find((choice) => choice.id === id)?.name;
	return [
		query.kind && `nature : ${ENTRY_KIND_LABELS[query.kind]}`,
		labelled('mesure', nameOf(choices.measures, query.measureId)),
		query.year !== null && `exercice ${query.year}`,
		labelled('tiers', nameOf(choices.counterparties, query.counterpartyId)),
		labelled('opération', nameOf(choices.operations, query.operationId)),
		query.from && `depuis le ${formatDayShort(query.from)}`,
		query.to && `jusqu’au ${formatDayShort(query.to)}`,
		query.text && `objet contenant « ${query.text} »`,
		query.declaration !== null && `déclaration nº\u00a0${query.declaration}`,
		query.reversals === 'only' && 'contre-passations seules',
		query.reversals === 'hide' && 'sans les écritures contre-passées'
	].flatMap((words) => (words ? [typeset(words)] : []));
}

const labelled = (label: string, name: string | undefined): string | null =>
	name === undefined ? null : `${label} : ${name}`;
