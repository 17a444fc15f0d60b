import { isCapital } from '#lib/domain/act/decision-prose.ts';
import {
	beginsWithDe,
	infinitiveAt,
	passiveIn,
	placeAfterDecides,
	thirdPersonAt,
	type FoundVerb
} from '#lib/domain/act/decision-verbs.ts';
import type { Line } from '#lib/domain/act/lines.ts';
import type { ListMarker } from '#lib/domain/act/list-marker.ts';
import type { ActText } from '#lib/domain/act/text.ts';

/** Where a decision begins in the plain form, with its verb; `end` is where the verb ends. */
export type DecisionHead = FoundVerb & {
	/** Prose may decide several things in a sentence; an item of a list decides one. */
	form: 'item' | 'prose';
	indent: number;
};

/** The decision that a line opens; `container` where it only says that decisions follow: “DÉCIDE :”. */
export function headAt(
	text: ActText,
	line: Line,
	{ start, indent, sign, isArticle }: ListMarker,
	isContainer: boolean
): DecisionHead | 'container' | null {
	const { plain } = text;
	const isSure = isCapital(text, start) || (sign !== '' && !isArticle);
	const verb = thirdPersonAt(plain, start, isSure) ?? findInLine(plain, start, line);
	const form = sign || isCapital(text, verb?.start ?? start) ? 'item' : 'prose';
	if (verb?.verb === 'décider') return afterDecides(plain, verb, line, { form, indent });
	if (verb) return { ...verb, form, indent };
	const infinitive = infinitiveAt(plain, start, beginsWithDe(plain, start));
	if (infinitive) return { ...infinitive, form: 'item', indent };
	const place = { start, end: start, form: 'item', indent } as const;
	const passive = isArticle ? passiveIn(plain.slice(start, start + 300)) : null;
	if (passive) return { verb: passive, ...place };
	const isNoun = NOUN.test(plain.slice(start, start + 8));
	return isContainer && sign && !isArticle && isNoun ? { verb: 'décider', ...place } : null;
}

const NOUN = /^(?:l[ea]s?|l'|une?|que?) ?/;

/** “Le conseil, à l’unanimité des présents, approuve …”: the verb after who decides and how. */
function findInLine(plain: string, start: number, line: Line): FoundVerb | null {
	const within = plain.slice(start, Math.min(line.end, start + 320));
	if (!SUBJECT.test(within)) return null;
	for (const named of within.matchAll(NAMED)) {
		const from = named.index + named[0].length;
		const words = /^[^,:;.]*/.exec(within.slice(from, from + 110))?.[0] ?? '';
		for (const { index } of words.matchAll(/(?<=^|[ '])(?=[a-z])/g)) {
			const verb = thirdPersonAt(plain, start + from + index, true);
			if (verb) return verb;
		}
	}
	for (const found of within.matchAll(BEFORE_VERB)) {
		const verb = thirdPersonAt(plain, start + found.index + found[0].length, false);
		if (verb) return verb;
	}
	return null;
}

const SUBJECT =
	/^(?:et|ou[iy]|entendu|apres|a l'unanimite|a la majorite|par \d+|sur (?:la )?proposition|en consequence|par consequent|au vu|le|la|l'|l|les|il|elle|l[ae]dite?|ce|cette)(?![a-z0-9])/;

/** Who decides; its words go on to the first sign: “le conseil municipal de Talant accorde”. */
const NAMED =
	/(?:(?<=^|[,:;] ?|delibere )(?:le|la|l'|l|les|ledit|ladite) ?(?:membres du )?(?:conseil|comite|bureau|commission|assemblee)[a-z]*|^(?:il|elle)) /g;

const BEFORE_VERB =
	/(?:[,:;)] ?|[ '](?:unanimite|majorite|presents|representes|exprimes|votants|voix|pour|contre|abstentions?|levee|delibere|vote|proposition) )(?=[a-z])/g;

/** “décide” alone opens a list; “décide d’approuver” approves; “décide que …” decides. */
function afterDecides(
	plain: string,
	verb: FoundVerb,
	line: Line,
	place: Pick<DecisionHead, 'form' | 'indent'>
): DecisionHead | 'container' | null {
	const at = placeAfterDecides(plain, verb);
	if (at >= line.end) return 'container';
	const infinitive = beginsWithDe(plain, at) ? infinitiveAt(plain, at, true) : null;
	if (infinitive) return { ...infinitive, ...place };
	if (/^de?'?[ :,-]*$/.test(plain.slice(at, line.end))) return 'container';
	return { ...verb, ...place };
}
