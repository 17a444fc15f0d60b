import { fieldOf } from '#lib/domain/act/head/fields.ts';
import { readPersonName } from '#lib/domain/act/head/person-name.ts';
import type { Field, Found } from '#lib/domain/act/reading.ts';
import { quoteOf, type ActText, type Span } from '#lib/domain/act/text.ts';

const PRESIDENT = [
	/sous l[ae'] ?presidence[ \n]{1,3}(?:d'|de[ \n]|du[ \n]|effective de )/g,
	/(?:^|\n)[ \t|"-]{0,20}presiden(?:te?|ce)(?: de (?:la )?seance)?[ \t]{0,3}:[ \t]{0,4}/g,
	/(?:^|\n|[.;|] ?)[ \t|"-]{0,20}presidence (?:de |d'|du )/g,
	/(?:(?:seance|reunion)[ \n](?:est |etait )?|(?:^|\n)[ \t|"-]{0,20})presidee par /g,
	/(?:^|[ \n])president(?:e)? de (?:la )?seance[ \t]{0,3}:[ \t]{0,4}/g,
	/(?:^|\n)[ \t|"-]{0,20}(?:le|la) (?:maire|presidente?)[ \t]{0,2}:[ \t]{1,3}(?=[^\n]{5,60}(?:\n|$))/g
];

const SECRETARY = [
	/secretai(?:re|riat)s?(?:\(s\))?(?: de (?:la )?seance)?(?: (?:elue?|designee?|nommee?))?[ \t]{0,3}:[ \t]{0,4}/g,
	/(?:^|\n)[ \t|"-]{0,20}secretaire de (?:la )?seance[ \t|]{1,6}(?=(?:m\.|mme|mr|monsieur|madame))/g,
	/(?:designe|nomme|elit|choisit|choisi|nommer|designer)[ \n](?:pour secretaire|(?:comme |en qualite de )?secretaire(?: de (?:la )?seance)?)[ :,\n]{1,4}/g,
	/(?:fonctions? de )?secretaire(?: de (?:la )?seance)?[ \n](?:est|sont|a ete|ont ete)[ \n](?:(?:confiees?|assurees?|remplies?|exercees?|tenues?)[ \n](?:a|par)[ \n])?(?=(?:m\.|mme|mr|monsieur|madame|mademoiselle)[ \n])/g,
	/secretariat (?:de (?:la )?seance )?(?:est |a ete )?(?:assure|tenu) par /g
];

const BECOMES =
	/(?:a ete|ayant ete|est|fut|ont ete|sont)[ \n](?:[a-z]{4,14}ment[ \n])?(?:designe|elu|nomme|choisi|proclame|appele)(?:e|\(e\)|\.e|s|es)?(?![a-z])([^.;:]{0,110})/g;
const ALSO_BECOMES =
	/(?:,(?=[ ]secretaire de (?:la )?seance(?! ?:))|remplit(?: les fonctions de)?|est|assure(?: les fonctions de| le)?|exerce les fonctions de)[ \n]secretai(?:re|riat) de (?:la )?seance|[ \n]est[ \n]secretaire(?=[ .,\n]|$)/g;

/** Finds under whom the council sat. */
export function readPresident(text: ActText, head: Span, after: Span): Field<string> {
	const inHead = PRESIDENT.flatMap((label) => namesAfter(text, head, label));
	const presiding = inHead.length > 0 ? inHead : namesEndingAt(text, head, [PRESIDES]);
	const [sureLabel] = PRESIDENT;
	const found =
		presiding.length > 0 || !sureLabel
			? presiding
			: namesAfter(text, after, sureLabel).filter(({ start }) => isOfMeeting(text.source, start));
	return fieldOf(distinct(found), alike);
}

/** Past the head, only where the sentence says that the council met. */
const isOfMeeting = (source: string, start: number): boolean =>
	/(?:convoqu|réuni|reuni|assembl)[^.]*(?:M\.\s*)?$/iu.test(
		source.slice(Math.max(0, start - 300), start)
	);

/** “M. Dupont, maire, préside.” */
const PRESIDES = /(?<=[,\n ])preside(?=[ .,\n]|$)(?! par)/g;

/** Finds who kept the record. */
export function readSecretary(text: ActText, head: Span, whole: Span): Field<string> {
	const after = SECRETARY.flatMap((label) => namesAfter(text, head, label));
	const found = distinct([...after, ...namesBefore(text, head)]);
	return fieldOf(found.length > 0 ? found : distinct(namesBefore(text, whole)), alike);
}

function namesAfter(text: ActText, region: Span, label: RegExp): Found<string>[] {
	const stretch = text.plain.slice(region.start, region.end);
	return [...stretch.matchAll(label)].flatMap((match) => {
		// Several secretaries, or a president of something else, are told apart by nobody here.
		const from = text.at(region.start + match.index + match[0].length);
		const name = readPersonName(text.source, from);
		if (!name) return [];
		const [first] = [foundName(text, name)];
		const next = /^[ ,]*(?:et|,|&)[ \n](?=(?:M\.|Mme|Mr|Monsieur|Madame|MM))/u.exec(
			text.source.slice(name.end, name.end + 20)
		);
		const second = next && /secretaires|secretaire\(s\)/.test(match[0]);
		const other = second ? readPersonName(text.source, name.end + next[0].length) : null;
		return other ? [first, foundName(text, other)].filter(isFound) : [first].filter(isFound);
	});
}

const isFound = (found: Found<string> | undefined): found is Found<string> => found !== undefined;

/** “Mme Dupont a été élue secrétaire de séance”: the name stands before, in the same sentence. */
function namesBefore(text: ActText, region: Span): Found<string>[] {
	const stretch = text.plain.slice(region.start, region.end);
	const places = [
		...[...stretch.matchAll(BECOMES)]
			.filter(({ 1: rest = '', index }) => {
				if (/secretaire/.test(rest))
					return !/secretaire(?: de (?:la )?seance)? ?:/.test(
						rest + stretch.slice(index, index + 200).slice(rest.length, rest.length + 60)
					);
				const lead = stretch.slice(Math.max(0, index - 300), index);
				return /remplir cette fonction|ces fonctions/.test(rest) && /secretaire/.test(lead);
			})
			.map(({ index }) => index),
		...[...stretch.matchAll(ALSO_BECOMES)].map(({ index }) => index)
	];
	return namesAtPlaces(text, region, places);
}

function namesEndingAt(text: ActText, region: Span, patterns: readonly RegExp[]): Found<string>[] {
	const stretch = text.plain.slice(region.start, region.end);
	const places = patterns.flatMap((pattern) =>
		[...stretch.matchAll(pattern)].map(({ index }) => index)
	);
	return namesAtPlaces(text, region, places);
}

function namesAtPlaces(text: ActText, region: Span, places: readonly number[]): Found<string>[] {
	return places.flatMap((place) => {
		const end = text.at(region.start + place);
		const name = nameEndingAt(text.source, end);
		const found = name && foundName(text, name);
		return found ? [found] : [];
	});
}

/** The last name that begins with a civility or a sentence before a place, and ends there. */
function nameEndingAt(source: string, end: number): Span | null {
	const from = Math.max(0, end - 110);
	const lead = source.slice(from, end);
	const starts = [
		...lead.matchAll(
			/(?:^|[\n.:;]\s*|,\s|\s)(?=(?:M\.|Mr|M |Mme|Mlle|Monsieur|Madame|MONSIEUR|MADAME|Mademoiselle)\s?)|(?:[\n.:;]\s{0,3}|^)(?=\p{Lu})/gu
		)
	]
		.map(({ 0: mark, index }) => from + index + mark.length)
		.reverse();
	for (const start of starts) {
		const name = readPersonName(source, start);
		if (!name || name.end > end) continue;
		const between = source.slice(name.end, end);
		if (/^[\s*]*$/u.test(between) || /^,[^.;:\n]{0,60},?\s*$/u.test(between)) return name;
	}
	return null;
}

function foundName(text: ActText, span: Span): Found<string> | undefined {
	const quote = quoteOf(text.source, span);
	return quote === '' ? undefined : { ...span, quote, value: quote.replace(/\s+/gu, ' ') };
}

/** A place is found once, though two ways of saying lead to it. */
function distinct(found: readonly Found<string>[]): Found<string>[] {
	return found.filter(
		(each, index) => found.findIndex((other) => other.start === each.start) === index
	);
}

/** The same person with and without a first name is one: what is compared is the last name. */
function alike(value: string): string {
	const words = value
		.normalize('NFD')
		.replace(/[\u0300-\u036f]/g, '')
		.split(/[ \u00A0]+/u);
	const capitals = words.filter((word) => word.length > 2 && word === word.toUpperCase());
	return (capitals.length > 0 ? capitals : words.slice(-1)).join(' ').toLowerCase();
}
