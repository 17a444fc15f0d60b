import { z } from 'zod';
import type { UndertakingRow } from '#lib/server/programmes/queries.ts';
import { buildCitation, cited } from './citation.ts';
import { field, identifier } from './fields.ts';

export const undertakingSchema = z
	.object({
		id: field(identifier, 'Identifiant de l’engagement.'),
		position: field(z.int().min(1), 'Son rang dans l’acte.', 1),
		text: field(z.string(), 'L’engagement, dans les mots de l’acte.'),
		status: field(
			z.enum(['not_started', 'under_way', 'kept', 'not_kept']).nullable(),
			'Où il en est. `not_started` (pas commencé), `under_way` (en cours), `kept` (tenu), `not_kept` (non tenu). Nul tant que personne ne l’a dit. À la date demandée, confirmé par la direction des finances.'
		),
		owner: field(z.string().nullable(), 'Qui le porte. Nul si l’acte ne le dit pas.'),
		citation: cited
	})
	.meta({
		id: 'Undertaking',
		description: 'Un engagement réciproque, une promesse en mots.'
	});

export type Undertaking = z.infer<typeof undertakingSchema>;

/** `status` is how it stood from the viewpoint of the address. */
export const buildUndertaking = (
	row: UndertakingRow,
	status: Undertaking['status']
): Undertaking => ({
	id: row.id,
	position: row.position,
	text: row.text,
	status,
	owner: row.owner,
	citation: buildCitation(row.citation)
});
