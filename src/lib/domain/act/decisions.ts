import {
	infinitiveAt,
	passiveIn,
	thirdPersonAt,
	type FoundVerb
} from '#lib/domain/act/decision-verbs.ts';
import { isCapital, splitProse } from '#lib/domain/act/decision-prose.ts';
import { linesOf, type Line } from '#lib/domain/act/lines.ts';
import { readMarker } from '#lib/domain/act/list-marker.ts';
import type { ReadDecision } from '#lib/domain/act/reading.ts';
import type { Sections } from '#lib/domain/act/sections.ts';
import { spanOf, type ActText, type Span } from '#lib/domain/act/text.ts';

/** Where a decision begins in the plain form, with its verb; `end` is where the verb ends. */
export type DecisionHead = FoundVerb & {
	/** Prose may decide several things in a sentence; an item of a list decides one. */
	form: 'item' | 'prose';
	indent: number;
};

/** What a council decided, item by item, each with its verb. What was put to it counts where it says no more than that it agrees. */
export function readDecisions(text: ActText, sections: Sections): ReadDecision[] {
	const { decision, statement } = sections.plain;
	const decided = decision ? readPart(text, decision) : [];
	if (decided.some(({ text: words }) => !AGREES.test(words))) return decided;
	const proposed = findProposal(text.plain, statement);
	const put = proposed ? readPart(text, proposed) : [];
	return put.length > 0 ? put : decided;
}

/** “adopte les propositions du rapporteur”: what was decided stands in them. */
const AGREES =
	/^(?:à l.unanimité,? ?)?(?:(?:les?|la|ces?|cette|l.ensemble (?:de )?(?:ces|des|les)) )?(?:conclusions?|propositions?|rapport|délibération|dispositions|présente délibération|projet de délibération)(?: (?:ci-dessus|qui précèdent?|du rapporteur|présentée?s?|précitée?s?|proposée?s?|à l.unanimité|de M.*|du Maire|énoncée?s?))*$/iu;

