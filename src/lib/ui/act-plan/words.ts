import type { PlannedIndicator, PlannedNewParty } from '#lib/domain/act/plan/plan.ts';
import type { Circuit, Instrument, Strength } from '#lib/domain/envelope.ts';

type Choice<Value extends string> = { value: Value; label: string; hint?: string };

export const CIRCUIT_CHOICES: readonly (Choice<Circuit> & { hint: string })[] = [
	{
		value: 'off_budget',
		label: 'Hors budget',
		hint: 'Un partenaire paie lui-même ; rien ne passe par les comptes de la collectivité.'
	},
	{
		value: 'earmarked_revenue',
		label: 'Recette fléchée',
		hint: 'La collectivité encaisse, puis verse pour cet usage et aucun autre.'
	},
	{
		value: 'own_expenditure',
		label: 'Dépense propre',
		hint: 'La collectivité paie sur son propre budget.'
	}
];

export const STRENGTH_CHOICES: readonly (Choice<Strength> & { hint: string })[] = [
	{
		value: 'firm',
		label: 'Un engagement ferme',
		hint: 'La décision accorde ou approuve la somme.'
	},
	{
		value: 'intention',
		label: 'Une intention',
		hint: 'L’exposé des motifs prévoit, souhaite ou envisage ; la décision n’en dit rien.'
	}
];

export const INSTRUMENT_CHOICES: readonly Choice<Instrument>[] = [
	{ value: 'grant', label: 'une subvention' },
	{ value: 'loan', label: 'un prêt' },
	{ value: 'guarantee', label: 'une garantie' },
	{ value: 'service', label: 'un service' }
];

export const PARTY_KIND_CHOICES: readonly Choice<PlannedNewParty['kind']>[] = [
	{ value: 'funder', label: 'un financeur' },
	{ value: 'state', label: 'l’État' },
	{ value: 'authority', label: 'une collectivité' },
	{ value: 'landlord', label: 'un bailleur' },
	{ value: 'operator', label: 'un opérateur' },
	{ value: 'association', label: 'une association' }
];

export const UNIT_CHOICES: readonly Choice<PlannedIndicator['unit']>[] = [
	{ value: 'aids', label: 'aides' },
	{ value: 'households', label: 'ménages' },
	{ value: 'dwellings', label: 'logements' },
	{ value: 'euros', label: 'euros' },
	{ value: 'percent', label: '%' }
];
