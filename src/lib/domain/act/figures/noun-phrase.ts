import type { Span } from '#lib/domain/act/text.ts';

const LONGEST = 110;
const MOST_WORDS = 14;

/** Words at which what is counted ends, and something is said of it. */
const STOPS = new Set(
	`pour dont par sur dans ont sont seront etait etaient est sera serait etre ete peut peuvent doit doivent pourra
	pourront n ne se s il elle ils elles nous on qui que qu ou ainsi soit afin lors lorsque depuis durant pendant
	apres avant avec entre jusqu sous selon suite via vers contre chez hors sans y mais car representant comprenant
	composant ayant etant permettant portant concernant incluant compose composee composes composees repartis reparties
	realises realisees prevus prevues situe situee situes situees sis sise sises figurant accordes accordees attribues
	attribuees versees verses ci comme chacun chacune environ maximum minimum tous toutes puis aussi egalement
	notamment ht ttc x va vont fait font avait avaient le conseil decide`.split(/\s+/)
);
STOPS.delete('le');
STOPS.delete('conseil');
STOPS.delete('decide');

/** Pairs that open another thought: `au titre de`, `à compter du`; `et` goes on with a plural or a small word alone. */
const PAIRS =
	/^(?:au (?:titre|sein|profit|benefice|cours|prix|tarif|taux|lieu|total|moins|plus|maximum|minimum|[0-9])|aux (?:termes|conditions|cotes)|a (?:compter|raison|hauteur|partir|concurrence|ete|l'issue|l'occasion|l'horizon|l'aide|savoir|titre|[0-9])|en (?:application|faveur|vue|cours|moyenne|annee|[0-9])|d'(?:un montant|une duree|une valeur|ici)|de (?:plus|moins|[0-9])|et (?!(?:a|au|aux|de|du|des|en|[a-z-]{3,}[sx])(?:[ ,;.:)]|$)|d'|(?:de|a) l')|et (?:les|ses|ces|deux|trois|six|dix|dans|plus|sous|vers)(?: |$)|ou [0-9]|le |la |les |un |une |l'|ce |cette |ces |son |sa |ses |leur |leurs )/;
const LINKS = /(?:[ ]+(?:de|du|des|d'|a|au|aux|la|le|les|l'|et|en|un|une|d|l|plus|est|-))+[ ]*$/;
/** A plural is followed by a verb of the plural (`fréquentent`), and by no noun in -ent but after a small word. */
const BEFORE_NOUN = /(?:^|[ '])(?:de|d|du|le|la|l|au|un|une|en|a|chaque|son|leur|et|tout)[ ']$/;

/**
 * The noun phrase that begins at a place of the plain form, to a sensible end: a mark, a verb, or a
 * word that opens something else. Null where no word stands there.
 */
export function nounPhraseAt(plain: string, from: number): Span | null {
	const words = plain.slice(from, from + LONGEST).replace(/\n(?! *\n)/g, ' ');
	const token = /[a-z0-9œæ²³.]+(?:-[a-z0-9]+)*['.]?| +|./gsy;
	let [end, count] = [0, 0];
	while (count < MOST_WORDS) {
		const found = token.exec(words);
		if (!found) break;
		const word = found[0];
		if (/^ +$/.test(word)) {
			if (word.length > 2) break;
			continue;
		}
		if (!/^[a-z0-9œæ]/.test(word)) break;
		const bare = word.replace(/['.]$/, '');
		const rest = words.slice(found.index, found.index + 24);
		if (count > 0 && endsPhrase(bare, rest, words.slice(0, found.index))) break;
		if (/^\d/.test(word) && count > 0) break;
		end = found.index + bare.length;
		count += 1;
		if (word.endsWith('.') && bare.length > 3) break;
		if (word.endsWith("'") || word.endsWith('.')) end = found.index + word.length;
	}
	const kept = words.slice(0, end).replace(LINKS, '').replace(/[.']$/, '');
	return kept.trim() === '' ? null : { start: from, end: from + kept.length };
}

function endsPhrase(word: string, rest: string, before: string): boolean {
	if (STOPS.has(word)) return true;
	const opensOther = PAIRS.test(rest) && !/(?:^| )(?:de|a|et a|en|dans) $/.test(before);
	if (opensOther) return true;
	return word.length > 5 && /(?:ent|ant)$/.test(word) && !BEFORE_NOUN.test(before);
}
