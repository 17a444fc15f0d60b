import { nounPhraseAt } from '#lib/domain/act/figures/noun-phrase.ts';
import type { ActText, Span } from '#lib/domain/act/text.ts';

const LINK = /^ {0,2}\n? ?(?:ht |ttc )?(?:du |de la |de l'|des |de |d')?/;
const NO_THING =
	/^(?:par|pour|sur|dans|a|au|aux|en|et|ou|soit|est|sera|sont|ht|ttc|maximum|minimum|max|mini|environ|le|la|les|l|qui|que|avec|puis|lors|dont|plus|moins|ce|cette|ces|un|une|si|il|elle|depuis|entre|apres|avant|contre|selon|suivant|ne|n|net|nets|chacun|chacune|mais|car|sous|sans|jusqu|fixe|compris|inclus|i{1,3})$/;
const BEFORE =
	/\b((?:taux|tva|taxes?|majoration|commission|marge|remise|reduction|rabais|hausse|augmentation|baisse|diminution|quotite|part|penalite|coefficient|abattement|taux d[e'][a-z ]{1,30}|taxe [a-z ]{1,40})(?: [a-z']+){0,5}?)[ ]?(?:est |sera |etait )?(?:fixee? (?=a )|egale? |maintenue? |portee? |evaluee? |de l'ordre )?(?:de|a|:|=|d'environ|\()? ?$/;

/** What a percentage is of: the words after it, or else those before. Null where neither says it. */
export function wholeOf(text: ActText, start: number, end: number, from: number): Span | null {
	const { plain } = text;
	const before = plain.slice(Math.max(from, start - 80), start);
	const sentence = before.slice(before.search(/[^.;,!?%€]*$/));
	const said = /\btva\b/.exec(sentence.slice(-30));
	if (said) {
		const at = start - Math.min(30, sentence.length) + said.index;
		return { start: at, end: at + 3 };
	}
	return wholeAfter(text, end) ?? wholeBefore(sentence, start) ?? labelBefore(plain, start, end);
}

function wholeAfter({ plain, source, at: placeAt }: ActText, end: number): Span | null {
	const after = plain.slice(end, end + 60);
	const at = end + (LINK.exec(after)?.[0].length ?? 0);
	const word = /^[a-zœ]+/.exec(plain.slice(at, at + 24))?.[0];
	if (word === undefined) return null;
	// `PLUS` is a loan, `plus` is a word.
	const isAcronym = word === 'plus' && source.startsWith('PLUS', placeAt(at));
	if (NO_THING.test(word) && !isAcronym) return null;
	return nounPhraseAt(plain, at);
}

/** `au taux fixe de 1,25 %`. */
function wholeBefore(sentence: string, start: number): Span | null {
	const found = BEFORE.exec(sentence.replace(/\n/g, ' '));
	if (!found) return null;
	const at = start - sentence.length + found.index;
	return { start: at, end: at + (found[1]?.trimEnd().length ?? 0) };
}

/** `Département (20 %)`: what stands before the bracket on its line. */
function labelBefore(plain: string, start: number, end: number): Span | null {
	if (plain.charAt(start - 1) !== '(' || plain.charAt(end) !== ')') return null;
	const label = /(?:^|\n)[ |-]*([a-z][^\n\d:;|]{1,60}?) ?\($/.exec(
		plain.slice(Math.max(0, start - 70), start)
	);
	const words = label?.[1];
	if (!words) return null;
	const at = plain.lastIndexOf(words, start);
	return { start: at, end: at + words.length };
}
