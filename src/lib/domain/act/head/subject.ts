import { fieldOf, foundOf } from '#lib/domain/act/head/fields.ts';
import { findHeading } from '#lib/domain/act/head/heading.ts';
import { headRegion } from '#lib/domain/act/head/region.ts';
import { withEnd } from '#lib/domain/act/head/title-end.ts';
import { linesOf, type Line } from '#lib/domain/act/lines.ts';
import type { Field, Found } from '#lib/domain/act/reading.ts';
import { quoteOf, spanOf, type ActText, type Span } from '#lib/domain/act/text.ts';

/** What an act is about: its theme, where it names one, and its title. */
export type Subject = { theme: Field<string>; title: Field<string>; block: Span | null };

const OBJECT =
	/(?:^|[ \t|"])(?:objet|intitule|titre|sujet)(?: de la (?:presente )?(?:deliberation|decision|seance)| du (?:rapport|dossier))?[ \t]*(?:[:.-]|n° ?\d{1,3} ?[:-]|$)|^[ \t|"-]{0,20}objet {1,4}(?=[a-z])/;
const THEME =
	/^[ \t|"-]{0,20}(?:theme|thematique|domaine|matiere|rubrique|politique|secteur)[ \t]*:[ \t]*/;

/** What ends a title that no empty line ends. */
const NEXT =
	/^[ \t|"-]{0,20}(?:vu (?:le|la|les|l'|l |article|code)|considerant|expose\b|exposé|rapporteur|rapport (?:de|presente|n)|presents?\b|absents?\b|etaient|sont presents|secretaire|president\b|presidence|date|nombre|nbre|seance|le conseil|la commission|le comite|le bureau|l'an |l an |mesdames|(?:le|la|m\.|mr|mme|monsieur|madame)[^:\n]{0,60} (?:expose|rappelle|informe|indique|explique|propose|presente|precise|donne lecture|rapporte|fait part|demande)|il est |il a ete|apres en|convocation|votants?|en exercice|membres|service|direction|dossier|n°|deliberation|annexe|pieces? jointe|commission|matiere|nomenclature|code matiere|theme|extrait|envoye|recu|publie|id ?:|le (?:rapporteur|president|maire)\b)/;

const MOST_LINES = 7;
const LONGEST = 600;

/** Finds what stands after `OBJET`, or, without it, the heading that the act gives itself. */
export function readSubject(text: ActText): Subject {
	const region = headRegion(text.plain);
	const lines = linesOf(text.plain, region.start, region.end);
	const block = objectBlock(lines);
	const labelled = findLabelledTheme(text, lines);
	if (!block) return withoutObject(text, lines, labelled);
	const whole = withEnd(text, block);
	if (!whole) return { theme: fieldOf(labelled, alike), title: fieldOf<string>([]), block };
	const { theme, title } = splitTheme(text, whole);
	const themes = theme ? [theme, ...labelled] : labelled;
	return {
		theme: fieldOf(themes, alike),
		title: fieldOf(title ? [title] : []),
		block
	};
}

/** No `OBJET`: the heading that the act gives itself, if one line reads as such. */
function withoutObject(
	text: ActText,
	lines: readonly Line[],
	labelled: readonly Found<string>[]
): Subject {
	const heading = findHeading(
		lines,
		text.plain.length === text.source.length ? text.source : text.plain
	);
	const found = (span: Span | null | undefined): Found<string>[] => {
		const whole = span && spanOf(text, span.start, span.end);
		const each = whole && foundBetween(text, whole.start, whole.end);
		return each ? [each] : [];
	};
	const ended = heading && withEnd(text, heading.title);
	const split = heading && ended && !heading.theme ? splitTheme(text, ended) : null;
	const themes = split?.theme ? [split.theme] : found(heading?.theme);
	return {
		theme: fieldOf([...themes, ...labelled], alike),
		title: fieldOf(split?.title ? [split.title] : found(ended)),
		block: heading?.title ?? null
	};
}

function objectBlock(lines: readonly Line[]): Span | null {
	const widest = Math.max(0, ...lines.slice(0, 200).map(({ text }) => text.length));
	for (const [index, line] of lines.entries()) {
		const label = OBJECT.exec(line.text);
		if (!label || label.index > 60) continue;
		const start = line.start + label.index + label[0].length;
		const block = blockFrom(lines, index, start, widest);
		if (block) return block;
	}
	return null;
}

/** A title begins on the line of its label or on the next that says something, and goes on to an empty one. */
function blockFrom(
	lines: readonly Line[],
	from: number,
	start: number,
	widest: number
): Span | null {
	let index = from;
	let begin = start;
	while (isBlank(lines[index], begin) && index - from < 4) {
		index += 1;
		begin = lines[index]?.start ?? begin;
	}
	const first = lines[index];
	if (!first || isBlank(first, begin) || (index > from && NEXT.test(first.text))) return null;
	let end = first.end;
	for (let next = index + 1; next < Math.min(lines.length, index + MOST_LINES); next += 1) {
		const line = lines[next];
		const before = lines[next - 1];
		if (!line || !before || !goesOn(before, line, widest)) break;
		end = line.end;
	}
	return end - begin > LONGEST ? null : { start: begin, end };
}

const isBlank = (line: Line | undefined, from: number): boolean =>
	!line || !/[a-z0-9]/.test(line.text.slice(Math.max(0, from - line.start)));

/** A short line was ended on purpose, unless all lines are short. */
function goesOn(before: Line, line: Line, widest: number): boolean {
	if (!/[a-z0-9]/.test(line.text) || NEXT.test(line.text)) return false;
	if (/[.:][ "]*$/.test(before.text)) return false;
	return line.text.length < 150 || before.text.length > widest / 2;
}

/** `THEME**Titre**`, or a theme in capitals on its line and the title on the next. */
function splitTheme(text: ActText, block: Span): { theme?: Found<string>; title?: Found<string> } {
	const whole = spanOf(text, block.start, block.end);
	const written = quoteOf(text.source, whole);
	const bold = /^([^*\n]{3,}?)[ \t]*\*\*([^*]+)\*\*/u.exec(written);
	if (bold && isCapitals(bold[1] ?? '')) return cutAt(text, whole, written.indexOf('**'));
	const line = /^([^\n]+)\n([^]+)$/u.exec(written);
	if (line && isCapitals(line[1] ?? '') && !isCapitals(line[2] ?? '')) {
		return cutAt(text, whole, written.indexOf('\n'));
	}
	const dash = /^([^\n:–—-]{3,60}?)[ \u00A0](?:[–—:-]|\/)[ \u00A0](?=[^\n])/u.exec(written);
	if (dash && isCapitals(dash[1] ?? '') && !isCapitals(written.slice(dash[0].length))) {
		return cutAt(text, whole, (dash[1] ?? '').length);
	}
	const title = foundBetween(text, whole.start, whole.end);
	return title ? { title } : {};
}

function cutAt(
	text: ActText,
	whole: Span,
	at: number
): { theme?: Found<string>; title?: Found<string> } {
	const theme = foundBetween(text, whole.start, whole.start + at);
	const title = foundBetween(text, whole.start + at, whole.end);
	return { ...(theme && { theme }), ...(title && { title }) };
}

/** Marks of markdown, quotation marks and dashes around a title are none of it. */
function foundBetween(text: ActText, from: number, to: number): Found<string> | null {
	const { source } = text;
	let [start, end] = [from, to];
	while (start < end && /[\s*_#|:–—-]/u.test(source.charAt(start))) start += 1;
	while (end > start && /[\s*_#|;:]/u.test(source.charAt(end - 1))) end -= 1;
	const quote = source.slice(start, end);
	if (!/\p{L}{2}/u.test(quote)) return null;
	return { start, end, quote, value: quote.replace(/\*\*/g, '').replace(/\s+/gu, ' ') };
}

const isCapitals = (written: string): boolean =>
	!/\p{Ll}{2}/u.test(written) && /\p{Lu}{3}/u.test(written);

const alike = (value: string): string => value.toLowerCase();

function findLabelledTheme(text: ActText, lines: readonly Line[]): Found<string>[] {
	const found = lines.slice(0, 120).flatMap((line) => {
		const label = THEME.exec(line.text);
		if (!label || line.text.length > 200 || line.text.length <= label[0].length) return [];
		const mention = { start: line.start + label[0].length, end: line.end, value: '' };
		const { quote, ...span } = foundOf(text, mention);
		return [{ ...span, quote, value: quote.replace(/\s+/gu, ' ') }];
	});
	return found.slice(0, 2);
}
