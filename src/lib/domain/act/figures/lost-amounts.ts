import type { LostAmount } from '#lib/domain/act/reading.ts';
import { quoteOf, spanOf, type ActText } from '#lib/domain/act/text.ts';

const MOST = 1_000;

/** What an amount is said of. */
const MONEY =
	/\b(?:montants?|sommes?|subventions?|couts?|prix|budgets?|credits?|prets?|emprunts?|participations?|contributions?|enveloppes?|aides?|dotations?|avances?|acomptes?|soldes?|loyers?|redevances?|indemnites?|plafonds?|totale?|totaux|depenses?|recettes?|hauteur|concurrence|valeur|excedents?|deficits?|garantie|caution|forfaits?|cotisations?|concours|fonds|marches?|s'elev(?:e|ent|ant|era))\b[^.;:!?]{0,45}$/;

/** A word that asks for a figure, and none: a mark, a unit without number, dots to be filled in. */
const GAP =
	/(?<=[\s'])(?:(?:de|a|est|soit|hauteur de|montant|ttc|ht|:) {0,4}(?:\n {0,4})?(?:(?:€|euros?(?![a-z])|[mk]€)(?! ?\d)|_{3,}|\.{4,}|(?:… ?){1,}|x{3,}(?![a-z])|\[ {0,3}\])|(?:de|d'un montant de|a hauteur de|somme de) {0,4}(?:\n {0,4})?[,;](?=\s))/g;

/** The amounts that the transcription lost, with the words around each gap: `d’un montant global de , auprès`. */
export function findLostAmounts(text: ActText): LostAmount[] {
	const { plain } = text;
	const found: LostAmount[] = [];
	for (const gap of plain.matchAll(GAP)) {
		const before = plain.slice(Math.max(0, gap.index - 70), gap.index);
		const money = MONEY.exec(before + gap[0].slice(0, 2));
		const lead = MONEY.exec(before) ?? money;
		if (!lead || isHeading(plain, gap.index, gap[0])) continue;
		const start = startOfWords(plain, gap.index - (before.length - lead.index));
		const end = endOfWords(plain, gap.index + gap[0].length);
		const span = spanOf(text, start, end);
		found.push({ ...span, quote: quoteOf(text.source, span) });
		if (found.length === MOST) break;
	}
	return found;
}

/** `Montant : €` at the head of a column says in what it counts. */
const isHeading = (plain: string, at: number, gap: string): boolean =>
	/^(?::|ttc|ht|montant)/.test(gap) &&
	/€|euro/.test(gap) &&
	!/^[^\n]{0,3}\n/.test(plain.slice(at + gap.length));

/** With the small word before: `d’un montant`, `la somme`. */
function startOfWords(plain: string, at: number): number {
	const small = /(?:d'un|d'une|la|le|un|une|du|de la|l')[ ]?$/.exec(
		plain.slice(Math.max(0, at - 8), at)
	);
	return small ? at - small[0].length : at;
}

/** With the word after. */
function endOfWords(plain: string, at: number): number {
	const next = /^[ \n]{0,3}[a-z']{1,20}/.exec(plain.slice(at, at + 24));
	return at + (next?.[0].length ?? 0);
}
