import { z } from 'zod';
import type { ProgrammeRow } from '#lib/server/programmes/queries.ts';
import { agreementSchema, type Agreement } from './agreement.ts';
import { envelopeSchema, type Envelope } from './envelope.ts';
import { collection, day, field } from './fields.ts';
import { indicatorSchema, type Indicator } from './indicator.ts';
import { undertakingSchema, type Undertaking } from './undertaking.ts';

export const programmeSchema = z
	.object({
		slug: field(z.string(), 'Nom du programme dans une adresse.', 'action-logement-2020-2022'),
		name: field(z.string(), 'Nom du programme.', 'Action Logement 2020-2022'),
		starts_on: field(day, 'Premier jour du programme.', '2020-01-01'),
		ends_on: field(day, 'Dernier jour qu’un acte couvre.', '2022-12-31'),
		horizon_ends_on: field(
			day.nullable(),
			'Dernier jour espéré, s’il va au-delà de ce qu’un acte couvre.',
			'2025-12-31'
		),
		envelopes: field(
			z.array(envelopeSchema),
			'Les enveloppes du programme que la personne peut voir.'
		),
		undertakings: field(z.array(undertakingSchema), 'Les engagements réciproques.'),
		indicators: field(z.array(indicatorSchema), 'Les indicateurs, avec leurs valeurs.'),
		agreements: field(z.array(agreementSchema), 'La convention, puis ses avenants.')
	})
	.meta({ id: 'Programme', description: 'Une promesse qui a un nom et un horizon.' });

export const programmeCollection = collection(programmeSchema).meta({ id: 'Programmes' });

export type Programme = z.infer<typeof programmeSchema>;
export type ProgrammeCollection = z.infer<typeof programmeCollection>;

/** What hangs on a programme. */
export type ProgrammeParts = {
	envelopes: Envelope[];
	undertakings: Undertaking[];
	indicators: Indicator[];
	agreements: Agreement[];
};

export const buildProgramme = (
	row: Pick<ProgrammeRow, 'slug' | 'name' | 'startsOn' | 'endsOn' | 'horizonEndsOn'>,
	parts: ProgrammeParts
): Programme => ({
	slug: row.slug,
	name: row.name,
	starts_on: row.startsOn,
	ends_on: row.endsOn,
	horizon_ends_on: row.horizonEndsOn,
	envelopes: parts.envelopes,
	undertakings: parts.undertakings,
	indicators: parts.indicators,
	agreements: parts.agreements
});
