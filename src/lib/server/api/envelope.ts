import { z } from 'zod';
import { STATUS_LABELS } from '#lib/domain/assessment.ts';
import { CIRCUIT_LABELS, STRENGTH_LABELS } from '#lib/domain/envelope.ts';
import { toDecimal } from '#lib/domain/money.ts';
import { HIDDEN_ORGANISATION } from '#lib/server/envelopes/queries.ts';
import type { SituatedEnvelope } from '#lib/server/reports/situations.ts';
import { buildCitation, cited } from './citation.ts';
import { amount, day, field, identifier, rate, spell } from './fields.ts';

export const envelopeSchema = z
	.object({
		id: field(identifier, 'Identifiant de l’enveloppe.'),
		label: field(z.string(), 'Nom de l’enveloppe.', 'Parcours résidentiel des salariés'),
		circuit: field(
			z.enum(['off_budget', 'earmarked_revenue', 'own_expenditure']),
			`Le chemin de l’argent. ${spell(CIRCUIT_LABELS)}. Trois circuits qui ne se mêlent pas.`
		),
		strength: field(
			z.enum(['intention', 'firm']),
			`Ce que vaut la promesse. ${spell(STRENGTH_LABELS)}.`
		),
		funder: field(
			z.string().nullable(),
			'Le financeur. Nul si la personne ne peut pas le voir.',
			'Action Logement Services'
		),
		starts_on: field(day, 'Premier jour de l’enveloppe.', '2020-01-01'),
		ends_on: field(day, 'Dernier jour de l’enveloppe.', '2022-12-31'),
		promised: field(amount, 'Promis en vigueur ce jour-là, en euros.', '15000000.00'),
		committed: field(amount, 'Engagé, en euros.', '11200000.00'),
		received: field(
			amount.nullable(),
			'Encaissé par la collectivité, en euros. Une recette n’est jamais une dépense. Nul hors des recettes fléchées, qui seules s’encaissent.',
			'494000.00'
		),
		disbursed: field(amount, 'Versé, en euros.', '9800000.00'),
		left_to_commit: field(
			amount,
			'Reste à engager, en euros. Promis moins le plus grand de l’engagé et du versé.',
			'3800000.00'
		),
		left_to_disburse: field(
			amount,
			'Reste à verser, en euros. Promis moins versé, négatif en cas de dépassement.',
			'5200000.00'
		),
		execution_rate: field(
			rate.nullable(),
			'Taux d’exécution, versé ÷ promis, non arrondi. Nul si rien n’est promis ce jour-là.',
			0.6533333333333333
		),
		time_elapsed: field(
			z.number().min(0).max(1),
			'Part de la période écoulée à la fin de ce jour, de 0 à 1.',
			0.8321167883211679
		),
		plan_rate: field(
			rate.nullable(),
			'Versé ÷ échéances dues, non arrondi. Nul sans échéancier, ou tant que rien n’est dû.',
			0.9331983805668016
		),
		status: field(
			z.enum(['not_in_force', 'overrun', 'ended', 'ending', 'behind', 'ahead', 'on_pace']),
			`Comment va l’enveloppe. ${spell(STATUS_LABELS)}.`
		),
		citation: cited
	})
	.meta({
		id: 'Envelope',
		description:
			'Une somme promise par un financeur pour un objet et une période, à la date demandée.'
	});

export type Envelope = z.infer<typeof envelopeSchema>;

export function buildEnvelope({ facts, situation }: SituatedEnvelope): Envelope {
	return {
		id: facts.id,
		label: facts.label,
		circuit: facts.circuit,
		strength: facts.strength,
		funder: facts.funder === HIDDEN_ORGANISATION ? null : facts.funder,
		starts_on: facts.startsOn,
		ends_on: facts.endsOn,
		promised: toDecimal(situation.promisedCents),
		committed: toDecimal(situation.committedCents),
		received: facts.circuit === 'earmarked_revenue' ? toDecimal(situation.receivedCents) : null,
		disbursed: toDecimal(situation.disbursedCents),
		left_to_commit: toDecimal(situation.leftToCommitCents),
		left_to_disburse: toDecimal(situation.leftToDisburseCents),
		execution_rate: situation.executionRate,
		time_elapsed: situation.timeElapsed,
		plan_rate: situation.planRate,
		status: situation.status,
		citation: buildCitation(facts.citation)
	};
}
