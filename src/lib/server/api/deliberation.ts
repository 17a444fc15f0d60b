import { z } from 'zod';
import type {
	CitationRow,
	DecisionRow,
	DeliberationRow
} from '#lib/server/deliberations/queries.ts';
import { end, start } from './citation.ts';
import { citedValueSchema, buildCitedValue } from './cited-value.ts';
import { collection, day, field, identifier } from './fields.ts';

const count = z.int().min(0).nullable();

const attendanceSchema = z
	.object({
		members: field(count, 'Nombre de membres du conseil.', 86),
		in_office: field(count, 'Membres en exercice.', 86),
		present: field(count, 'Présents participant au vote.', 74),
		proxies: field(count, 'Membres ayant donné procuration.', 9),
		absent: field(count, 'Absents sans procuration.', 3)
	})
	.meta({
		id: 'Attendance',
		description:
			'Qui était là, tel que l’acte le dit. Les noms ne sont pas conservés. Nul si l’acte ne le dit pas.'
	});

const voteSchema = z
	.object({
		for: field(count, 'Pour.', 83),
		against: field(count, 'Contre.', 0),
		abstention: field(count, 'Abstentions.', 0),
		not_voting: field(count, 'Ne se prononcent pas.', 0)
	})
	.meta({
		id: 'Vote',
		description: 'Le vote, procurations comprises. Nul si l’acte ne le dit pas.'
	});

const decisionSchema = z
	.object({
		position: field(z.int().min(1), 'Rang de la décision dans l’acte.', 1),
		verb: field(z.string(), 'Ce que le conseil décide, à l’infinitif.', 'approuver'),
		quote: field(z.string(), 'L’objet de la décision, mot pour mot.'),
		start,
		end
	})
	.meta({ id: 'Decision', description: 'Un point de ce que le conseil a décidé.' });

export const deliberationSchema = z
	.object({
		id: field(identifier, 'Identifiant de la délibération.'),
		sitting: field(day, 'Jour de la séance.', '2020-12-17'),
		convened: field(
			day.nullable(),
			'Jour de la convocation. Nul s’il n’est pas connu.',
			'2020-12-11'
		),
		theme: field(z.string().nullable(), 'Thème.', 'Habitat, politique de la ville et urbanisme'),
		title: field(z.string(), 'Objet de la délibération.'),
		number: field(z.string().nullable(), 'Numéro de l’acte. Nul si le texte n’en porte pas.'),
		attendance: attendanceSchema,
		vote: voteSchema,
		decisions: field(z.array(decisionSchema), 'Les décisions, dans l’ordre de l’acte.'),
		text: field(
			z.string(),
			'Le texte entier, mot pour mot. Les positions `start` et `end` s’y rapportent.'
		),
		citations: field(z.array(citedValueSchema), 'Les passages cités, dans l’ordre du texte.')
	})
	.meta({ id: 'Deliberation', description: 'L’acte d’un conseil, mot pour mot.' });

export const deliberationCollection = collection(deliberationSchema).meta({ id: 'Deliberations' });

export type Deliberation = z.infer<typeof deliberationSchema>;
export type DeliberationCollection = z.infer<typeof deliberationCollection>;

export const buildDeliberation = (
	row: DeliberationRow,
	decisions: readonly DecisionRow[],
	citations: readonly CitationRow[]
): Deliberation => ({
	id: row.id,
	sitting: row.sittingOn,
	convened: row.convenedOn,
	theme: row.theme,
	title: row.title,
	number: row.number,
	attendance: {
		members: row.members,
		in_office: row.inOffice,
		present: row.present,
		proxies: row.proxies,
		absent: row.absent
	},
	vote: {
		for: row.votesFor,
		against: row.votesAgainst,
		abstention: row.abstentions,
		not_voting: row.notVoting
	},
	decisions: decisions.map(({ position, verb, quote, startOffset, endOffset }) => ({
		position,
		verb,
		quote,
		start: startOffset,
		end: endOffset
	})),
	text: row.text,
	citations: citations.map(buildCitedValue)
});
