import {
	beginsWithDe,
	infinitiveAt,
	NEXT_THIRD,
	placeAfterDecides,
	thirdPersonAt,
	type FoundVerb
} from '#lib/domain/act/decision-verbs.ts';
import type { DecisionHead } from '#lib/domain/act/decision-heads.ts';
import type { ActText } from '#lib/domain/act/text.ts';

type Item = { head: DecisionHead; end: number };

/**
 * Prose may decide several things in one sentence: “décide d’approuver …, d’autoriser … et de charger
 * …”, “approuve … et autorise …”. Each becomes an item of its own. An item of a list stays one, but
 * where it decides in capitals twice: “APPROUVE … et AUTORISE …”.
 */
export function splitProse(text: ActText, head: DecisionHead, end: number): Item[] {
	const heads = [head, ...findNext(text, head, end)];
	return heads.map((one, index) => ({ head: one, end: heads[index + 1]?.start ?? end }));
}

/** Whether a word stands in capitals in the text. */
export function isCapital({ source, at }: ActText, plainOffset: number): boolean {
	const word = /^\p{Letter}+/u.exec(source.slice(at(plainOffset), at(plainOffset) + 20))?.[0] ?? '';
	return word.length > 2 && word === word.toUpperCase();
}

function findNext(text: ActText, head: DecisionHead, end: number): DecisionHead[] {
	const { plain } = text;
	const isItem = head.form === 'item';
	const isInfinitive = beginsWithDe(plain, head.start);
	const heads: DecisionHead[] = [];
	let last = head;
	for (const found of plain
		.slice(head.end, end)
		.matchAll(isInfinitive ? NEXT_INFINITIVE : NEXT_THIRD)) {
		const at = head.end + found.index + found[0].length;
		const isMarked =
			MARKED.test(found[0]) || (/^[;.]/.test(found[0]) && plain.startsWith('decide', at));
		// “charge le maire de signer et de notifier” charges him with both.
		if (isInfinitive && !isMarked && (isItem || COMMANDS.has(last.verb))) continue;
		if (isItem && !isMarked && !(isCapital(text, at) && isCapital(text, head.start))) continue;
		const verb = beginsWithDe(plain, at)
			? infinitiveAt(plain, at, isMarked)
			: thirdPersonAt(plain, at, false);
		if (!verb || isRelative(plain, head.end, at)) continue;
		last = { ...afterDecides(plain, verb), form: head.form, indent: head.indent };
		heads.push(last);
	}
	return heads;
}

/** “décide d’inscrire” inscribes. */
function afterDecides(plain: string, verb: FoundVerb): FoundVerb {
	const at = verb.verb === 'décider' ? placeAfterDecides(plain, verb) : verb.end;
	const infinitive =
		at > verb.end && beginsWithDe(plain, at) ? infinitiveAt(plain, at, true) : null;
	return infinitive ? { ...infinitive, start: verb.start } : verb;
}

/** A list that lost its lines: “décide : - d’approuver … ; - d’autoriser …”. */
const MARKS = '[;.:] ?(?:[-+•_*] ?)+';
const MARKED = new RegExp(MARKS);

const NEXT_INFINITIVE = new RegExp(
	`${MARKS}(?=[a-z])|[;.] ?(?:et )?(?=decide(?:nt)?[ ,:])|(?:[,;.] ?(?:et )?| et (?:enfin )?|\\n)(?=d(?:e |[' ])[a-z])`,
	'g'
);

const COMMANDS = new Set(['charger', 'mandater', 'demander', 'inviter']);

/** “une convention qui fixe …”: the verb of what is said of a thing, not of the council. */
const isRelative = (plain: string, from: number, at: number): boolean =>
	/\b(?:qui|que|dont|ou|lequel|laquelle)\b[^,;.]{0,60} et $/.test(
		plain.slice(Math.max(from, at - 70), at)
	);
