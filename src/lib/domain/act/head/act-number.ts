import { fieldOf, foundOf, type Mention } from '#lib/domain/act/head/fields.ts';
import { HEAD_LENGTH } from '#lib/domain/act/head/region.ts';
import type { Field, Found } from '#lib/domain/act/reading.ts';
import { quoteOf, spanOf, type ActText, type Span } from '#lib/domain/act/text.ts';

/** `2021-09-30/12`, `DEL2021_045`, `2021.06.24`, `D-2021/123`, `21-047`, `DEL-2023-02-ADG-001`, `12`. */
const PART = '(?:[a-z]{0,6}\\d{1,8}[a-z]{0,4}|[a-z]{1,5}(?=[-_./ ]{1,3}\\d))';
const TOKEN = `(?:[a-z]{1,8}[-_./ ]{0,2})?\\d{1,12}[a-z]{0,4}(?:(?:[-_./]| [-/] )${PART}){0,6}(?:[-_/.][a-z]{1,8}(?![a-z]))?`;
const NUMBER_SIGN = '(?:n ?[°ºo][sS]?\\.?|numero|num\\.?|nr\\.?|no\\.)';

/** After words that say whose number it is. */
const LABELLED = new RegExp(
	`(?:(?:deliberation|delib\\.?|acte|decision)s?(?: (?:du|de la|de l')[a-z' ]{3,40}?)?[ \\t]*${NUMBER_SIGN}|(?:numero|${NUMBER_SIGN}) (?:de (?:la )?deliberation|d'acte|de l'acte|d'ordre|interne)|ref(?:erence|\\.)?(?: de l'acte| de la deliberation)?(?= ?:))[ \\t:]{0,4}[ \\n]?[ \\t]{0,4}(${TOKEN})(?![a-z0-9]|-?\\()`,
	'g'
);
/** `DELIBERATION 2021-045`, without a sign, only where it has the shape of one. */
const BARE_LABELLED =
	/(?:^|\n)[ \t|"-]{0,20}(?:extrait de )?(?:deliberation|delib)[ \t:]{1,4}((?:[a-z]{1,6}[-_ ]?)?\d{2,4}[-_./]\d{1,4}(?:[-_./][a-z]?\d{1,4}){0,4})[ \t]*(?=\n|$|[:-] |[ ]du [0-9])/g;
/** Alone on its line, or at its head, with a sign: `N° 2021.06.24`. */
const SIGNED_LINE = new RegExp(
	`(?:^|\\n)[ \\t|"-]{0,20}${NUMBER_SIGN}[ \\t:]{0,3}(${TOKEN})[ \\t|"]*(?=\\n|$|[:-][ \\t])`,
	'g'
);
/** Alone on its line or before a dash, without a sign: only in shapes that nothing else has. */
const ALONE =
	/(?:^|\n)[ \t|"-]{0,20}((?:[a-z]{2,8}[-_./ ]?\d{2,8}|[a-z]{1,8}[-_./ ]?(?:19|20)?\d{2}|(?:19|20)\d{2})(?:[-_./](?:[a-z]{1,5}(?=[-_./]))?[a-z]{0,4}\d{1,6}[a-z]{0,2}){1,5}(?:[-_/][a-z]{1,4}(?![a-z]))?|(?:19|20)\d{2} [a-z]{2,6} \d{1,4}|\d{1,4}\/\d{2}(?:-\d{2}){2}(?:\/[a-z]{1,3})?)[ \t|"]*(?=\n|$|[:-] |- )/g;
/** Before its object, on one line with it: `03-2024 OBJET : …`. */
const BEFORE_OBJECT =
	/[ \n]((?:19|20)\d{2}[-_/.]\d{1,5}|\d{1,5}[-_/.](?:19|20)\d{2}) {0,2}[-:]? {0,2}(?=objet)/g;
/** Anywhere in the head, with a sign and a year: `Acquisition d’un broyeur N°36/2023`. */
const ANYWHERE = new RegExp(
	`${NUMBER_SIGN}[ ]?((?:19|20)\\d{2}[-_/.]\\d{1,5}|\\d{1,5}[-_/.](?:19|20)\\d{2})(?![a-z0-9]|[-_/.][0-9])`,
	'g'
);

/** Numbers of other things: of a session, a page, a law, a report, an earlier act. */
const OTHER =
	/(?:seance|reunion|rapport|dossier|question|point|parcelle|section|permis|operation|page|feuillet|folio|registre|article|art\.|loi|decret|ordonnance|budget|lot|annexe|marche|convention|avenant|tranche|siret|siren|telephone|tel|fax|compte|chapitre|arrete|vu la|vu les|par|de la|cette|sa|notre|modifiant la|modification de la|abroge la|annule la|complete la|remplace la|rapporte la|suite a la) ?$/;

/** `DLvil_2023 02 ADG 001`, `2022 7 4`: set with spaces, it goes on, and its first part is not the whole. */
const GOES_ON = /^ \d{1,4}(?: [a-z]{2,5})?[ _]\d{1,4}(?![a-z0-9])(?! ?[h:])/;

const DATE = /^\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})$|^\d{4}-\d{2}-\d{2}$/;

