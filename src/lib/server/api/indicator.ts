import { z } from 'zod';
import { toDecimal } from '#lib/domain/money.ts';
import type { IndicatorRow, ObservationRow } from '#lib/server/indicators/queries.ts';
import { buildCitation, cited } from './citation.ts';
import { amount, day, field, identifier } from './fields.ts';

const observationSchema = z
	.object({
		value: field(
			z.union([amount, z.number()]),
			'La valeur. Un texte en euros avec deux décimales si l’unité est `euros`, sinon un nombre. Un pourcentage est donné en points (52 pour 52 %).',
			'4200000.00',
			268
		),
		period: field(
			z.object({
				starts_on: field(day, 'Premier jour de la période.', '2017-01-01'),
				ends_on: field(day, 'Dernier jour de la période.', '2019-12-31')
			}),
			'La période que la valeur décrit, bornes comprises.'
		),
		product: field(
			z.enum(['PLAI', 'PLUS', 'PLS', 'LI']).nullable(),
			'Produit de logement. PLAI, PLUS et PLS sont du logement social, LI (intermédiaire) n’en est pas.'
		),
		stage: field(
			z.enum(['programmed', 'approved', 'started', 'delivered']).nullable(),
			'Étape. `programmed` (programmé), `approved` (agréé), `started` (mis en chantier), `delivered` (livré). Les étapes ne s’additionnent pas.'
		),
		commune: field(z.string().nullable(), 'Code INSEE de la commune.', '21231'),
		district: field(z.string().nullable(), 'Nom du quartier.', 'le Mail'),
		operation: field(z.string().nullable(), 'Nom de l’opération.'),
		provisional: field(z.boolean(), 'Pas encore validée par la direction des finances.', false),
		fictitious: field(z.boolean(), 'Donnée fictive de démonstration.', false),
		citation: cited
	})
	.meta({ id: 'Observation', description: 'Une valeur d’un indicateur, pour une période.' });

export const indicatorSchema = z
	.object({
		id: field(identifier, 'Identifiant de l’indicateur.'),
		label: field(z.string(), 'Ce qui est compté.', 'Aides à l’accession et aux travaux'),
		unit: field(
			z.enum(['euros', 'aids', 'households', 'dwellings', 'percent']),
			'Unité des valeurs. `euros`, `aids` (aides), `households` (ménages), `dwellings` (logements), `percent` (points de pourcentage).'
		),
		envelope: field(
			identifier.nullable(),
			'Identifiant de l’enveloppe concernée. Nul si l’indicateur parle de tout le programme.'
		),
		included: field(
			z.boolean(),
			'Déjà compris dans un autre indicateur, donc à ne pas ajouter aux autres.',
			false
		),
		baseline: field(z.array(observationSchema), 'Valeurs de référence, avant le programme.'),
		target: field(z.array(observationSchema), 'Valeurs visées.'),
		actual: field(z.array(observationSchema), 'Valeurs constatées dont la période est finie.')
	})
	.meta({
		id: 'Indicator',
		description: 'Ce que l’on compte pour savoir si une promesse est tenue, à la date demandée.'
	});

export type Observation = z.infer<typeof observationSchema>;
export type Indicator = z.infer<typeof indicatorSchema>;

export function buildIndicator(
	row: IndicatorRow,
	observations: readonly ObservationRow[]
): Indicator {
	const ofKind = (kind: ObservationRow['kind']): Observation[] =>
		observations.filter((observation) => observation.kind === kind).map(buildObservation);
	return {
		id: row.id,
		label: row.label,
		unit: row.unit,
		envelope: row.envelopeId,
		included: row.included,
		baseline: ofKind('baseline'),
		target: ofKind('target'),
		actual: ofKind('actual')
	};
}

function buildObservation(row: ObservationRow): Observation {
	return {
		value: valueOf(row),
		period: { starts_on: row.periodStartsOn, ends_on: row.periodEndsOn },
		product: row.product,
		stage: row.stage,
		commune: row.communeCode,
		district: row.district,
		operation: row.operation,
		provisional: row.provisional,
		fictitious: row.fictitious,
		citation: buildCitation(row.citation)
	};
}

/** The database keeps exactly one of the two. */
function valueOf({ id, amountCents, number }: ObservationRow): string | number {
	if (amountCents !== null) return toDecimal(amountCents);
	if (number === null) throw new Error(`observation ${id} has no value`);
	return number;
}