const PROPOSES =
	/(?:^|\n)[^\n]{0,200}\b(?:il (?:est|vous est) (?:donc |ainsi |par consequent )?(?:propose|demande)|(?:je|nous) vous (?:propos|demand)\w{1,4}|(?:est|sont) invite(?:e|s)? a|il convient)[^\n]{0,120}?(?:de )?:?[ \t]*(?=\n| d'| de )/g;

function findProposal(plain: string, statement: Span): Span | null {
	let last: Span | null = null;
	const part = plain.slice(statement.start, statement.end);
	for (const found of part.matchAll(PROPOSES)) {
		const start = statement.start + found.index + found[0].length;
		last = { start, end: statement.end };
	}
	return last;
}

function readPart(text: ActText, part: Span): ReadDecision[] {
	return findItems(text, linesOf(text.plain, part.start, part.end))
		.flatMap(({ head, end }) => splitProse(text, head, end))
		.flatMap(({ head, end }) => decisionOf(text, head, end));
}

type Item = { head: DecisionHead; end: number };

/** Goes line by line: a head opens an item, and the lines below belong to it as far as it goes. */
function findItems(text: ActText, lines: readonly Line[]): Item[] {
	const { plain } = text;
	const items: Item[] = [];
	let open: Item | null = null;
	let isContainer = true;
	let blank = false;
	for (const line of lines) {
		if (line.text.trim() === '') {
			blank = true;
			continue;
		}
		if (STOPS.test(line.text)) {
			open = null;
			isContainer = false;
			blank = false;
			continue;
		}
		const marker = readMarker(plain, line);
		const head = isBelow(plain, open, marker) ? null : headAt(text, line, marker, isContainer);
		if (head === 'container') {
			open = null;
			isContainer = true;
		} else if (head) {
			open = { head, end: line.end };
			items.push(open);
		} else if (open && !(blank && isFinished(plain, open) && !marker.sign)) {
			open.end = line.end;
		} else {
			open = null;
		}
		blank = false;
	}
	return items;
}

type Marker = ReturnType<typeof readMarker>;

/** Items below an item that ends with a colon are a part of it, verbs or not. */
function isBelow(plain: string, open: Item | null, marker: Marker): boolean {
	if (!open || !marker.sign || marker.isArticle) return false;
	const isOpened = plain.slice(open.head.end, open.end).includes(':');
	return isOpened && marker.indent > open.head.indent;
}

/** An item is finished by a full stop or a semicolon; what a blank line parts from it is something else. */
const isFinished = (plain: string, { head, end }: Item): boolean =>
	/[.;!][ "]*$/.test(plain.slice(Math.max(head.end, end - 8), end));

const OPENING =
	/(?:(?:et|ainsi|en consequence|par consequent|puis|enfin),? )?(?:(?:(?:le|la|l'|il|elle|les) ?(?:(?:membres du )?(?:conseil|comite|bureau|commission|assemblee|organe)[a-z' -]{0,80})?[, ]*)?(?:(?:(?:et )?apres (?:en )?avoir[a-z', ]{0,60}deliber(?:e|ation)|a l'unanimite|a la majorite|par \d+ (?:voix|votes)|a main levee|au scrutin|sur (?:la )?proposition|entendu|ou[iy])[^:;.\n]{0,120}?[,:)] ?)*)/y;

/** The decision that a line opens; `container` where it only says that decisions follow: “DÉCIDE :”. */
function headAt(
	text: ActText,
	line: Line,
	marker: Marker,
	isContainer: boolean
): DecisionHead | 'container' | null {
	const { plain } = text;
	const { start, indent } = marker;
	const from = skipOpening(plain, start, line.end);
	const form = marker.sign || isCapital(text, from) ? 'item' : 'prose';
	const verb =
		thirdPersonAt(plain, from, isCapital(text, from)) ?? findInLine(plain, from, line, marker);
	if (verb?.verb === 'décider') return afterDecides(plain, verb, line, { form, indent });
	if (verb) return { ...verb, form, indent };
	const infinitive = infinitiveAt(plain, start, /^d(?:e |')/.test(plain.slice(start, start + 3)));
	if (infinitive) return { ...infinitive, form: 'item', indent };
	if (
		marker.isArticle ||
		(isContainer && marker.sign && NOUN.test(plain.slice(start, start + 8)))
	) {
		const sentence = plain.slice(start, start + 300);
		return { verb: passiveIn(sentence) ?? 'décider', start, end: start, form: 'item', indent };
	}
	return null;
}

const NOUN = /^(?:l[ea]s?|l'|une?|que?) ?/;

function skipOpening(plain: string, start: number, end: number): number {
	OPENING.lastIndex = start;
	const length = OPENING.exec(plain)?.[0].length ?? 0;
	return Math.min(end, start + length);
}

/** “Le conseil, à l’unanimité des présents, approuve …”: the verb after what comes before it. */
function findInLine(plain: string, from: number, line: Line, marker: Marker): FoundVerb | null {
	if (marker.sign && !marker.isArticle) return null;
	const within = plain.slice(from, Math.min(line.end, from + 320));
	if (!SUBJECT.test(plain.slice(marker.start, marker.start + 60))) return null;
	for (const found of within.matchAll(BEFORE_VERB)) {
		const verb = thirdPersonAt(plain, from + found.index + found[0].length, false);
		if (verb) return verb;
	}
	return null;
}

const SUBJECT =
	/^(?:(?:et|ou[iy]|entendu|apres|a l'unanimite|a la majorite|par \d)|(?:le|la|l'|les) ?(?:membres du )?(?:conseil|comite|bureau|commission|assemblee))/;

const BEFORE_VERB =
	/(?:[,:;)] ?| (?:unanimite|majorite|presents|representes|exprimes|votants|voix|pour|contre|abstentions?|levee|delibere|vote|communautaire|municipal|metropolitain|departemental|regional|syndical|administration) )/g;

/** “décide” alone opens a list; “décide d’approuver” approves; “décide que …” decides. */
function afterDecides(
	plain: string,
	verb: FoundVerb,
	line: Line,
	place: Pick<DecisionHead, 'form' | 'indent'>
): DecisionHead | 'container' | null {
	const after = DECIDES_WHAT.exec(plain.slice(verb.end, verb.end + 300));
	const at = verb.end + (after?.[0].length ?? 0);
	if (at >= line.end) return 'container';
	const infinitive = /^d(?:e |')/.test(plain.slice(at, at + 3))
		? infinitiveAt(plain, at, true)
		: null;
	if (infinitive) return { ...infinitive, ...place };
	if (/^d(?:e|')[ :,-]*$/.test(plain.slice(at, line.end))) return 'container';
	return { ...verb, ...place };
}

/** What stands between “décide” and what is decided: how the council voted. */
const DECIDES_WHAT =
	/^[ \t]*(?:[,(]? ?(?:a l'unanimite|a la majorite|par \d+ (?:voix|votes)|avec \d+|a main levee|en consequence|donc|egalement)[^:;.\n]{0,120}?(?=[,:)\n]| de [a-z]+(?:er|ir|re)\b| d'[a-z]+(?:er|ir|re)\b))?[ \t]*[,:)]?[ \t]*/;

/** Neither decisions nor a part of them: the vote, the signatures, and what is told of the act. */
const STOPS =
	/^[ \t"|-]{0,8}(?:(?:ainsi )?fait (?:et|a|les?) |pour (?:extrait|copie|ampliation|le maire|le president)|(?:le|la) (?:maire|presidente?|secretaire)\b[^a-z]*(?:de seance)?[, ]*$|acte (?:rendu|certifie)|certifie|transmis|publie|affiche|signe|suivent|(?:delibere|adopte|approuve|vote|adoptee|approuvee)e?s? (?:a l'|a la |par |en seance)|(?:la (?:presente )?)?(?:deliberation|proposition|motion|rapport)[a-z ,]{0,40}(?:adopte|mise aux voix)|votes?\b[^a-z]*:|pour ?[:=]|contre ?[:=]|abstentions? ?[:=]|\d+ (?:voix )?pour\b|scrutin|resultats?|nombre de|unanimite|(?:la presente|cette) (?:deliberation|decision) (?:peut|sera|est susceptible)|delais? et voies|tribunal|m(?:\.|me|onsieur|adame)\b[^\n]{0,80}ne (?:prend|prennent|participe)|ont (?:vote|signe)|au registre|les jours?,? mois|en mairie)/;

function decisionOf(text: ActText, head: DecisionHead, end: number): ReadDecision[] {
	const { plain } = text;
	const from = skip(plain, head.end, end);
	const to = withoutEnd(plain, from, end);
	if (to <= from) return [];
	const words = spanOf(text, from, to);
	const item = spanOf(text, head.start, to);
	const quote = text.source.slice(item.start, item.end);
	return [
		{
			verb: head.verb,
			text: text.source.slice(words.start, words.end),
			quote,
			...item
		}
	];
}

/** Past how the council voted, where it stands between the verb and what is decided. */
const BETWEEN =
	/[\s,:]*(?:(?:a l'unanimite(?: (?:des|de ses) [a-z ]{3,50})?|a la majorite(?: (?:des|absolue) ?[a-z ]{0,40})?)[,:\s]+)?/y;

function skip(plain: string, from: number, end: number): number {
	BETWEEN.lastIndex = from;
	return Math.min(end, from + (BETWEEN.exec(plain)?.[0].length ?? 0));
}

/** Without its full stop or semicolon, and without the “et” that goes on to the next. */
function withoutEnd(plain: string, from: number, end: number): number {
	let to = end;
	for (;;) {
		const tail = /(?:[\s;,.:"-]|(?<=[\s;,])et)$/.exec(plain.slice(Math.max(from, to - 4), to));
		if (!tail) return to;
		if (tail[0] === '.' && plain.slice(to - 3, to) === '...') return to;
		to -= tail[0].length;
	}
}
