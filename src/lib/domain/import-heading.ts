import type { FieldChoice, ImportField } from '#lib/domain/import-field.ts';
import { plainWords } from '#lib/domain/import-cell.ts';

/** What a heading may mean and how surely: 3 is the heading of our model, 1 is a word in passing. */
export type Guess = { field: ImportField; sureness: 1 | 2 | 3 };

/** Says that the amounts below are not in euros: reading them would be wrong by a thousand. */
export const isInThousands = (heading: string): boolean =>
	/\b(k ?€|k ?euros?|keuros?|m ?€|meuros?|milliers?|millions?|kilo ?euros?)(?![\p{L}\p{N}])/iu.test(
		heading
	);

/** What a heading is taken for by its words, whatever their accents, case and order. */
export function guessField(heading: string, choices: readonly FieldChoice[]): Guess | null {
	const words = plainWords(heading);
	if (words === '' && !heading.includes('€')) return null;
	const exact = choices.find((choice) => choice.words.includes(words));
	if (exact) return { field: exact.field, sureness: 3 };
	const known = new Set(choices.map(({ field }) => field));
	const said = RULES.find(
		({ field, says, unless }) =>
			known.has(field) && says.test(words) && !(unless?.test(words) ?? false)
	);
	if (said) return { field: said.field, sureness: said.sureness };
	if (heading.includes('€') && !NOT_PAID.test(words)) return { field: 'amount', sureness: 1 };
	return guessCount(words, choices);
}

type Rule = { field: ImportField; sureness: 1 | 2; says: RegExp; unless?: RegExp };

const PAID =
	/\b(verses?|versees?|versements?|decaisses?|decaissements?|payes?|payees?|paiements?|debourses?|regles?)\b/;
const COUNTED = /\b(nombre|nb|nbre|quantite|effectif)\b/;
const NOT_PAID =
	/\b(prevus?|prevues?|prevision|previsionnels?|engages?|engagements?|cumuls?|cumules?|restes?|restants?|budgets?|budgete|promis|plafonds?|soldes?|date|dates|total|taux|nombre|nb|moyens?|theoriques?|demandes?|n 1|conventionnes?|unitaires?)\b/;

/** In this order: the first that fits. */
const RULES: readonly Rule[] = [
	{ field: 'key', sureness: 2, says: /^(cle|cle de ligne|cle ne pas modifier)$/ },
	{ field: 'comment', sureness: 2, says: /\b(commentaires?|observations?|remarques?)\b/ },
	{ field: 'corrects', sureness: 2, says: /\b(corrige|corrigee|rectifie|regularise)\b/ },
	{
		field: 'period',
		sureness: 2,
		says: /\b(date|dates|mois|periodes?|trimestres?|semestres?|jour)\b/,
		unless: /\b(montant|verses?|versees?|naissance|signature|convention|agrement)\b(?!.*\bdate\b)/
	},
	{ field: 'amount', sureness: 2, says: PAID, unless: NOT_PAID },
	{ field: 'landlord', sureness: 2, says: /\b(bailleurs?|maitre d ouvrage|maitrise d ouvrage)\b/ },
	{ field: 'commune', sureness: 2, says: /\b(communes?|villes?|insee)\b/ },
	{
		field: 'label',
		sureness: 2,
		says: /\b(mesures?|operations?)\b/,
		unless: /\b(montant|code|numero|date|nombre|nb|type|statut|euros?)\b/
	},
	{
		field: 'amount',
		sureness: 1,
		says: /\b(montants?|sommes?|euros?|eur)\b/,
		unless: NOT_PAID
	},
	{
		field: 'label',
		sureness: 1,
		says: /\b(dispositifs?|actions?|intitules?|libelles?|designations?|lignes?|objet|residences?|programmes?|natures?)\b/,
		unless: /\b(montant|code|numero|date|nombre|nb|type|statut|euros?|agrees?|livres?)\b/
	}
];

const STAGE_WORDS: Record<string, RegExp> = {
	programmed: /\b(programmes?|prevus?)\b/,
	approved: /\b(agrees?|agrements?|finances?)\b/,
	started: /\b(chantier|demarres?|commences?|os)\b/,
	delivered: /\b(livres?|livraisons?)\b/
};
const UNIT_WORDS: Record<string, RegExp> = {
	aids: /\b(aides?|garanties?|dossiers?)\b/,
	households: /\b(menages?|foyers?)\b/,
	dwellings: /\b(logements?|logts?|lgts?)\b/
};

/** A count by its unit, product and stage. Only where a single column of the declaration fits. */
function guessCount(words: string, choices: readonly FieldChoice[]): Guess | null {
	const counts = choices.filter(({ field }) => field.startsWith('count:'));
	const fitting = counts.filter(({ field }) => fits(words, field));
	const [one] = fitting.length === 1 ? fitting : [];
	if (one) return { field: one.field, sureness: 2 };
	const [only] = counts.length === 1 ? counts : [];
	return only && /^(nombre|nb|nbre|quantite|effectif|volume)$/.test(words)
		? { field: only.field, sureness: 1 }
		: null;
}

function fits(words: string, field: ImportField): boolean {
	const [unit = '', product = '-', stage = '-'] = field.slice('count:'.length).split('.');
	const names = words.split(' ');
	const saysUnit = UNIT_WORDS[unit]?.test(words) ?? false;
	if (product === '-' && stage === '-') {
		// `Montant des aides` is money, `aides` alone might be: a count says that it is one, or nothing else.
		return saysUnit && (COUNTED.test(words) || /^(aides|menages|logements|garanties)$/.test(words));
	}
	return (
		(product === '-' || names.includes(product.toLowerCase())) &&
		(stage === '-' || (STAGE_WORDS[stage]?.test(words) ?? false))
	);
}
