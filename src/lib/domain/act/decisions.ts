import { headAt, type DecisionHead } from '#lib/domain/act/decision-heads.ts';
import { splitProse } from '#lib/domain/act/decision-prose.ts';
import { walkLines, type Line } from '#lib/domain/act/lines.ts';
import { readMarker, type ListMarker } from '#lib/domain/act/list-marker.ts';
import type { ReadDecision } from '#lib/domain/act/reading.ts';
import type { Sections } from '#lib/domain/act/sections.ts';
import { spanOf, type ActText, type Span } from '#lib/domain/act/text.ts';

/** What a council decided, item by item, each with its verb. What was put to it counts where it says no more than that it agrees. */
export function readDecisions(text: ActText, sections: Sections): ReadDecision[] {
	const { decision, statement } = sections.plain;
	const part = decision ?? findUnannounced(text.plain, statement);
	const decided = part ? readPart(text, part) : [];
	if (decided.some(({ text: words }) => !AGREES.test(words))) return decided;
	const proposed = findProposal(text.plain, statement);
	const put = proposed ? readPart(text, proposed) : [];
	return put.length > 0 ? put : decided;
}

const UNANNOUNCED =
	/(?<=^|\n|[,.:] )(?:le|la|l'|l|les) ?(?:membres (?:du|de la) )?(?:conseil|comite|bureau|commission|assemblee)[^.;:\n]{0,160}?\b(?:decide|approuve|adopte|rejette|attribue|autorise)(?:nt)?\b/g;

/** “Le conseil, à l’unanimité :” and a list. */
const UNANIMOUS =
	/(?<=^|\n)[ \t]*(?:le|la|l'|l|les) ?(?:membres (?:du|de la) )?(?:conseil|comite|bureau|commission|assemblee)[^.;:\n]{0,120}?(?:unanimite|majorite)[^.;:\n]{0,60}:[ \t]*(?=\n)/g;

/** “Les membres du bureau, à l’unanimité, décident …”, where no formula announces it: the last that the act says. */
function findUnannounced(plain: string, { start, end }: Span): Span | null {
	const part = plain.slice(start, end);
	const last = [...part.matchAll(UNANIMOUS)].at(-1) ?? [...part.matchAll(UNANNOUNCED)].at(-1);
	return last ? { start: start + last.index, end } : null;
}

/** More than any act has: a text that seems to have more is none. */
const MOST_DECISIONS = 2_000;

/** “adopte les propositions du rapporteur”: what was decided stands in them. */
const AGREES =
	/^(?:à l.unanimité,? ?)?(?:(?:les?|la|ces?|cette|l.ensemble (?:de )?(?:ces|des|les)) )?(?:conclusions?|propositions?|rapport|délibération|dispositions|présente délibération|projet de délibération)(?: (?:ci-dessus|qui précèdent?|du rapporteur|présentée?s?|précitée?s?|proposée?s?|à l.unanimité|du Maire|énoncée?s?))*(?: de M.*)?$/iu;

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
	return findItems(text, walkLines(text.plain, part))
		.flatMap(({ head, end }) => splitProse(text, head, end))
		.slice(0, MOST_DECISIONS)
		.flatMap(({ head, end }) => decisionOf(text, head, end));
}

/** An item announces others where it has a colon. */
type Item = { head: DecisionHead; end: number; announces: boolean };

/** Goes line by line: a head opens an item, and the lines below belong to it as far as it goes. */
function findItems(text: ActText, lines: Iterable<Line>): Item[] {
	const { plain } = text;
	const items: Item[] = [];
	let open: Item | null = null;
	let isContainer = true;
	let blank = false;
	for (const line of lines) {
		if (line.text.trim() === '' || STAMPED.test(line.text)) {
			blank = true;
			continue;
		}
		if (STOPS.test(line.text)) {
			open = null;
			isContainer = false;
			blank = false;
			continue;
		}
		const marker = readMarker(text, line);
		const head: DecisionHead | 'container' | null = isBelow(open, marker)
			? null
			: headAt(text, line, marker, isContainer);
		if (head === 'container') {
			open = null;
			isContainer = true;
		} else if (head) {
			open = { head, end: line.end, announces: line.text.includes(':', head.end - line.start) };
			items.push(open);
		} else if (open && !marker.isArticle && !(blank && isFinished(plain, open) && !marker.sign)) {
			open.end = line.end;
			open.announces ||= line.text.includes(':');
		} else {
			open = null;
		}
		blank = false;
	}
	return items;
}

/** Items below an item that ends with a colon are a part of it, verbs or not. */
function isBelow(open: Item | null, marker: ListMarker): boolean {
	if (!open?.announces || !marker.sign || marker.isArticle) return false;
	return marker.indent > open.head.indent;
}

/** An item is finished by a full stop or a semicolon; what a blank line parts from it is something else. */
const isFinished = (plain: string, { head, end }: Item): boolean =>
	/[.;!][ "]*$/.test(plain.slice(Math.max(head.end, end - 8), end));

/** What a page bears at its edge stands between two lines of an item, and is none of it. */
const STAMPED =
	/^[ \t]*(?:page \d+.{0,12}|-? ?\d{1,3} ?-?|\d{1,3} ?\/ ?\d{1,3})[ \t]*$|^[ \t]*(?:accuse de reception (?:en|de la) prefecture|(?:envoye|recu|affiche|publie)e? (?:en prefecture )?le \d|date de (?:tele)?(?:transmission|reception)|id ?: ?\d{3}-)/;

/** Neither decisions nor a part of them: the vote, the signatures, and what is told of the act. */
const STOPS =
	/^[ \t"|>-]{0,8}(?:(?:ainsi )?fait (?:et|a|les?) |pour (?:extrait|copie|ampliation|le maire|le president)|(?:le|la) (?:maire|presidente?|secretaire)\b[^a-z]*(?:de seance[, ]*)?$|acte (?:rendu|certifie)|certifie|transmis|publie|affiche|signe|suivent|(?:delibere|adopte|approuve|vote|adoptee|approuvee)e?s? (?:a l'|a la |par |en seance)|(?:la (?:presente )?)?(?:deliberation|proposition|motion|rapport)[a-z ,]{0,40}(?:adopte|mise aux voix)|votes?\b[^a-z]*(?::|pour\b)|pour ?[:=]|contre ?[:=]|abstentions? ?[:=]|\d+ (?:voix )?pour\b|scrutin|resultats?|nombre de|unanimite|(?:la presente|cette) (?:deliberation|decision) (?:peut|sera|est susceptible)|delais? et voies|tribunal|m(?:\.|me|onsieur|adame)\b[^\n]{0,80}ne (?:prend|prennent|participe)|ont (?:vote|signe)|au registre|les jours?,? mois|en mairie)/;

function decisionOf(text: ActText, head: DecisionHead, end: number): ReadDecision[] {
	const { plain } = text;
	const from = skip(plain, head.end, end);
	const tail = TRAILS.exec(plain.slice(from, end));
	const to = withoutEnd(plain, from, tail ? from + tail.index : end);
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

/** What follows a decision on its own line, where an act has lost its lines. */
const TRAILS =
	/(?<=[.;,] ?)(?:(?:ainsi )?fait (?:et delibere|a [a-z])|pour extrait|ont vote|(?:resultats? du )?votes? ?:|pour ?: ?\d|acte executoire|adopte a l'unanimite)/;

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
		const tail = /(?:[\s;,.:-]|(?<=[\s;,])et)$/.exec(plain.slice(Math.max(from, to - 4), to));
		if (!tail) return to;
		if (tail[0] === '.' && plain.slice(to - 3, to) === '...') return to;
		to -= tail[0].length;
	}
}
