import type { AmountKind } from '#lib/domain/act/reading.ts';
import type { Span } from '#lib/domain/act/text.ts';

/** What the words around an amount make of it. Places are those of the plain form. */
export type AmountSetting = {
	kind: Exclude<AmountKind, 'derived'>;
	per: 'year' | 'month' | 'quarter' | null;
	/** The unit of a rate, where it stands or as it is named. */
	unit: Span | string | null;
	tax: 'excluded' | 'included' | null;
};

const BEFORE = 140;
const AFTER = 70;

/** Reads what stands before and after an amount, no further than its neighbours and its sentence. */
export function settingOf(plain: string, amount: Span, from: number, to: number): AmountSetting {
	const before = leadOf(plain, Math.max(from, amount.start - BEFORE), amount.start);
	const after = sequelOf(plain, amount.end, Math.min(to, amount.end + AFTER));
	const tax = taxOf(before, after);
	const mark = TAX_AFTER.exec(after)?.[0].length ?? 0;
	const sequel = after.slice(mark);
	const unit = unitAfter(sequel, amount.end + mark) ?? unitBefore(before);
	const bound = boundOf(before, sequel);
	if (unit) return { kind: bound === 'amount' ? 'rate' : bound, per: null, unit, tax };
	return { kind: bound, per: recurrenceOf(before, sequel), unit: null, tax };
}

const TAX =
	'h\\.? ?t\\.?(?![a-z])|hors tax(?:es?|e)|t\\.? ?t\\.? ?c\\.?(?![a-z])|toutes taxes comprises|tva comprise';
const TAX_AFTER = new RegExp(`^ {0,2}[(]?(?:${TAX})[)]?`);
const TAX_BEFORE = new RegExp(`\\b(?:${TAX})(?=[^a-z]|$)(?![^]*\\b(?:${TAX})(?=[^a-z]|$))`);

/** What is said of the amount before: its tax, and how often it comes back. */
const OF_THE_LAST = new RegExp(
	`^ ?(?:[(]?(?:${TAX})[)]?)? ?(?:(?:/ ?|par |chaque |l'|le |la |du |de l')(?:an|annee|mois|trimestre|m[23²³]|[a-z]+(?: (?:carre|lineaire|cube))?)|annuel(?:le)?s?|mensuel(?:le)?s?)?(?![a-z])`
);

/** The words before it in its sentence, on one line. */
function leadOf(plain: string, from: number, to: number): string {
	const words = plain.slice(from, to);
	const ends = [...words.matchAll(SENTENCE_END)].at(-1);
	const own = ends ? words.slice(ends.index + ends[0].length) : words.replace(OF_THE_LAST, '');
	return own.replace(/\s+/g, ' ');
}

function sequelOf(plain: string, from: number, to: number): string {
	const words = plain.slice(from, to);
	const end = SENTENCE_END.exec(words)?.index ?? words.length;
	SENTENCE_END.lastIndex = 0;
	return words.slice(0, end).replace(/\n/g, ' ');
}

const SENTENCE_END = /[;!?](?=\s)|(?<=[a-z0-9)]{2})\.\s|\n[ |]*\n|\n[ |]*(?:-|•|o |\d{1,2}[.)°])/g;

