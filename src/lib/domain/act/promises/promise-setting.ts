import type { ReadFacts } from '#lib/domain/act/promises/promises.ts';
import { sentenceAround } from '#lib/domain/act/sentences.ts';
import type { Sections } from '#lib/domain/act/sections.ts';
import type { ActText, Span } from '#lib/domain/act/text.ts';

/** What stands around an amount that seems to be given; places are those of the plain form. */
export type Setting = {
	/** The place of the amount in the list of amounts. */
	amount: number;
	place: Span;
	sentence: Span;
	/** The sentence, or the item that is decided. */
	words: string;
	/** The line of the amount, where it is an item of a list. */
	line: Span;
	/** Where the next amount begins, or else the item or the sentence ends. */
	next: number;
	isDecided: boolean;
	verb: string | null;
};

/** Words for money that is given rather than paid for something. */
export const GRANT =
	/\b(?:subventions?|participations? financieres?|participations?|fonds de concours|aides?|dotations?|contributions?|concours|cotisations?|garantie|bourses?|secours|soutien|enveloppe|allocations?|versements?)\b/;

/** What somebody means to do, and has not decided here. */
export const INTENDS =
	/\b(?:prevoi(?:t|ent) (?:de |d'|egalement de |ainsi de )?[a-z]+|envisage(?:nt)? (?:de |d')?[a-z]+|a pour objectif|ont pour objectif|souhaite(?:nt)? [a-z]+|s'engage(?:nt)? a [a-z]+|entend(?:ent)? [a-z]+|projett?e(?:nt)? (?:de |d')[a-z]+|(?:sera|seront|serait|seraient) (?:attribue|verse|accorde|alloue|apporte|mobilise|finance|consacre)e?s?|mobilisera|versera|apportera|financera|consacrera|participera|contribuera|verse(?:e|es|s)? (?:chaque annee )?par)\b[^.;]{0,80}/;

const GIVES = new Set(
	'attribuer accorder allouer octroyer verser approuver adopter valider voter décider participer apporter financer consentir engager autoriser garantir fixer accepter concéder contribuer'.split(
		' '
	)
);

/** “alloue 500 € au club” needs no word for what is given. */
const GIVES_BY_ITSELF = new Set(['allouer', 'octroyer', 'verser']);

/** Words of prices and purchases: what is paid for is not given. */
const PRICE =
	/\b(?:marches?|lots?|offres?|entreprises?|prix|loyers?|tarifs?|vend|vente|vendre|acquisition|acquerir|cession|ceder|redevances?|salaires?|indemnites?|honoraires|penalites?|amende|remise)\b/;

const PAST =
	/\b(?:a|ont|avait|avaient) (?:deja |ainsi |egalement |notamment )?(?:ete )?[a-z]{2,}(?:e|es|s|i|u|it|is)\b|\b(?:s'est|se sont|s'elevai|etait|etaient|fut)\b/;

/** The setting of an amount that seems to be given; null where nothing says that it is. */
export function settingOfAmount(
	text: ActText,
	sections: Sections,
	{ amounts, decisions }: ReadFacts,
	index: number,
	wholes: ReadonlySet<number | null>
): Setting | null {
	const amount = amounts[index];
	if (!amount || (amount.kind !== 'amount' && amount.kind !== 'ceiling')) return null;
	if (wholes.has(index)) return null;
	const { plain } = text;
	const at = plainPlace(text, amount.start);
	const place = { start: at, end: at + (amount.end - amount.start) };
	if (/^[ ,(]*dont\b/.test(plain.slice(place.end, place.end + 12))) return null;

	const decision = decisions.find(({ start, end }) => start <= amount.start && amount.end <= end);
	const part = amount.section === 'decision' ? sections.plain.decision : sections.plain.statement;
	if (!part) return null;
	const item = decision && {
		start: plainPlace(text, decision.start),
		end: plainPlace(text, decision.end)
	};
	const sentence = item ?? sentenceAround(plain, at, part);
	const words = plain.slice(sentence.start, Math.min(sentence.end, sentence.start + 2400));
	const before = plain.slice(Math.max(sentence.start, at - 300), at);
	if (/\b(?:soit|total(?: de)?|montant total)[ :a-z']{0,20}$/.test(before)) return null;
	// The sum of a loan is not what its guarantee is worth.
	if (/\b(?:pret|emprunt)s?\b[^.;]{0,80}$/.test(before)) return null;
	const isGiven = decision
		? GIVES.has(decision.verb) &&
			(GRANT.test(words) || GIVES_BY_ITSELF.has(decision.verb)) &&
			!PRICE.test(before)
		: INTENDS.test(words) &&
			!PRICE.test(before) &&
			!PAST.test(before) &&
			amount.section !== 'header';
	if (!isGiven) return null;
	const following = amounts[index + 1];
	const next = following ? plainPlace(text, following.start) : sentence.end;
	const line = lineOf(plain, place, sentence);
	const isItem =
		line.start > sentence.start &&
		/^[ \t]*[-•o·*][ \t]/.test(plain.slice(line.start, line.start + 12));
	return {
		amount: index,
		place,
		sentence,
		words,
		line,
		next: Math.min(next > place.end ? next : sentence.end, isItem ? line.end : sentence.end),
		isDecided: decision !== undefined,
		verb: decision?.verb ?? null
	};
}

/** Where a place of the text stands in the plain form: accents that stand apart are not in it. */
export function plainPlace(text: ActText, offset: number): number {
	let [low, high] = [0, text.plain.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (text.at(middle) < offset) low = middle + 1;
		else high = middle;
	}
	return low;
}

function lineOf(plain: string, { start, end }: Span, within: Span): Span {
	const from = Math.max(within.start, plain.lastIndexOf('\n', start) + 1);
	const to = plain.indexOf('\n', end);
	return { start: from, end: to === -1 ? within.end : Math.min(to, within.end) };
}
