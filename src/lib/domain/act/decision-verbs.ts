/** The verbs by which councils decide, as their acts conjugate them, in the plain form of a text. */

const REGULAR =
	'abroger accepter accorder acter actualiser admettre adopter adhérer affecter affirmer ajourner ajouter ajuster allouer annuler appeler appliquer apporter approuver appuyer arrêter assurer attribuer augmenter autoriser céder certifier charger classer commander compléter concéder confier confirmer constater constituer contracter créer décider déclarer déclasser déléguer demander déroger désaffecter désigner déterminer diminuer dispenser donner échanger encourager engager entériner exercer exonérer exprimer financer fixer habiliter imputer incorporer indiquer instaurer instituer intégrer inviter lancer lever limiter louer majorer mandater modifier nommer noter octroyer opter organiser participer passer porter préciser prélever présenter procéder proclamer proposer proroger ratifier réaffirmer réaliser réclamer reconnaître recruter refuser régulariser rejeter remplacer remercier renoncer renouveler reporter retirer réserver réviser signer solliciter souhaiter supprimer suspendre transférer utiliser valider verser viser voter associer apurer clôturer communiquer conférer convoquer dénommer élaborer notifier opposer préempter prolonger prononcer publier rapporter rectifier réitérer rembourser résilier restituer solder subventionner';

const IRREGULAR: readonly [string, string][] = [
	['admet', 'admettre'],
	['appelle', 'appeler'],
	['rappelle', 'rappeler'],
	['construit', 'construire'],
	['reduit', 'réduire'],
	['soutient', 'soutenir'],
	['tient', 'tenir'],
	['reconnait', 'reconnaître'],
	['rejette', 'rejeter'],
	['renouvelle', 'renouveler'],
	['suspend', 'suspendre'],
	['vend', 'vendre'],
	['acquiert', 'acquérir'],
	['choisit', 'choisir'],
	['conclut', 'conclure'],
	['consent', 'consentir'],
	['definit', 'définir'],
	['dit', 'dire'],
	['elit', 'élire'],
	['emet', 'émettre'],
	['etablit', 'établir'],
	['etend', 'étendre'],
	['garantit', 'garantir'],
	['inscrit', 'inscrire'],
	['maintient', 'maintenir'],
	['met', 'mettre'],
	['ouvre', 'ouvrir'],
	['poursuit', 'poursuivre'],
	['prend acte', 'prendre acte'],
	['prend en charge', 'prendre en charge'],
	['prend connaissance', 'prendre connaissance'],
	['prescrit', 'prescrire'],
	['prevoit', 'prévoir'],
	['reconduit', 'reconduire'],
	['rend', 'rendre'],
	['repartit', 'répartir'],
	['retient', 'retenir'],
	['saisit', 'saisir'],
	['souscrit', 'souscrire'],
	['soumet', 'soumettre'],
	['sursoit', 'surseoir'],
	['transmet', 'transmettre']
];

const bare = (word: string): string => word.normalize('NFD').replace(/[\u0300-\u036f]/g, '');

const REGULAR_VERBS = REGULAR.split(' ');

const INFINITIVES = new Map<string, string>([
	...REGULAR_VERBS.map((verb): [string, string] => [bare(verb), verb]),
	...IRREGULAR.map(([, verb]): [string, string] => [bare(verb), verb])
]);

const THIRD_PERSON = new Map<string, string>([
	...REGULAR_VERBS.filter((verb) => verb.endsWith('er')).flatMap((verb): [string, string][] => [
		[bare(verb).slice(0, -1), verb],
		[`${bare(verb).slice(0, -1)}nt`, verb]
	]),
	...IRREGULAR
]);

/** What may follow a verb: “vote” and “charge” are nouns as well, and a noun has other company. */
const COMPANY =
	"(?=[ ,:(•+-]*(?:\\n|l[' ]|d[' ]|qu[' ]|(?:l[ea]s?|un|une|des?|du|que|au|aux|a|son|sa|ses|leur|ce|cet|cette|ces|en|sur|pour|par|comme|ainsi|tous|toute?s?|monsieur|madame|mme|m\\.|messieurs|mesdames|pouvoir|mandat|delegation|acte|avis|favorable|quitus|aupres|deux|trois|\\d+)(?![a-z])))";

const NOUNS_TOO = new Set([
	'charge',
	'demande',
	'note',
	'reserve',
	'vise',
	'vote',
	'louer',
	'leve'
]);

/** A verb found in a plain form: where it ends, and its infinitive with accents. */
export type FoundVerb = { verb: string; start: number; end: number };

const INFINITIVE =
	/(?:de |d[' ] ?)?((?:ne pas |se |s[' ] ?|m[' ] ?|me |nous |lui |leur |y |en )?)(prendre (?:acte|en charge|connaissance)|[a-z]{3,20}(?:er|ir|re))(?![a-z'-])/y;