function taxOf(before: string, after: string): AmountSetting['tax'] {
	const mark = TAX_AFTER.exec(after)?.[0] ?? TAX_BEFORE.exec(before.slice(-60))?.[0];
	if (mark === undefined) return null;
	return /^[ (]*h/.test(mark) ? 'excluded' : 'included';
}

const YEAR = 'an|ans|annee|exercice|annuel(?:le)?s?|annuellement';
const THINGS = [
	'habitants?|hab|logements?|logts?|lgts?|enfants?|eleves?|personnes?|pers|agents?|repas|nuits?|nuitees?',
	'jours?|journees?|demi-journees?|heures?|h|seances?|semaines?|semestres?|m[23²³]|ml|km|kms',
	'metres?(?: (?:carres?|cubes?|lineaires?))?|kilometres?|tonnes?|kg|kilos?|kwh|mwh|kwc?|kva|litres?|unites?',
	'adherents?|licencies?|places?|foyers?|menages?|familles?|vehicules?|emplacements?|stagiaires?|participants?',
	'usagers?|abonnes?|abonnements?|tickets?|entrees?|visites?|visiteurs?|dossiers?|candidats?|electeurs?',
	'exemplaires?|pages?|copies?|photocopies?|salaries?|postes?|parcelles?|hectares?|ha|ares?|arbres?|tetes?',
	'beneficiaires?|allocataires?|etudiants?|couverts?|passages?|interventions?|vacations?|classes?|sessions?|cours',
	'ateliers?|representations?|spectacles?|concerts?|manifestations?|locations?|tables?|chaises?|stands?|cases?',
	'pieces?|animal|animaux|bacs?|conteneurs?|sacs?|badges?|cartes?|cles?|documents?|etp|berceaux?|lits?|chambres?',
	'appartements?|maisons?|garages?|voyages?|trajets?|compteurs?|branchements?|raccordements?|jeunes?|collegiens?',
	'lyceens?|apprentis?|benevoles?|adultes?|steres?|lots?|points? lumineux|prises?|mandats?|bulletins?'
].join('|');
const MEASURES =
	'm[23²³]|metre(?: (?:carre|cube|lineaire))?|ml|km|kilometre|tonne|kg|kilo|kwh|mwh|litre|heure|journee|demi-journee|nuit|nuitee|repas|unite|entree|place|seance|piece|ticket|semaine|cours|page|copie|exemplaire|stere|hectare|personne|carte|jour';

const PER_THING = new RegExp(
	`^(?: {1,3}(?:et )?(?:par|/) ?(?:an|annee|mois)\\b| ?/ ?(?:an|mois)\\b)?(?:,? {0,3}(?:et )?(?:par|pour chaque) (?:chaque )?(${THINGS})(?![a-z])| ?/ ?(${THINGS}|(?!ht|tt)[a-z]{2,20})(?![a-z])| {1,3}(?:le |la |les |l'|du |de l')(${MEASURES})(?![a-z]))`
);

/** `1 €/habitant`, `5 € le m²`, `0,50 € par repas`: the unit as the act writes it. */
function unitAfter(after: string, from: number): Span | null {
	const found = PER_THING.exec(after);
	const unit = found?.[1] ?? found?.[2] ?? found?.[3];
	if (!found || !unit || new RegExp(`^(?:${YEAR}|mois|trimestre)$`).test(unit)) return null;
	const end = from + found[0].length;
	return { start: end - unit.length, end };
}

const LINK =
	"(?:[ :=]+(?:de|du|des|la|le|les|un|une|a|au|aux|en|est|sont|sera|serait|soit|fixee?s?|porte[es]?|estimee?s?|evaluee?s?|arretee?s?|etablie?s?|hauteur|montant|somme|total|totale|global|globale|net|nette|brut|brute|moyen|moyenne|annuel|annuelle|mensuel|mensuelle|ht|ttc|par an|depenses?|subventionnables?|eligibles?|previsionnel|previsionnelle|prise? en charge|budget|enveloppe|aide|subvention|participation|cout|credits?|environ|travaux)(?=[ :=]|$)|[ :=]+d'(?:un|une|environ|aide|intervention|achat)?(?=[ :=]|$))*[ :='(]*$";

const NAMED_UNITS: readonly [RegExp, string][] = [
	[new RegExp(`\\b(?:horaires?|a l'heure)${LINK}`), 'heure'],
	[new RegExp(`\\b(?:journalier|journaliere|a la journee)s?${LINK}`), 'jour'],
	[new RegExp(`\\bkilometriques?${LINK}`), 'kilomètre'],
	[new RegExp(`\\b(?:unitaires?|a l'unite)${LINK}`), 'unité'],
	[new RegExp(`\\b(?:au|du|le) (?:m[2²]|metre carre)${LINK}`), 'm²'],
	[new RegExp(`\\b(?:au|du|le) (?:ml|metre lineaire)${LINK}`), 'ml']
];
const THING_BEFORE = new RegExp(`\\bpar (${THINGS})${LINK}`);

/** `12 345 habitants x 1,50 €`. */
const TIMES = new RegExp(`\\b(${THINGS}) ?[x×] $`);

/** `taux horaire de 25 €`, `une contribution par habitant de 1,50 €`. */
function unitBefore(before: string): string | null {
	const named = NAMED_UNITS.find(([pattern]) => pattern.test(before))?.[1];
	return named ?? THING_BEFORE.exec(before)?.[1] ?? TIMES.exec(before)?.[1] ?? null;
}

const RECURRENCES: readonly [AmountSetting['per'], string, string][] = [
	['year', 'an|annee|exercice', 'annuel(?:le)?s?|annuellement'],
	['month', 'mois', 'mensuel(?:le)?s?|mensuellement'],
	['quarter', 'trimestre', 'trimestriel(?:le)?s?|trimestriellement']
];
const RECURS = RECURRENCES.map(([per, noun, adjective]) => ({
	per,
	after: new RegExp(
		`^ ?l'an(?![a-z]| ?\\d)|^(?:[^,;.()]{0,30}?,?)? ?(?:/ ?|\\bpar |\\bchaque )(?:${noun})(?![a-z]| ?\\d)|^ {1,3}(?:net |nette |maximum |en moyenne )?(?:${adjective})(?![a-z])`
	),
	before: new RegExp(
		`(?<!(?:rapport|bilan|programme|compte|fete|salon|assemblee|congres|exercice|tableau|entretien)s? )\\b(?:(?:${adjective})|(?:par|chaque) (?:${noun}))(?![a-z])[^,;.()\\d]{0,70}$`
	)
}));

/** Whether it comes back every year, month or quarter. */
function recurrenceOf(before: string, after: string): AmountSetting['per'] {
	return RECURS.find((one) => one.after.test(after) || one.before.test(before))?.per ?? null;
}

const CEILING_AFTER =
	/^ {0,3}[,(]? ?(?:net |par an |annuels? |\/ ?an )?(?:maximum|maximal|maxi|max|au (?:maximum|plus)|plafond|plafonnes?)(?![a-z])/;
const CEILING_BEFORE = new RegExp(
	`\\b(?:plafond|plafonnee?|plafonnement|limitee?|limite|maximum|maxima|maximale?|maxi|max|au plus|jusqu'a|concurrence|inferieure?|pas plus|(?<!\\b(?:au|du) )moins)s?(?: ou egale?s?)?${LINK}`
);
const EXCEEDS = new RegExp(
	`\\b(?:exceder?|excedera|excederont|excedant|depasser?|depassera|depasseront|depassant|superieure?s?|plus)(?: pas)?${LINK}`
);
const NEVER = /(?:\bne\b|\bn'|\bsans\b|\bpas\b)[^,;]{0,60}$/;

/** A ceiling, or a plain amount; what a sum must at least reach is written in full, and stays one. */
function boundOf(before: string, after: string): 'amount' | 'ceiling' {
	const exceeds = EXCEEDS.exec(before);
	if (exceeds && NEVER.test(before.slice(0, exceeds.index + exceeds[0].length))) return 'ceiling';
	if (CEILING_AFTER.test(after) || CEILING_BEFORE.test(before)) return 'ceiling';
	return 'amount';
}
