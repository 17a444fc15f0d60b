import type { Setting } from '#lib/domain/act/promises/promise-setting.ts';
import type { Supposed } from '#lib/domain/act/reading.ts';
import { spanOf, type ActText } from '#lib/domain/act/text.ts';
import { typeset } from '#lib/domain/typography.ts';

/** After these words an act says what the money is for. */
const FOR =
	/(?:\bau titre (?:de la |de l' ?|des |du |de |d' ?)|\bau benefice (?:de l' ?|de la |des |du |de )|\ben faveur (?:de l' ?|de la |des |du |de )|\bpermettant (?:de |d' ?)?|\bdestine(?:e|es|s)? (?:a l' ?|a la |aux |au |a )(?:financer |soutenir )?|\bafin (?:de |d' ?)|\ben vue (?:de la |de l' ?|des |du |de |d' ?)|\bpour (?:le |la |les |l' ?|son |sa |ses )?(?:financement (?:de la |de l' ?|des |du |de |d' ?))?)(?=[a-z"])/g;

/** A time, an amount or a number of votes, and not a purpose. */
const NOT_A_PURPOSE =
	/^(?:un montant|une duree|la duree|annees?|exercices?|periodes?|\d|deux|trois|quatre|cinq|montant|somme|un total|chaque|cette annee|l'annee|l'exercice|la periode|signer|ce faire|un engagement)\b/;

/** What stands further from the amount is about something else. */
const FAR = 120;

/** What the money is for, in the words that follow the amount and before the next one. */
export function findPurpose(
	text: ActText,
	{ place, next }: Setting,
	receiver: Supposed<string>
): Supposed<string> {
	const after = text.plain.slice(place.end, Math.min(next, place.end + 300));
	for (const found of after.matchAll(FOR)) {
		if (found.index > FAR) return null;
		// The article belongs to the words: “au titre de l’accompagnement”.
		const article = /(?:l' ?|la |le |les |son |sa |ses )$/.exec(found[0])?.[0] ?? '';
		const from = found.index + found[0].length - article.length;
		const words =
			/^[^,;:()\n.]+(?:\n(?!\s*\n|\s*[-•])[^,;:()\n.]+)?/.exec(after.slice(from))?.[0] ?? '';
		if (NOT_A_PURPOSE.test(words.slice(article.length)) || NOT_A_PURPOSE.test(words)) continue;
		const end =
			/ (?:sur|pour|pendant|durant) (?:la periode|les annees|l'annee|une duree)\b| (?:sur|pour|en|de) 20\d\d\b|(?:,? (?:et|dont|puis|ainsi que)|\s)*$/.exec(
				words
			)?.index ?? words.length;
		const span = spanOf(text, place.end + from, place.end + from + end);
		if (receiver?.span && receiver.span.start < span.end && span.start < receiver.span.end)
			continue;
		const value = text.source.slice(span.start, span.end);
		if (value.length < 4) continue;
		return {
			value,
			span,
			confidence: 'high',
			because: typeset(`L’acte le dit après le montant : « ${value} ».`)
		};
	}
	return null;
}
