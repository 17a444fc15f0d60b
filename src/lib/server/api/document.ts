import { z } from 'zod';
import {
	createDocument,
	type ZodOpenApiOperationObject,
	type ZodOpenApiResponseObject
} from 'zod-openapi';
import { typeset } from '#lib/domain/typography.ts';
import { deliberationCollection, deliberationSchema } from './deliberation.ts';
import { entryCollection } from './entry.ts';
import { field, identifier } from './fields.ts';
import { pageParameters, viewpointParameters } from './parameters.ts';
import { problemSchema } from './problem.ts';
import { programmeCollection, programmeSchema } from './programme.ts';

const DESCRIPTION = `Lecture seule, avec les droits de la personne. Ce qu’elle ne peut pas voir répond 404.

Les montants sont des textes en euros avec deux décimales (\`"15000000.00"\`), pour ne perdre aucun centime. Les jours sont en ISO (\`2022-06-30\`), les instants en ISO et en temps universel. Les taux sont des nombres non arrondis (0.7143 pour 71,43 %), nuls s’il n’y a rien à diviser. Les positions dans un texte comptent des unités UTF-16.

\`au\` et \`connu\` déplacent les chiffres. \`au\` dit à la fin de quel jour, \`connu\` tels qu’ils étaient connus à la fin de quel jour. Ce dont un programme est fait est toujours donné en entier.

Des champs peuvent s’ajouter, ignorez ceux que vous ne connaissez pas.`;

const slug = field(
	z.string(),
	'Nom du programme dans une adresse, le `slug` de la liste.',
	'action-logement-2020-2022'
);
const deliberationKey = field(
	z.string(),
	'Identifiant de la délibération, ou son nom dans une adresse.',
	'2020-12-17-action-logement'
);
const envelopeId = field(identifier, 'Identifiant de l’enveloppe, le `id` du programme.');

/** The description of the API, made from the schemas that check what is asked and, in tests, what is answered. */
export const apiDocument = createDocument(
	{
		openapi: '3.1.1',
		info: {
			title: 'tenu',
			version: '1.0.0',
			description: typeset(DESCRIPTION),
			license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' }
		},
		servers: [{ url: '/api/v1' }],
		security: [{ bearer: [] }, { cookie: [] }],
		tags: [
			{ name: 'Programmes', description: 'Les promesses et leurs chiffres.' },
			{ name: 'Grand livre', description: 'Les écritures, une à une.' },
			{ name: 'Délibérations', description: 'Les actes, mot pour mot.' }
		],
		paths: {
			'/programmes': {
				get: reading('listProgrammes', 'Programmes', 'Les programmes', {
					query: pageParameters,
					answer: programmeCollection,
					description:
						'Les programmes que la personne peut voir, du plus ancien au plus récent, avec tout ce qui en dépend.'
				})
			},
			'/programmes/{slug}': {
				get: reading('getProgramme', 'Programmes', 'Un programme', {
					path: z.object({ slug }),
					query: viewpointParameters,
					answer: programmeSchema,
					description: 'Un programme avec ses enveloppes, engagements, indicateurs et conventions.'
				})
			},
			'/envelopes/{id}/entries': {
				get: reading('listEntries', 'Grand livre', 'Les écritures d’une enveloppe', {
					path: z.object({ id: envelopeId }),
					query: pageParameters,
					answer: entryCollection,
					description:
						'Les écritures dans l’ordre de saisie. Suivre `next_cursor` donne une fois chacune de celles qui étaient là au début ; celles qui s’ajoutent entre-temps viennent à la fin.'
				})
			},
			'/deliberations': {
				get: reading('listDeliberations', 'Délibérations', 'Les délibérations', {
					query: pageParameters,
					answer: deliberationCollection,
					description:
						'Les actes votés au jour demandé et enregistrés au jour de connaissance demandé, de la séance la plus récente à la plus ancienne.'
				})
			},
			'/deliberations/{id}': {
				get: reading('getDeliberation', 'Délibérations', 'Une délibération', {
					path: z.object({ id: deliberationKey }),
					query: viewpointParameters,
					answer: deliberationSchema,
					description:
						'Un acte avec son texte, son vote, ses décisions et ses passages cités. Il est donné quel que soit le jour demandé, son texte ne change pas.'
				})
			}
		},
		components: {
			securitySchemes: {
				bearer: {
					type: 'http',
					scheme: 'bearer',
					description: typeset(
						'Un jeton d’accès, créé par un administrateur avec `npm run token:create`. Il a les droits de la personne au nom de qui il a été créé.'
					)
				},
				cookie: {
					type: 'apiKey',
					in: 'cookie',
					name: '__Host-tenu_session',
					description: typeset(
						'La session ouverte par la page de connexion. En http, sur sa propre machine, le nom est `tenu_session`.'
					)
				}
			}
		}
	},
	{ override: ({ jsonSchema }) => lighten(jsonSchema) }
);

type Reading = {
	path?: z.ZodObject;
	query: z.ZodObject;
	answer: z.ZodType;
	description: string;
};

function reading(
	operationId: string,
	tag: string,
	summary: string,
	{ path, query, answer, description }: Reading
): ZodOpenApiOperationObject {
	return {
		operationId,
		tags: [tag],
		summary: typeset(summary),
		description: typeset(description),
		requestParams: { query, ...(path ? { path } : {}) },
		responses: {
			'200': {
				description: 'La réponse.',
				headers: answerHeaders(),
				content: { 'application/json': { schema: answer } }
			},
			'304': {
				description: 'Rien n’a changé depuis la réponse dont `If-None-Match` porte l’`ETag`.'
			},
			'400': failure('Un paramètre ne peut pas être lu. Son nom est dans `parameter`.'),
			'401': failure('Ni session ni jeton valable.'),
			...(path ? { '404': failure('Rien à cette adresse que la personne puisse voir.') } : {}),
			'405': failure('Cette adresse ne fait que se lire.'),
			'503': failure('La base de données ne répond pas. Réessayez après `Retry-After` secondes.')
		}
	};
}

function answerHeaders(): z.ZodObject {
	return z.object({
		etag: field(z.string(), 'Empreinte de la réponse, à redonner dans `If-None-Match`.'),
		'content-location': field(
			z.string(),
			'L’adresse avec le jour des chiffres, utile quand `au` n’était pas donné.',
			'/api/v1/programmes?au=2022-06-30'
		)
	});
}

function failure(description: string): ZodOpenApiResponseObject {
	return {
		description: typeset(description),
		content: { 'application/problem+json': { schema: problemSchema } }
	};
}

/**
 * An answer may gain fields: only a change of those that are there makes a new version of the API. And what a format
 * says, a pattern need not say again.
 */
function lighten(jsonSchema: {
	additionalProperties?: unknown;
	format?: string;
	pattern?: string;
}): void {
	if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
	if (jsonSchema.format) delete jsonSchema.pattern;
}
