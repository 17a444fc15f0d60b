import { isCash, type EnvelopeSituation, type Measures } from '#lib/domain/envelope.ts';
import { formatEuros, type Cents } from '#lib/domain/money.ts';
import { formatPoints, formatRate, NOT_AVAILABLE } from '#lib/domain/rate.ts';
import type { Trend } from '#lib/domain/trend.ts';
import { typeset } from '#lib/domain/typography.ts';

/** The figures that the pages show, by their name in an address. */
export type FigureSlug =
	| 'promis'
	| 'engage'
	| 'recu'
	| 'verse'
	| 'reste-a-engager'
	| 'engage-non-verse'
	| 'reste-a-verser'
	| 'taux-execution'
	| 'taux-plan'
	| 'temps-ecoule'
	| 'ecart'
	| 'tendance';

/** A figure, defined once: what it is called, what it says, how it is computed, and by whose rule. */
export type FigureDefinition = {
	name: string;
	/** One sentence for a finance officer. */
	definition: string;
	/** The formula in words. */
	formula: string;
	/** Where the rule comes from. */
	source: string;
	/** The figure as it is shown, for one envelope or for several together. */
	show: (measures: Measures, trend: Trend | null) => string;
};

const TENU = 'Règle de tenu, la même sur toutes les pages.';

export const FIGURES: Readonly<Record<FigureSlug, FigureDefinition>> = {
	promis: define({
		name: 'Promis',
		definition: 'Ce que les actes en vigueur promettent à la date choisie, avenants compris.',
		formula: 'somme des dotations dont la date d’effet est atteinte',
		source:
			'Délibérations et conventions ; chaque avenant est une dotation de plus, avec son signe.',
		show: amount('promisedCents')
	}),
	engage: define({
		name: 'Engagé',
		definition: 'Ce qui est réservé par une décision ou un contrat, que ce soit déjà versé ou non.',
		formula: 'somme des engagements à la date choisie',
		source: 'Chaîne de la dépense, nomenclature M57 : l’engagement précède le paiement.',
		show: amount('committedCents')
	}),
	recu: define({
		name: 'Reçu',
		definition: 'Ce que la métropole a encaissé d’un financeur pour le verser ensuite.',
		formula: 'somme des encaissements à la date choisie',
		source: 'Nomenclature M57 ; une recette n’est jamais une dépense et ne s’y ajoute pas.',
		show: amount('receivedCents')
	}),
	verse: define({
		name: 'Versé',
		definition: 'Ce qui est parvenu aux bénéficiaires, tel que payé ou déclaré par le partenaire.',
		formula: 'somme des versements à la date choisie',
		source: 'Paiements de la métropole ; hors budget, déclarations du partenaire.',
		show: amount('disbursedCents')
	}),
	'reste-a-engager': define({
		name: 'Reste à engager',
		definition: 'Ce qui est promis et n’est encore réservé pour personne.',
		formula: 'promis − le plus grand de l’engagé et du versé',
		source: 'Nomenclature M57 : autorisé moins engagé ; un versement sans engagement compte aussi.',
		show: amount('leftToCommitCents')
	}),
	'engage-non-verse': define({
		name: 'Engagé, à verser',
		definition: 'Ce qui est réservé et n’a pas encore été versé.',
		formula: 'engagé − versé, jamais moins de zéro',
		source: 'Nomenclature M57 : reste à mandater.',
		show: amount('committedNotDisbursedCents')
	}),
	'reste-a-verser': define({
		name: 'Reste à verser',
		definition: 'Ce qui est promis et n’a pas encore été versé, engagé ou non.',
		formula: 'promis − versé',
		source: TENU,
		show: amount('leftToDisburseCents')
	}),
	'taux-execution': define({
		name: 'Taux d’exécution',
		definition:
			'La part de la promesse qui est versée ; au-delà de 100 %, la promesse est dépassée.',
		formula: 'versé ÷ promis',
		source: TENU,
		show: ({ executionRate }) => formatRate(executionRate)
	}),
	'taux-plan': define({
		name: 'Taux de réalisation du plan',
		definition: 'La part versée de ce que l’échéancier prévoyait de verser à la date choisie.',
		formula: 'versé ÷ échéances dues',
		source: 'Échéancier de la convention en vigueur ; non disponible quand il n’y en a pas.',
		show: ({ planRate }) => formatRate(planRate)
	}),
	'temps-ecoule': define({
		name: 'Temps écoulé',
		definition: 'La part de la période qui est passée, le jour choisi compris.',
		formula: 'jours écoulés ÷ jours de la période',
		source: `${TENU} Pour plusieurs enveloppes, moyenne pondérée par le promis.`,
		show: ({ timeElapsed }) => formatRate(timeElapsed)
	}),
	ecart: define({
		name: 'Écart au rythme attendu',
		definition:
			'L’avance (+) ou le retard (−) du versé sur ce qui était attendu, en points du promis.',
		formula: 'taux d’exécution − part attendue : échéances dues ÷ promis, sinon temps écoulé',
		source: `${TENU} Les deux parts ont le même dénominateur, le promis.`,
		show: ({ gapPoints }) => formatPoints(gapPoints)
	}),
	tendance: define({
		name: 'Tendance',
		definition: 'Ce qui serait versé à l’échéance si le rythme des douze derniers mois continuait.',
		formula: 'versé + moyenne mensuelle des douze derniers mois × mois restants',
		source: `${TENU} Fourchette : huit tirages sur dix, les mois restants étant tirés parmi les mois passés.`,
		show: (_measures, trend) => (trend === null ? NOT_AVAILABLE : formatEuros(trend.expectedCents))
	})
};

export const FIGURE_SLUGS = Object.keys(FIGURES) as FigureSlug[];

/** Whether an address names a figure. */
export const isFigureSlug = (text: string): text is FigureSlug => Object.hasOwn(FIGURES, text);

/**
 * Whether an envelope counts in a figure of several. A guarantee is not cash; only earmarked revenue is
 * received; only where a plan was agreed can it be kept. What does not apply is left out, not zero.
 */
export function isCountedIn(slug: FigureSlug, situation: EnvelopeSituation): boolean {
	if (!isCash(situation)) return false;
	if (slug === 'recu') return situation.circuit === 'earmarked_revenue';
	return slug !== 'taux-plan' || situation.instalmentsDueCents !== null;
}

type AmountName = {
	[Name in keyof Measures]: Measures[Name] extends Cents ? Name : never;
}[keyof Measures];

function amount(name: AmountName): FigureDefinition['show'] {
	return (measures) => formatEuros(measures[name]);
}

function define(figure: FigureDefinition): FigureDefinition {
	const { name, definition, formula, source, show } = figure;
	return {
		name,
		definition: typeset(definition),
		formula: typeset(formula),
		source: typeset(source),
		show
	};
}
