import { fieldOf, foundOf, writtenValue } from '#lib/domain/act/head/fields.ts';
import { linesOf } from '#lib/domain/act/lines.ts';
import type { Field, Found } from '#lib/domain/act/reading.ts';
import type { ActText, Span } from '#lib/domain/act/text.ts';

/** Whose council decides. */
type Kind = 'commune' | 'grouping' | 'departement' | 'region' | 'syndicate' | 'body' | 'any';

/** How an authority is written at the head of a line, and which kind it is. */
const NAMED: readonly [Kind, RegExp][] = [
	[
		'body',
		/^(?:le )?(?:centre (?:inter)?communal d'? ?action sociale|c\.?c\.?a\.?s\.?|c\.?i\.?a\.?s\.?|caisse des ecoles|office public (?:de l'habitat|d'amenagement)|(?:office|regie|etablissement public|service departemental|sdis|conservatoire|agence)(?= )|o\.?p\.?h\.? )[^,;:\n]{0,90}/
	],
	[
		'syndicate',
		/^(?:le )?(?:syndicat|s\.?i\.?v\.?[uo]\.?m?|sictom|smictom|sivu|sivom|pole metropolitain|pole d'equilibre|petr )[^,;:\n]{0,100}/
	],
	[
		'grouping',
		/^(?:la )?(?:communaute (?:de communes?|d'? ?agglomeration|urbaine)|c\.?c\.? du |metropole )[^,;:\n]{0,80}/
	],
	[
		'grouping',
		/^(?!.*(?:conseil|deliberation|registre|bureau|president)).{2,50} (?:metropole|agglomeration|agglo|communaute)(?=[ .]*$)/
	],
	['grouping', /^(?:le |la )?(?:grande? )?(?:agglo(?:meration)?|metropole) [^,;:\n]{2,60}/],
	[
		'commune',
		/^(?:la )?(?:commune|ville|mairie)(?: nouvelle)?(?: de| du| des| d'| d|:| l')[ ]?[^,;:\n]{2,60}/
	],
	[
		'departement',
		/^(?:le )?(?:departement|conseil departemental|conseil general)(?: de| du| des| d'| d)[^,;:\n]{2,60}/
	],
	[
		'region',
		/^(?:la )?(?:region|conseil regional|collectivite)(?: de| du| des| d'| d)?[ ][^,;:\n]{2,60}/
	]
];

/** How a council names its authority: “du conseil municipal de Chars”, “du Conseil Métropolitain de Dijon Métropole”. */
const OF_COUNCIL =
	/(?:conseil (municipal|communautaire|metropolitain|de communaute|de metropole|departemental|regional|syndical|d'administration)|comite (syndical)|assemblee (departementale|regionale)|commission permanente|bureau (?:communautaire|metropolitain|syndical))[ \n]{1,3}(?:de la |du |de l'|des |de |d'|d )[ \n]?((?:(?:commune|ville|communaute|metropole|departement|region|syndicat|centre)[ \n])?[^,;:.\n()]{2,80})/g;

const COUNCILS: readonly [Kind, RegExp][] = [
	['body', /conseil d' ?administration/],
	['syndicate', /comite (?:syndical|directeur)|conseil syndical|(?:bureau|delegues) syndica/],
	[
		'grouping',
		/conseil (?:de (?:la )?)?(?:communaut|metropol|de communes|d'agglomeration)|bureau (?:communautaire|metropolitain)/
	],
	['departement', /conseil (?:departemental|general)|assemblee departementale/],
	['region', /conseil regional|assemblee (?:pleniere|regionale)/],
	['commune', /conseil municipal/]
];

/** The head of a head: letterheads stand no further down. */
const LETTERHEAD = 3_000;

/** Ends of a name that are none of it. */
const AFTER =
	/(?:[ ]+[-–/|]+(?: |$)|[ ]*[-_=.*]{3}|[ ]*\(|[ ]*[|]| +(?:seance|extrait|deliberation|registre|reunion|arrondissement|canton|legalement|dument|regulierement|s'est|convoque|en date|nombre|departement (?:d|de|du)|republique|date|le (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|[0-9])|du (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|[0-9])|l'an |objet|n°|[0-9]{5}|s est|visa|direction|hotel |se sont|sont reunis|est reuni|en session|en seance|conseil municipal|proces[- ]verbal|compte[- ]rendu|au lieu|sous la presidence|se reunira|procuration|(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) |[0-9]{1,2}\/[0-9])|\t| {3}).*$/;

/** What follows a council and is no authority: a day, another council, what it has done. */
const NO_PLACE =
	/^(?:[0-9]|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|conseil [a-z]+$|conseil [a-z]+,|seance|membres|deliberations?|registre|envoyee?|recue?|publiee?|affichee?|accuse|transmis|certifie|id ?:|cette|ladite|la presente|l'annee)/;

/** Finds the authority whose council decided, as written. */
export function readAuthority(text: ActText, head: Span): Field<string> {
	const { plain } = text;
	const end = Math.min(head.end, head.start + LETTERHEAD);
	const kind = kindOfCouncil(plain.slice(head.start, end));
	const named = namedIn(text, { start: head.start, end });
	const ofCouncil = namedByCouncil(text, { start: head.start, end });
	const own = named.filter((each) => each.kind === kind);
	const pool = own.length > 0 ? own : kind === 'any' ? named : [];
	const found = [...pool.map(({ found: each }) => each), ...ofCouncil];
	const all = found.length > 0 ? found : fallback(named);
	return fieldOf(all.length > 0 ? all : letterhead(text, { start: head.start, end }), coreOf);
}

/** A letterhead of another kind than the council's is only where it stands; a lone one is taken. */
const fallback = (named: readonly { kind: Kind; found: Found<string> }[]): Found<string>[] => {
	const others = named.filter(({ kind }) => kind !== 'departement' && kind !== 'region');
	return (others.length > 0 ? others : []).map(({ found }) => found);
};

/** What no authority is called. */
const NO_LETTERHEAD =
	/^(?:extrait|republique|deliberation|registre|seance|conseil|reunion|bureau|comite|commission|objet|proces|compte[- ]rendu|departement|arrondissement|canton|envoye|recu|publie|id\b|page|n°|date|convocation|certifi|acte|visa|l'an|liberte|mairie$|nombre|presents?|president|secretaire|theme|annexe|note|rapport|ordre|vu |le |la |les |accuse|affich|direction|service|de ?:|a ?:|from|sujet|bonjour|communique|article|titre)|[:.@]|[0-9]{3}|@|https?:/;

/** Where nothing is called an authority, the first line is its letterhead, if it reads as a name. */
function letterhead(text: ActText, region: Span): Found<string>[] {
	const first = linesOf(text.plain, region.start, region.start + 400).find(({ text: line }) =>
		/[a-z]{3}/.test(line)
	);
	const name = first?.text.trim() ?? '';
	if (
		!first ||
		name.length > 80 ||
		NO_LETTERHEAD.test(name) ||
		!HEAD_WORDS.test(text.plain.slice(region.start, region.end))
	)
		return [];
	const start = first.start + first.text.indexOf(name);
	const found = nameAt(text, start, name);
	return found ? [found] : [];
}

/** Words without which a text has no head, and its first line is no letterhead. */
const HEAD_WORDS = /deliberation|conseil |bureau |comite |seance|presents|assemblee/;

function kindOfCouncil(head: string): Kind {
	const counted = COUNCILS.map(([kind, pattern]) => [kind, head.search(pattern)] as const);
	const [first] = counted
		.filter(([, place]) => place >= 0)
		.sort((left, right) => left[1] - right[1]);
	return first?.[0] ?? 'any';
}

function namedIn(text: ActText, region: Span): { kind: Kind; found: Found<string> }[] {
	return linesOf(text.plain, region.start, region.end).flatMap((line) => {
		const shift = line.text.length - line.text.replace(/^[ \t|"-]+/, '').length;
		const own = line.text.slice(shift);
		for (const [kind, pattern] of NAMED) {
			const name = pattern.exec(own)?.[0];
			if (!name) continue;
			const found = nameAt(text, line.start + shift, name + nextLine(text.plain, line, name));
			return found ? [{ kind, found }] : [];
		}
		return [];
	});
}

/** A long name goes on on the next line: `SYNDICAT DES EAUX` / `DE LA VALLÉE DU SERIN`. */
function nextLine(plain: string, line: Span & { text: string }, name: string): string {
	if (!line.text.endsWith(name) || AFTER.test(name)) return '';
	const next = plain.slice(line.end, line.end + 80);
	const isKind =
		/^(?:communaute (?:de communes|d'agglomeration|urbaine)|syndicat(?: mixte| intercommunal)?|metropole|centre communal d'action sociale|ccas)$/.test(
			name.trim()
		);
	const goesOn = isKind
		? /^\n[ \t]{0,40}(?!extrait|seance|conseil|deliberation|registre|republique|departement|arrondissement)[a-z][^\n,;:.0-9]{3,50}(?=\n)/
		: /^\n[ \t]{0,40}(?:d[eu] |des |d'|et d|en )[^\n,;:.0-9]{3,50}(?=\n)/;
	return goesOn.exec(next)?.[0] ?? '';
}

const SORT_OF_GROUPING = /communaut|agglo|metropol|urbain|\bc\.?c\.?\b|\bca\b|intercom|territoire/;

function namedByCouncil(text: ActText, region: Span): Found<string>[] {
	const stretch = text.plain.slice(region.start, region.end);
	return [...stretch.matchAll(OF_COUNCIL)].flatMap((match) => {
		const name = match.at(-1) ?? '';
		// « Conseil communautaire du Plateau » is the end of a name: what sort of grouping is not said.
		if (match[1] === 'communautaire' && !SORT_OF_GROUPING.test(name)) return [];
		const found = nameAt(text, region.start + match.index + match[0].length - name.length, name);
		return found ? [found] : [];
	});
}

function nameAt(text: ActText, start: number, name: string): Found<string> | null {
	const length = name.replace(AFTER, '').trimEnd().length;
	if (length < 3 || NO_PLACE.test(name.slice(0, length))) return null;
	const found = foundOf(text, { start, end: start + length, value: '' });
	const value = writtenValue(text, start, start + length);
	// The name of a place begins with a capital, and is no sentence.
	if (!/\p{Lu}/u.test(value) || value.split(' ').length > 16) return null;
	return { ...found, value };
}

/** “COMMUNE DE CHARS”, “Ville de Chars” and “Chars” are one authority. */
function coreOf(value: string): string {
	return value
		.normalize('NFD')
		.replace(/[\u0300-\u036f]/g, '')
		.toLowerCase()
		.replace(
			/^(?:la |le |l')?(?:commune|ville|mairie|departement|region|conseil [a-z]+)(?: nouvelle)? ?(?:de la |de l'|du |des |de |d'|d )?/,
			''
		)
		.replace(/[^a-z0-9]+/g, ' ')
		.trim();
}
