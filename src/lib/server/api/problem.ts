import { z } from 'zod';
import { field } from './fields.ts';

/** What every error of the API is (RFC 9457); `server/http/problem.ts` writes it. */
export const problemSchema = z
	.object({
		type: field(z.string(), 'Toujours `about:blank`, le statut dit tout.', 'about:blank'),
		title: field(z.string(), 'Le statut en mots.', 'Demande mal formée'),
		status: field(z.int(), 'Le statut HTTP.', 400),
		detail: field(
			z.string().optional(),
			'Ce qui s’est passé cette fois, en une phrase.',
			'« limit » attend un nombre entier de 1 à 200.'
		),
		parameter: field(z.string().optional(), 'Le nom du paramètre en cause.', 'limit')
	})
	.meta({ id: 'Problem', description: 'Une erreur, au format RFC 9457.' });

export type Problem = z.infer<typeof problemSchema>;
