import { z } from 'zod';
import type { AgreementRow } from '#lib/server/programmes/queries.ts';
import { buildCitation, cited } from './citation.ts';
import { day, field, identifier } from './fields.ts';

export const agreementSchema = z
	.object({
		id: field(identifier, 'Identifiant de la convention ou de l’avenant.'),
		title: field(z.string(), 'Son titre.', 'Convention Logement d’abord'),
		rank: field(z.int().min(0), '0 pour la convention, puis 1, 2, 3 pour ses avenants.', 0),
		amends: field(
			identifier.nullable(),
			'Identifiant de la convention que l’avenant modifie, jamais d’un autre avenant. Nul pour une convention.'
		),
		effective_on: field(
			day,
			'Jour à partir duquel elle engage, celui du vote si aucune signature n’est connue.',
			'2021-09-30'
		),
		starts_on: field(
			day.nullable(),
			'Premier jour couvert. Nul s’il n’est pas connu.',
			'2021-01-01'
		),
		ends_on: field(day.nullable(), 'Dernier jour couvert. Nul s’il n’est pas connu.', '2022-12-31'),
		deliberation: field(
			identifier.nullable(),
			'Identifiant de la délibération qui l’a adoptée. Nul si elle n’est pas enregistrée.'
		),
		citation: cited
	})
	.meta({ id: 'Agreement', description: 'Ce qui a été signé, convention ou avenant.' });

export type Agreement = z.infer<typeof agreementSchema>;

export const buildAgreement = (row: AgreementRow): Agreement => ({
	id: row.id,
	title: row.title,
	rank: row.rank,
	amends: row.rootAgreementId,
	effective_on: row.effectiveOn,
	starts_on: row.startsOn,
	ends_on: row.endsOn,
	deliberation: row.deliberationId,
	citation: buildCitation(row.citation)
});
