import { z } from 'zod';
import { ENTRY_KIND_LABELS } from '#lib/domain/ledger.ts';
import { toDecimal } from '#lib/domain/money.ts';
import type { LedgerEntry } from '#lib/server/ledger/queries.ts';
import { buildCitation, cited } from './citation.ts';
import {
	amount,
	collection,
	day,
	entryNumber,
	field,
	identifier,
	instant,
	spell
} from './fields.ts';

export const entrySchema = z
	.object({
		id: field(entryNumber, 'Numéro de l’écriture, dans l’ordre de saisie.', '42'),
		kind: field(
			z.enum(['allocation', 'commitment', 'receipt', 'disbursement']),
			`Sa nature. ${spell(ENTRY_KIND_LABELS)}.`
		),
		amount: field(
			amount,
			'Montant signé, en euros. Une contre-passation porte le montant opposé.',
			'494000.00'
		),
		effective_on: field(day, 'Jour où le fait a eu lieu.', '2022-06-30'),
		recorded_at: field(
			instant,
			'Instant où la base de données l’a appris, en temps universel.',
			'2022-07-05T08:12:40.000Z'
		),
		fiscal_year: field(
			z.int(),
			'Exercice. Plus tardif que le fait si l’exercice du fait était clos.',
			2022
		),
		measure: field(
			z.string().nullable(),
			'La mesure concernée. Nulle si l’écriture n’en vise pas.'
		),
		operation: field(
			z.string().nullable(),
			'L’opération de logement. Nulle si l’écriture n’en vise pas, ou si la personne ne peut pas la voir.'
		),
		counterparty: field(
			z.string().nullable(),
			'L’organisme de l’autre côté. Nul s’il n’est pas connu, ou si la personne ne peut pas le voir.'
		),
		reverses: field(
			entryNumber.nullable(),
			'Numéro de l’écriture que celle-ci contre-passe. Nul pour toute autre écriture.',
			'41'
		),
		declaration: field(
			z.object({ id: identifier, number: z.int() }).nullable(),
			'La déclaration du partenaire dont elle vient : validée, ou rouverte pour une contre-passation. Nulle pour toute autre écriture.'
		),
		citation: cited,
		fictitious: field(z.boolean(), 'Donnée fictive de démonstration.', false)
	})
	.meta({
		id: 'Entry',
		description:
			'Une ligne du grand livre, qui ne se modifie ni ne s’efface. Une erreur se corrige par une contre-passation.'
	});

export const entryCollection = collection(entrySchema).meta({ id: 'Entries' });

export type Entry = z.infer<typeof entrySchema>;
export type EntryCollection = z.infer<typeof entryCollection>;

export const buildEntry = (row: LedgerEntry): Entry => ({
	id: String(row.id),
	kind: row.kind,
	amount: toDecimal(row.amountCents),
	effective_on: row.effectiveOn,
	recorded_at: row.recordedAt.toISOString(),
	fiscal_year: row.fiscalYear,
	measure: row.measure,
	operation: row.operation,
	counterparty: row.counterparty,
	reverses: row.reversesEntryId === null ? null : String(row.reversesEntryId),
	declaration: row.declaration,
	citation: buildCitation(row.citation),
	fictitious: row.fictitious
});