/** Finds the number that an act gives itself in its head. Dates, pages and numbers of other things are none. */
export function readActNumber(text: ActText, head: Span, title: Span | null): Field<string> {
	for (const pattern of [LABELLED, BARE_LABELLED, SIGNED_LINE, ALONE, BEFORE_OBJECT, ANYWHERE]) {
		const found = findNumbers(text, head, title, pattern);
		if (found.length > 0) return numberField(found);
	}
	const before = title && numberBefore(text, title);
	if (before) return fieldOf([before]);
	const ending = title ? findNumbers(text, title, null, AT_END) : [];
	if (ending.length > 0) return numberField(ending);
	// “Numéro E-2021-845”, on a line of its own below the title.
	const below = { start: head.end, end: Math.min(text.plain.length, head.end + BELOW_HEAD) };
	return numberField(findNumbers(text, below, title, SIGNED_LINE));
}

const BELOW_HEAD = 300;

/** `Désignation des délégués - DE_2020_041`: as some registers end a title. */
const AT_END =
	/[-(][ ]?((?:de|del|delib|d|dcm|cm|cc)[-_][0-9]{4}[-_][0-9]{1,5}[a-z]{0,3})[ ]?\)?[ *]*$/g;

const numberField = (found: readonly Found<string>[]): Field<string> =>
	fieldOf(found, (value) => value.toLowerCase().replace(/ /g, ''));

function findNumbers(
	text: ActText,
	region: Span,
	title: Span | null,
	pattern: RegExp
): Found<string>[] {
	const { plain } = text;
	const stretch = plain.slice(region.start, region.end);
	return [...stretch.matchAll(pattern)].flatMap((match) => {
		const token = match[1] ?? '';
		const label = region.start + match.index;
		const start = label + match[0].lastIndexOf(token);
		const lead = plain.slice(Math.max(0, label - 40), label);
		if (OTHER.test(lead.slice(lead.lastIndexOf('\n') + 1)) || isInside(title, start)) return [];
		const { end } = withoutEdges(plain, { start, end: start + token.length, value: '' });
		if (!isNumber(plain, { start, end }, pattern !== ALONE)) return [];
		if (GOES_ON.test(plain.slice(end, end + 24))) return [];
		const value = quoteOf(text.source, spanOf(text, start, end));
		return [foundOf(text, { start, end, value })];
	});
}

/** `CC_2021_12_16_07 Tarifs de la redevance`: what leads the line of a title. */
function numberBefore(text: ActText, title: Span): Found<string> | null {
	const lineStart = text.plain.lastIndexOf('\n', title.start - 1) + 1;
	const lead = text.plain.slice(Math.max(lineStart, title.start - 60), title.start);
	const token = LEADING.exec(lead)?.[1];
	if (!token || DATE.test(token) || numbersOfHeadings(text.plain) > 1) return null;
	const start = title.start - lead.length + lead.indexOf(token);
	const found = foundOf(text, { start, end: start + token.length, value: '' });
	return { ...found, value: found.quote };
}

/** Minutes have many headings with a number each: none of these is the number of the whole. */
function numbersOfHeadings(plain: string): number {
	const headings = plain.slice(0, HEAD_LENGTH).matchAll(LED_HEADING);
	return new Set([...headings].map(([, token]) => token)).size;
}

const LED_HEADING =
	/(?:^|\n)[ \t|"-]{0,20}((?:[a-z]{1,6}[-_.]?)?\d{2,4}(?:[-./_]\d{1,4}){1,4})[ \t:-]+(?=[a-z]{4})/g;

const LEADING = /^[ \t|"-]{0,20}((?:[a-z]{1,6}[-_.]?)?\d{2,4}(?:[-./_]\d{1,4}){1,4})[ \t:-]+$/;

const isInside = (span: Span | null, place: number): boolean =>
	span !== null && place >= span.start && place < span.end;

function withoutEdges(plain: string, mention: Mention<string>): Mention<string> {
	let end = mention.end;
	while (end > mention.start && /[-_./ ]/.test(plain.charAt(end - 1))) end -= 1;
	return { ...mention, end };
}

function isNumber(plain: string, { start, end }: Span, isSigned: boolean): boolean {
	const token = plain.slice(start, end);
	// After its own sign, a number may look like a date; without one, it is a date.
	if (!isSigned && DATE.test(token)) return false;
	if (/^\d{9}$|^\d{14}$/.test(token) || /^(?:du|le|de|la|et|a|au) /.test(token)) return false;
	return end > start;
}
