import { INTENDS, type Setting } from '#lib/domain/act/promises/promise-setting.ts';
import type { Supposed } from '#lib/domain/act/reading.ts';
import { spanOf, type ActText } from '#lib/domain/act/text.ts';
import { foldName } from '#lib/domain/name.ts';
import { typeset } from '#lib/domain/typography.ts';

/** Who gives: who is said to pay, else who means to, else whoever decides to give. */
export function findGiver(
	text: ActText,
	setting: Setting,
	authority: string | null
): Supposed<string> {
	return paidBy(text, setting) ?? whoIntends(text, setting) ?? whoDecides(setting, authority);
}

const NAME_END =
	'(?=[,;:.()\\n]| permettant| aupres| pour | pendant| a hauteur| au titre| afin| destine| dans | en | et |$)';

const PAID_BY = new RegExp(
	`(?:\\b(?:verse(?:e|es|s)?|attribue(?:e|es|s)?|accorde(?:e|es|s)?|alloue(?:e|es|s)?|apporte(?:e|es|s)?|finance(?:e|es|s)?)[a-z ]{0,20}?\\bpar |^[ ,]*par )((?:l' ?|la |le |les )?)([a-z][a-z' -]{1,70}?)${NAME_END}`
);

/** “une subvention de 494 000 € par l’État”. */
function paidBy(text: ActText, { place, next }: Setting): Supposed<string> {
	const found = PAID_BY.exec(text.plain.slice(place.end, Math.min(next, place.end + 160)));
	if (!found) return null;
	const [all, article = '', name = ''] = found;
	const from = place.end + found.index + all.length - name.length;
	if (NO_PARTY.test(name) || (!article && !isName(text, from))) return null;
	return party(text, from, name, 'high', (quote) => `L’acte dit que « ${quote} » paie.`);
}

/** “par an”, “par habitant”, “par délibération”: not who, but how. */
const NO_PARTY =
	/^(?:an|ans|mois|annee|trimestre|semestre|jour|habitant|logement|enfant|eleve|agent|personne|unite|repas|m2|tranche|dossier|menage|deliberation|arrete|decision|convention|courrier|virement|mandat|fraction|tiers|moitie|avenant|voie|rapport|exercice|famille|lot|maire|madame|monsieur|mme|m|president|presidente|vice-president|adjoint|rapporteur|rapporteure|elu|moitie)s?\b/;

/** “Action Logement Services prévoit de maintenir …”. */
function whoIntends(text: ActText, { sentence, place, isDecided }: Setting): Supposed<string> {
	if (isDecided) return null;
	const before = text.plain.slice(sentence.start, place.start);
	const intends = INTENDS.exec(before);
	if (!intends) return null;
	const subject = /(?:^|, )(?:l' ?|la |le |les )?([a-z][a-z' -]{1,80}?) (?:a |ont )?$/.exec(
		before.slice(0, intends.index).trimStart() + ' '
	);
	const name = (subject?.[1] ?? '').trim();
	const from = text.plain.lastIndexOf(name, sentence.start + intends.index - 1);
	if (!name || from < sentence.start || !isName(text, from)) return null;
	if (/^(?:il|elle|ce|cela|cette|celui|ils|elles|on|nous)\b/.test(name) || NO_PARTY.test(name))
		return null;
	return party(text, from, name, 'high', (quote) => `« ${quote} » est le sujet de la phrase.`);
}

/** A council that attributes a grant pays it, unless the act says who else does. */
function whoDecides({ isDecided, verb }: Setting, authority: string | null): Supposed<string> {
	if (!isDecided || authority === null || verb === 'accepter') return null;
	return {
		value: authority,
		span: null,
		confidence: verb !== null && PAYS.has(verb) ? 'high' : 'medium',
		because: 'L’assemblée décide de donner, et l’acte ne dit pas qu’un autre paie.'
	};
}

const PAYS = new Set([
	'attribuer',
	'accorder',
	'allouer',
	'octroyer',
	'verser',
	'voter',
	'participer'
]);

/** Who is given to: who is named after the amount, before it in a list, or whose council accepts it. */
export function findReceiver(
	text: ActText,
	setting: Setting,
	giver: Supposed<string>,
	authority: string | null
): Supposed<string> {
	const named =
		namedAfter(text, setting) ?? namedInLine(text, setting) ?? namedBefore(text, setting);
	if (named || !giver || authority === null) return named;
	if (!setting.isDecided) return isToUs(text, setting, authority) ? toUs(authority) : null;
	if (foldName(giver.value) === foldName(authority)) return null;
	return {
		value: authority,
		span: null,
		confidence: 'medium',
		because:
			'L’assemblée approuve ce qu’un autre verse, et l’acte ne nomme pas d’autre bénéficiaire.'
	};
}

