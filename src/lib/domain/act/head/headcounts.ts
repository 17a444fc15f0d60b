import { buildCountReader } from '#lib/domain/act/head/count-tokens.ts';

export type HeadcountRole =
	| 'members'
	| 'inOffice'
	/** How many there are, where the act does not say whether by law or in office. */
	| 'all'
	| 'present'
	| 'represented'
	| 'proxies'
	| 'absent'
	| 'voting'
	| 'other';

/** `présents`, `présent(e)s`, `présent.e.s`. */
const many = (stem: string): string => `${stem}(?:[.(·-]?e?[)]?[.(·-]?s?[)]?)`;
const ROLE =
	'(?: titulaires?| suppleants?| municipaux| communautaires| metropolitains| departementaux| regionaux| syndicaux)';
const PERSONS = `(?:conseill(?:er|ere)s?|membres?|delegues?|elus?|administrateurs?|sieges?|representants?)${ROLE}?`;

/** Reads the numbers of those who sit, are there, are away or vote. */
export const readHeadcounts = buildCountReader<HeadcountRole>({
	labels: [
		// “à l’unanimité des 19 membres présents ou représentés”: so many voted.
		[
			'voting',
			`(?:membres|conseillers|delegues|administrateurs|elus)? ?${many('present')} (?:et|ou) ${many('represente')}(?<=unanimite (?:des|de ses) [0-9]{1,3} [a-z ]{5,60})`
		],
		[
			'other',
			`(?:re)?presente(?:nt)?(?= +[a-z])(?! (?:et|ou|avec|sans|a la seance|a l'ouverture) )|${many('present')} (?:titulaires?|suppleants?)|${many('present')} (?:et|ou|\\+|/) ?${many('represente')}|(?:${many('absent')}|${many('excuse')}) (?:et|ou|/) ?(?:procurations?|pouvoirs?)|${many('absent')} ou ${many('represente')}|(?:procurations?|pouvoirs?) (?:et|ou|/) ?(?:${many('absent')}|${many('excuse')})|${many('present')}/${many('represente')}|${many('present')} (?:et|ou) ${many('votant')}|quorum(?: legal| fixe| atteint)?|majorite absolue|suffrages exprimes|${many('exprime')}|bulletins? [a-z]+|blancs?(?: et nuls?)?|nuls?|non[- ]?votants?|(?:n'|ne |sans )[a-z' ]{0,30}part (?:au vote|a la deliberation|au scrutin)|pour|contre|abstentions?`
		],
		[
			'proxies',
			`${many('absent')}[a-z ,()]{0,20} (?:ayant|qui ont|avec) ?(?:donne )?(?:un |leur )?(?:pouvoir|procuration|mandat)s?|(?:ayant|ont) donne (?:un |leur )?(?:pouvoir|procuration|mandat)s?|(?:pouvoirs?(?! [a-z]{3,12}(?:er|ir)(?![a-z]))|procurations?|mandats?|delegations? de vote)(?:\\(s\\))?(?: donnes?| donnees?| remis| ecrits?| valables?)?`
		],
		[
			'absent',
			`${many('absent')} (?:non ${many('excuse')}|non ${many('represente')}|sans (?:pouvoir|procuration)|(?:et )?${many('excuse')})|${many('absent')}|${many('excuse')}`
		],
		['represented', `(?:${many('absent')} (?:et )?)?${many('represente')}`],
		['inOffice', '(?:effectif )?en exercice|en fonctions?'],
		[
			'voting',
			`${many('votant')}|(?:ayant|qui ont|ont|a) (?:pris )?part (?:au vote|a la deliberation|aux deliberations|au scrutin)|ayant pris part|prenant part au vote|presents? a l'appel nominal et votants`
		],
		[
			'members',
			`afferents?(?: (?:au|a l'|a la) ?(?:conseil|comite|bureau|assemblee)(?: municipal| communautaire| syndical| metropolitain)?)?|(?:membres|conseillers|delegues) (?:du|de la|au|composant le|composant l'|que compte le) (?:conseil|comite|bureau|commission)(?:(?! en exercice)[a-z' ]){0,40}?(?=[ ]*[:0-9])|(?:conseillers|membres|delegues)${ROLE}? (?:elus|legaux|en droit)|effectif (?:legal|du conseil[a-z ]{0,20}?)(?=[ :]*[0-9])`
		],
		[
			'all',
			`(?:nombre|nbre|nb)\\.? (?:de |des |total de )(?:conseillers|membres|delegues|sieges)${ROLE}?(?=[ ]*(?:[:=][ ]*)?[0-9])|(?:membres|conseillers|delegues)(?= ?: ?[0-9])`
		],
		[
			'present',
			`${many('present')}(?: (?:participant|ayant participe|prenant part) au vote| a la seance| a l'ouverture(?: de la seance)?| en seance| physiquement| avec voix deliberative)?`
		]
	],
	around: `avec voix deliberative|a voix deliberative|au jour de la seance|a ce jour|nombre|nbre|nb|nbr|total|de|des|du|d|l|la|le|les|${PERSONS}|legal|legaux|est|etait|sont|etaient|soit|fixe|a|au|ont|vote|s|titulaires|municipaux|communautaires|conseil|municipal|communautaire|effectif|actuellement|present(?=s? :)`
});
