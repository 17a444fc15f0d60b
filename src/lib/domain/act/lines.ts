import type { Span } from '#lib/domain/act/text.ts';

/** A line of a plain form, without its end. */
export type Line = Span & { text: string };

/** A line longer than this holds several: the text lost its line ends. */
const LONG_LINE = 500;

/** Words that open a line of an act, wherever a text without line ends puts them. */
const OPENERS =
	/ (?=(?:extrait du registre|(?:date|nombre|nbre) d(?:e|u|es) |(?:etaient |sont )?(?:presents?|absents?|excuses?|representes?|votants?|pouvoirs?|procurations?) ?:|secretaire|objet ?:|en exercice ?:|rapporteur|vu (?:le|la|les|l')|considerant |apres en avoir |le conseil [a-z]+,? (?:apres|vu|decide)|ont vote |vote ?:|article (?:1er|premier|[1-9]) ?:|pour extrait|fait a |recue? en |envoye en |publie le |seance du |l'an deux|(?:monsieur|madame|m\.|mme) (?:le |la )?(?:maire|president|presidente) (?:expose|rappelle|informe|indique|propose|explique|precise)))/g;

/** The lines of a stretch of a plain form. A line that goes on beyond it is cut there. */
export function linesOf(plain: string, from: number, to: number): Line[] {
	const end = Math.min(to, plain.length);
	const lines: Line[] = [];
	let start = from;
	while (start < end) {
		const lineEnd = plain.indexOf('\n', start);
		const stop = lineEnd === -1 || lineEnd > end ? end : lineEnd;
		addLine(lines, plain, start, stop);
		start = stop + 1;
	}
	return lines;
}

function addLine(lines: Line[], plain: string, start: number, stop: number): void {
	const text = plain.slice(start, stop);
	if (text.length <= LONG_LINE) {
		lines.push({ start, end: stop, text });
		return;
	}
	let from = 0;
	for (const { index } of text.matchAll(OPENERS)) {
		lines.push({ start: start + from, end: start + index, text: text.slice(from, index) });
		from = index + 1;
	}
	lines.push({ start: start + from, end: stop, text: text.slice(from) });
}

/** More lines than any act has: what lies beyond is not read. */
const MOST_LINES = 60_000;

/** The lines of a stretch of a plain form, one by one; blank lines that follow one another are one. */
export function* walkLines(plain: string, { start, end }: Span): Generator<Line> {
	let [at, count] = [start, 0];
	let wasBlank = false;
	while (at < end && count < MOST_LINES) {
		const found = plain.indexOf('\n', at);
		const stop = found === -1 || found > end ? end : found;
		const text = plain.slice(at, stop);
		const isBlank = text.trim() === '';
		if (!isBlank || !wasBlank) yield { start: at, end: stop, text };
		if (!isBlank) count += 1;
		wasBlank = isBlank;
		at = stop + 1;
	}
}
