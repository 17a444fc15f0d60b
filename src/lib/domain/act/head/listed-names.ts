import { layOutLists } from '#lib/domain/act/head/list-layout.ts';
import { isSamePerson, readNameList, type NameList } from '#lib/domain/act/head/name-list.ts';
import { openText, type ActText, type Span } from '#lib/domain/act/text.ts';

/** How many names an act lists; null for a list that it has not, or that cannot be counted surely. */
export type ListedNames = { present: number | null; proxies: number | null; absent: number | null };

type Heading = Span & { of: 'present' | 'absent' | 'proxies' | 'represented' | 'end' };

const GROUP =
	'(?:mesdames|messieurs|mmes|mm\\.?|les|membres?|conseiller(?:e)?s|delegues?|elus?|administrateurs?|titulaires|suppleants|municipaux|communautaires|metropolitains|departementaux|regionaux|syndicaux|et|/|,|du conseil(?: [a-z]+)?|ci-apres|suivants|en exercice)';
const many = (stem: string): string => `${stem}(?:[.(·-]?e?[)]?[.(·-]?s?[)]?)(?![a-z])`;

/** What opens a list of names, and what ends one. */
const HEADINGS: readonly [Heading['of'], string][] = [
	[
		'proxies',
		`(?:(?:etaient |sont )?(?:${many('absent')}|${many('excuse')})(?: ?,? ?(?:et )?(?:${many('excuse')}|${many('represente')}))?,? ?(?:et )?)?(?:(?:qui )?(?:ayant|ont|avaient|a) (?:donne )?(?:un |leur )?(?:pouvoirs?|procurations?|mandats?|delegations?)(?: de vote)?(?: ecrits?)?(?: (?:a|pour les representer|de voter[a-z ]{0,20}))?|(?:liste des )?(?:pouvoirs?|procurations?|mandats|delegations? de vote)(?:\\(s\\))?(?: (?:donnes?|ecrits?|de vote|remis))*)`
	],
	[
		'represented',
		`(?:(?:etaient|sont|etait) )?(?:${GROUP} ){0,3}(?:(?:${many('absent')}|${many('excuse')})(?: et|-)? ?)?${many('represente')}(?: par pouvoirs?| par procurations?)?`
	],
	[
		'absent',
		`(?:(?:etaient|sont|etait|s'etaient fait|s'etait fait) )?(?:${GROUP} ){0,3}(?:${many('absent')}(?: ?,? ?(?:et |ou |non )?${many('excuse')})?(?: sans (?:pouvoir|procuration))?|${many('excuse')}|excuser)`
	],
	[
		'end',
		`(?:(?:etait|etaient|assistai(?:t|ent)|participai(?:t|ent))[ ](?:egalement|aussi|en outre)|assistai(?:t|ent) (?:a|egalement)|egalement ${many('present')}|invites?|personnel administratif|${many('present')} (?:et|ou|/) ${many('represente')})`
	],
	[
		'present',
		`(?:(?:etaient|sont|etait|ont ete|se sont trouves?) )?(?:${GROUP} ){0,4}${many('present')}(?: a la seance| en seance| physiquement| a l'ouverture de la seance)?`
	],
	[
		'end',
		"(?:(?:la |le |les )?secretai(?:re|riat)|(?:designation|nomination|election) d[eu]|objet|date d|convocation|nombre d|nbre |formant |lesquels|[a-z' -]{3,40} (?:a ete|est),? (?:elue?|designee?|nommee?)|a ete (?:elu|designe|nomme)|ont ete (?:elu|designe|nomme)|(?:le )?quorum|ordre du jour|en exercice|membres en|votants?|ont vote|vote ?:|suffrages|l' ?an deux|rapporteur|conformement|deliberation|n° ?[0-9]|affich|soit [0-9]|il (?:a ete|est)|(?:le|la) (?:conseil|seance|president|presidente|maire|comite|bureau|commission)[ ]|(?:m\\.|mme|monsieur|madame|mr) (?:le |la )(?:maire|presidente?) [a-z]|(?:m\\.|mme|monsieur|madame|mr) [^\\n,;:]{3,50} (?:a ete|est) (?:elu|designe|nomme)|vu |considerant|apres|rapport|theme|titre|seance|presidence|president|departement|extrait|page|envoye|recue?|publie|id ?:|matiere|date|effectif|total|remplacement|arrivee|depart|domaine|service)"
	]
];

const HEADING = new RegExp(
	`(?<=(?:^|\\n)[ \\t|"•-]{0,8}(?:[0-9]{1,3} )?|[.;|\\t] ?|[ ]{2})(?:${HEADINGS.map(([, source], index) => `(?<h${index}>${source})`).join('|')})`,
	'g'
);

/** A list opens with a colon, a civility, a number, or the end of its line. */
const OPENS =
	/^[ ]{0,3}(?:(?:mesdames|messieurs|mmes|mm\.?|les|et|,|membres|conseiller(?:e)?s|delegues?|municipaux|communautaires|titulaires)[ ]?){0,8}(?:\([0-9]{1,3}\)[ ]?)?(?:[:\n]|$|-[ ]|[0-9]{1,3}[ :\n]|(?=(?:m\.|mme|mr|monsieur|madame|mm)[ .]))/;

