/** Words that end like a plural and are none, or say no number of things. */
const NO_THINGS = new Set(
	`dans pas plus moins mois ans annees apres sous vers les des nos ses leurs sans alors depuis puis jours heures
	fois euros francs voix deux trois six dix tous toutes divers diverses hors sis mars semaines minutes secondes
	trimestres semestres exercices siecles metres kilometres hectares ares centiares grammes kilos tonnes litres
	pages alineas articles lignes centimes degres dixiemes centiemes suivants suivantes precedents precedentes
	premiers premieres derniers dernieres prochains prochaines membres conseillers conseilleres presents presentes
	absents absentes votants suffrages pouvoirs procurations abstentions delegues deleguees elus elues excuses
	representes exprimes millions milliards milliers centaines dizaines pourcents cents quatre-vingts annuites
	situees situes sises cadastrees cadastres relatives relatifs portant nous vous ils elles lors temps cas fins
	ter bis cours quais allees avenues demi-journees journees jours-ouvrables nuits watts volts pas-de-porte
	francais euro-annees kms m2s ours hors-taxes titulaires-presents codes suppleants mesures-abrogees`.split(
		/\s+/
	)
);
NO_THINGS.delete('cours');

/** Counted in words, these say how a text or a sum is made, and no number of things. */
const NO_THINGS_IN_WORDS = new Set(
	`exemplaires parties points volets titres versements tranches temps phases etapes axes objectifs parts cotes
	membres assesseurs scrutateurs dernieres premieres autres textes personnes-qualifiees`.split(/\s+/)
);

const SINGULAR =
	/^(?:logement|poste|agent|aide|menage|place|classe|eleve|emploi|appartement|maison|vehicule|association|dossier|demande|projet|enfant|famille|habitant|salarie|lot|local|terrain|operation|etp|beneficiaire|pavillon|studio|t[1-6]|plus|plai|pls)$/;

/** Whether a word, written after a number, names what is counted. */
export function isCountable(word: string, value: number, isInWords: boolean): boolean {
	if (word === 'etp') return true;
	if (value < 2 && !isInWords) return SINGULAR.test(word);
	if (word.length < 3 || !/[sxz]$/.test(word) || NO_THINGS.has(word)) return false;
	return !isInWords || !NO_THINGS_IN_WORDS.has(word);
}