/** “verser à la métropole 1,2 M€”, where a métropole reads it. */
function isToUs({ plain }: ActText, { sentence, place }: Setting, authority: string): boolean {
	const before = plain.slice(sentence.start, place.start);
	const kind =
		/\b(?:verser|apporter|allouer|attribuer|accorder|octroyer) (?:a la |au |a l'|aux )(metropole|commune|ville|communaute|collectivite|departement|region|syndicat)\b/.exec(
			before
		)?.[1];
	return kind !== undefined && (kind === 'collectivite' || foldName(authority).includes(kind));
}

const toUs = (authority: string): Supposed<string> => ({
	value: authority,
	span: null,
	confidence: 'medium',
	because: 'L’acte dit que le montant est pour la collectivité qui le prend.'
});

const BODIES =
	'association|club|societe|office|commune|ville|communaute|metropole|departement|region|syndicat|cooperative|comite|fondation|union|federation|ccas|centre|amicale|ecole|college|lycee|udaf|bailleur|sa |sas |sarl |sem |spl |sci |oph|ophlm|habitat|mission|maison|etablissement|agence|universite|chambre|compagnie|collectif|foyer|groupement|regie|theatre|orchestre|musee|hopital|etat|caisse|croix|secours|secretariat|crous|cnous|collectivite';

const TO = new RegExp(
	`(?:^|[ ,])(?:a |au profit de |au benefice de |en faveur de |pour )?(?:a |au |aux |a l' ?|l' ?|la |le |les |du |des )?((?:${BODIES})[a-z]*\\b[^,;:.()\\n]{0,90}?)(?= pour | afin | destine| au titre | dans le cadre| en vue| sous reserve| d'un montant| une (?:subvention|aide|participation)| de \\d| a hauteur|[,;:.()\\n]|$)`
);

/** “à l’association Les Mouettes pour …”. */
function namedAfter(text: ActText, { place, next }: Setting): Supposed<string> {
	const after = text.plain.slice(place.end, Math.min(next, place.end + 200));
	const found =
		/^[^;.\n]{0,60}?(?:\ba l' ?|\ba la |\bau |\baux |\ba |\bau profit (?:de l' ?|de la |du |des |de )|\bau benefice (?:de l' ?|de la |du |des |de )|\ben faveur (?:de l' ?|de la |du |des |de ))/.exec(
			after
		);
	if (!found) return null;
	const rest = after.slice(found[0].length);
	const name = new RegExp(`^(?:${BODIES})`).test(rest) ? TO.exec(rest)?.[1] : undefined;
	if (name === undefined) return null;
	const from = place.end + found[0].length + rest.indexOf(name);
	return party(
		text,
		from,
		name.trimEnd(),
		'high',
		(quote) => `L’acte donne le montant à « ${quote} ».`
	);
}

/** “- Association Le Toit : 85 000 €”. */
function namedInLine(text: ActText, { line, place, sentence }: Setting): Supposed<string> {
	if (line.start <= sentence.start) return null;
	const before = text.plain.slice(line.start, place.start);
	const found =
		/^[ \t"]*(?:[-•·o*]|\d{1,2}[.)°-])?[ \t]*([a-z][^:;|\t]{2,90}?)[ ]*(?:[:|\t=-]|\.\.)[ .|\t:]*$/.exec(
			before
		);
	const name = found?.[1];
	if (!found || name === undefined || /\b(?:total|montant|soit)\b/.test(name)) return null;
	const from = line.start + before.indexOf(name);
	return party(
		text,
		from,
		name,
		'medium',
		(quote) => `« ${quote} » est en face du montant dans la liste.`
	);
}

/** “attribue à l’association Les Mouettes une subvention de …”. */
function namedBefore(text: ActText, { place, sentence, isDecided }: Setting): Supposed<string> {
	if (!isDecided) return null;
	const before = text.plain.slice(sentence.start, place.start);
	const found = new RegExp(
		`\\b(?:a l' ?|a la |au |aux |a )((?:${BODIES})[^,;:.()\\n]{0,90}?)(?= une? | la somme| la subvention| le versement| l'aide|,)`
	).exec(before);
	const name = found?.[1];
	if (!found || name === undefined) return null;
	const from = sentence.start + found.index + found[0].indexOf(name);
	return party(text, from, name, 'high', (quote) => `L’acte donne le montant à « ${quote} ».`);
}

/** Names begin with a capital letter. */
const isName = (text: ActText, at: number): boolean =>
	/^\p{Lu}/u.test(text.source.slice(text.at(at), text.at(at) + 2));

function party(
	text: ActText,
	from: number,
	name: string,
	confidence: 'high' | 'medium',
	because: (quote: string) => string
): Supposed<string> {
	const length = name.replace(/ (?:et|ou|une?|dont)?\s*$/, '').length;
	const span = spanOf(text, from, from + length);
	const value = text.source.slice(span.start, span.end);
	// “à l’association” names none.
	return !/^\p{Lu}|\s/u.test(value)
		? null
		: { value, span, confidence, because: typeset(because(value)) };
}