/** Counts the names under `Présents`, `Absents`, `Pouvoirs` in the head of an act. Names go nowhere. */
export function readListedNames(act: ActText, head: Span): ListedNames {
	const text = openText(layOutLists(act.source.slice(act.at(head.start), act.at(head.end))));
	const lists = listsOf(text, { start: 0, end: text.plain.length });
	const present = lists.filter(({ of }) => of === 'present');
	const away = lists.filter(({ of }) => of !== 'present');
	const given = away.filter(({ of }) => of === 'proxies' || of === 'represented');
	const absent = away.filter(({ of }) => of === 'absent');
	const givers = givenBy(given);
	const alsoGivers = absent.every(({ list }) => list)
		? absent.flatMap(({ list }) => list?.givers ?? [])
		: null;
	return {
		present: countPresent(present),
		proxies: countProxies(given.length > 0 ? givers : null, alsoGivers, absent.length > 0),
		absent: countAbsent(absent, givers)
	};
}

/** What stands in a column beside a list, and is no end of it. */
const COLUMN_BESIDE = /^(?:date|nombre|nbre|en exercice|votants|membres en|affich|convocation)/;

type Listed = { of: Heading['of']; list: NameList | null };

function listsOf(text: ActText, region: Span): Listed[] {
	const headings = headingsIn(text.plain, region);
	return headings.flatMap((heading, index) => {
		if (heading.of === 'end') return [];
		const end = headings[index + 1]?.start ?? region.end;
		const opening = OPENS.exec(text.plain.slice(heading.end, Math.min(end + 1, heading.end + 120)));
		if (!opening) return [];
		const start = heading.end + opening[0].length;
		const next = text.plain.slice(end, end + 14);
		const list = readStretch(text, start, end, heading.of, COLUMN_BESIDE.test(next));
		// A number alone, and nothing after it, is no list.
		return list === undefined ? [] : [{ of: heading.of, list }];
	});
}

function headingsIn(plain: string, region: Span): Heading[] {
	return [...plain.slice(region.start, region.end).matchAll(HEADING)].map((match) => {
		const index = HEADINGS.findIndex((_, place) => match.groups?.[`h${place}`] !== undefined);
		const start = region.start + match.index;
		return { start, end: start + match[0].length, of: HEADINGS[index]?.[0] ?? 'end' };
	});
}

/** Empty lines, one or several. */
const GAP = /\n[ \t|*]*\n[\s|*]*/gu;

/** No list is cut so many times. */
const MOST_GAPS = 100;

/** The whole stretch, or what stands before its first empty line. Undefined where nothing is listed. */
function readStretch(
	text: ActText,
	start: number,
	end: number,
	of: Heading['of'],
	isCut: boolean
): NameList | null | undefined {
	const written = text.source
		.slice(text.at(start), Math.min(text.at(end), text.at(start) + 12_000))
		.replace(/^[\s*:]*\(?\d{1,3}\)?[\s:*–-]*/u, '');
	if (!/\p{L}{2}/u.test(written)) return undefined;
	// A list that a column beside it cuts at a comma goes on where we cannot follow it.
	if (isCut && /(?:,|\s(?:et|MM\.?|Mmes|M\.|Mme))\s*$/u.test(written)) return null;
	const isProxies = of === 'proxies' || of === 'represented';
	const whole = readNameList(written, isProxies);
	if (whole) return whole;
	for (const { 0: gap, index } of [...written.matchAll(GAP)].slice(0, MOST_GAPS)) {
		// What follows must be no list itself: else the list would be cut in two.
		const rest = written.slice(index + gap.length, index + gap.length + 40);
		if (/^(?:M\.|Mme|Mr|Monsieur|Madame|\p{Lu}{3,} \p{Lu})/u.test(rest)) continue;
		const part = readNameList(written.slice(0, index), isProxies);
		if (part) return part;
	}
	return null;
}

function countPresent(lists: readonly Listed[]): number | null {
	if (lists.length === 0 || lists.some(({ list }) => !list || list.givers.length > 0)) return null;
	const names = lists.flatMap(({ list }) => list?.names ?? []);
	// Lists by commune or by group may name a person twice: then nobody counts.
	const distinct = new Set(names.map((name) => name.toLowerCase()));
	return distinct.size === names.length && names.length > 0 ? names.length : null;
}

/** Those whose vote somebody holds; null where one of the lists is not certain. */
function givenBy(lists: readonly Listed[]): string[] | null {
	const names: string[] = [];
	for (const { of, list } of lists) {
		if (!list || (of === 'proxies' && list.givers.length !== list.names.length)) return null;
		names.push(...list.names);
	}
	return names;
}

function countProxies(
	given: readonly string[] | null,
	alsoGiven: readonly string[] | null,
	isAbsentListed: boolean
): number | null {
	if (given) {
		const others = (alsoGiven ?? []).filter(
			(name) => !given.some((giver) => isSamePerson(giver, name))
		);
		return others.length === 0 ? given.length : null;
	}
	return isAbsentListed && alsoGiven && alsoGiven.length > 0 ? alsoGiven.length : null;
}

function countAbsent(lists: readonly Listed[], givers: readonly string[] | null): number | null {
	if (lists.length === 0 || givers === null || lists.some(({ list }) => !list)) return null;
	const away = lists.flatMap(({ list }) =>
		(list?.names ?? []).filter((name) => !(list?.givers ?? []).includes(name))
	);
	const without = away.filter((name) => !givers.some((giver) => isSamePerson(giver, name)));
	const distinct = new Set(without.map((name) => name.toLowerCase()));
	return distinct.size;
}
