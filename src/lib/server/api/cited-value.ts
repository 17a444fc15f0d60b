import { z } from 'zod';
import { toDecimal } from '#lib/domain/money.ts';
import type { CitationRow } from '#lib/server/deliberations/queries.ts';
import { end, start } from './citation.ts';
import { amount, day, field, identifier } from './fields.ts';

export const citedValueSchema = z
	.object({
		id: field(identifier, 'Identifiant du passage cité.'),
		start,
		end,
		quote: field(z.string(), 'Le passage, mot pour mot.', '15,2 M€'),
		kind: field(
			z.enum(['amount', 'count', 'percentage', 'date', 'words']),
			'Ce qui y est lu. `amount` (montant), `count` (nombre), `percentage` (pourcentage), `date`, `words` (mots).'
		),
		value: field(
			z.union([amount, day, z.number()]).nullable(),
			'La valeur lue. Montant en euros en texte avec deux décimales, nombre, pourcentage en points (52 pour 52 %), jour ISO. Nulle pour des mots, qui sont dans `quote`.',
			'15200000.00',
			268,
			'2020-12-17'
		),
		precision: field(
			z.union([amount, z.number()]).nullable(),
			'Ce que l’écriture laisse ouvert, de part et d’autre, dans l’unité de `value`. « 15,2 M€ » est à 50 000 € près. Nulle pour un jour ou des mots.',
			'50000.00',
			0.5
		),
		section: field(
			z.enum(['header', 'statement_of_reasons', 'decision']),
			'Où dans l’acte. `header` (en-tête), `statement_of_reasons` (exposé des motifs), `decision` (décision).'
		)
	})
	.meta({ id: 'CitedValue', description: 'Un passage de l’acte avec la valeur qui y est lue.' });

export type CitedValue = z.infer<typeof citedValueSchema>;

export const buildCitedValue = (row: CitationRow): CitedValue => ({
	id: row.id,
	start: row.startOffset,
	end: row.endOffset,
	quote: row.quote,
	kind: row.kind,
	value: row.amountCents === null ? (row.number ?? row.day) : toDecimal(row.amountCents),
	precision: row.precisionCents === null ? row.precision : toDecimal(row.precisionCents),
	section: row.section
});