/** An infinitive where the text stands, with or without “de”. Others than ours only where they are surely verbs. */
export function infinitiveAt(plain: string, at: number, isSure: boolean): FoundVerb | null {
	INFINITIVE.lastIndex = at;
	const found = INFINITIVE.exec(plain);
	if (!found) return null;
	const [all, before = '', word = ''] = found;
	const known = INFINITIVES.get(word);
	const isVerb = known !== undefined || (isSure && !NOT_VERBS.has(word));
	if (!isVerb) return null;
	const kept = /^(?:ne pas|se|s') ?/.exec(before)?.[0].replace(/' $/, "'") ?? '';
	return { verb: kept + (known ?? word), start: at, end: at + all.length };
}

const NOT_VERBS = new Set(
	'maire titre ordre cadre membre nombre autre notre votre leur genre centre dossier chantier premier dernier quartier loyer foncier financier particulier loisir avenir atelier metier registre septembre octobre novembre decembre janvier fevrier hier entre contre outre ministre theatre lettre'.split(
		' '
	)
);

const WORD = "(s[' ] ?|se )?(prend (?:acte|en charge|connaissance)|[a-z]{3,14})(?![a-z'-])";
const THIRD = new RegExp(WORD + COMPANY, 'y');
const THIRD_ALONE = new RegExp(WORD, 'y');

/** A verb in the third person where the text stands: “approuve la convention”. Where a verb surely stands it needs no company. */
export function thirdPersonAt(plain: string, at: number, isSure: boolean): FoundVerb | null {
	const pattern = isSure ? THIRD_ALONE : THIRD;
	pattern.lastIndex = at;
	const found = pattern.exec(plain);
	const verb = THIRD_PERSON.get(found?.[2] ?? '');
	if (!found || verb === undefined) return null;
	const end = at + found[0].length;
	if (
		NOUNS_TOO.has(found[2] ?? '') &&
		/^\s*(?:[:,]|de |du |des |d'|\n|$)/.test(plain.slice(end, end + 12))
	)
		return null;
	const reflexive = found[1] ? (/^[aeiou]/.test(bare(verb)) ? 's’' : 'se ') : '';
	return { verb: reflexive.replace('’', "'") + verb, start: at, end };
}

/** Verbs that decide even where nobody is said to: “la dépense sera imputée au chapitre 65”. */
const DECIDING = new Set(
	'approuver autoriser charger attribuer accorder adopter affecter créer fixer imputer inscrire désigner nommer prélever modifier abroger déléguer'.split(
		' '
	)
);

const PASSIVE = /\b(?:est|sont|sera|seront) (?:donc )?([a-z]{3,14}?e)(?:s|e|es)?\b/g;

/** “est approuvée”, “sont autorisés”: the verb of a sentence that says it so. */
export function passiveIn(sentence: string): string | null {
	for (const [, participle = ''] of firstOf(sentence).matchAll(PASSIVE)) {
		const verb = THIRD_PERSON.get(participle);
		if (verb && DECIDING.has(verb)) return verb;
	}
	return null;
}

/** To the end of the first sentence: “M.” and “20.000” do not end it. */
const firstOf = (words: string): string =>
	words.slice(0, /(?<!\b(?:m|mm|mme|art))[.;](?=\s|$)/.exec(words)?.index ?? words.length);

/** “d’approuver”, also where the apostrophe was lost: “d approuver”. */
export const beginsWithDe = (plain: string, at: number): boolean =>
	/^d(?:e |[' ])/.test(plain.slice(at, at + 3));

/** Where, within a sentence, another verb in the third person follows the first. */
export const NEXT_THIRD = new RegExp(
	`(?:[,;.] ?|,? et |,? puis |\\n)(?=(?:s[' ] ?)?[a-z]{3,14}(?![a-z'-])${COMPANY})`,
	'g'
);

/** Where what is decided begins after “décide”. */
export function placeAfterDecides(plain: string, { end }: FoundVerb): number {
	return end + (DECIDES_WHAT.exec(plain.slice(end, end + 300))?.[0].length ?? 0);
}

/** What stands between “décide” and what is decided: how the council voted. */
const DECIDES_WHAT =
	/^[ \t]*(?:[,(]? ?(?:a l'unanimite|a la majorite|par \d+ (?:voix|votes)|avec \d+|a main levee|en consequence|donc|egalement)[^:;.\n]{0,120}?(?=[,:)\n]| de [a-z]+(?:er|ir|re)\b| d[' ][a-z]+(?:er|ir|re)\b|$))?[ \t]*[,:)]?[ \t]*(?:[-+•_*] ?)*/;
