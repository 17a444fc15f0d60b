import { z } from 'zod';
import type { CitedPassage } from '#lib/server/deliberations/queries.ts';
import { field, identifier } from './fields.ts';

export const start = field(
	z.int().min(0),
	'Début du passage dans le texte de la délibération, en unités UTF-16.',
	4211
);

export const end = field(z.int().min(1), 'Fin du passage, exclue, en unités UTF-16.', 4217);

export const citationSchema = z
	.object({
		id: field(identifier, 'Identifiant du passage cité.'),
		deliberation: field(identifier, 'Identifiant de la délibération où il se trouve.'),
		quote: field(z.string(), 'Le passage, mot pour mot.', '15 M€'),
		start,
		end
	})
	.meta({
		id: 'Citation',
		description: 'Le passage d’une délibération sur lequel repose un élément.'
	});

export type Citation = z.infer<typeof citationSchema>;

/** The citation of something, nullable because not everything rests on a sentence. */
export const cited = field(
	citationSchema.nullable(),
	'Le passage de la délibération dont cet élément provient. Nul s’il n’y en a pas.'
);

export const buildCitation = (passage: CitedPassage | null): Citation | null =>
	passage && {
		id: passage.id,
		deliberation: passage.deliberationId,
		quote: passage.quote,
		start: passage.startOffset,
		end: passage.endOffset
	};
