const bare = (text: string): string =>
	text
		.normalize('NFD')
		.replace(/[\u0300-\u036f]/g, '')
		.toLowerCase();

/** Who is listed: how many, and which of them gave their vote to somebody. */
export type NameList = { names: string[]; givers: string[] };

const CIVILITY =
	/^(?:M\.|MM\.?|Mr\.?|MR\.?|Mrs\.?|M(?=\s)|Mmes?\.?|MMES?\.?|Mlles?\.?|Monsieur|MONSIEUR|Messieurs|MESSIEURS|Madame|MADAME|Mesdames|MESDAMES|Mademoiselle|Dr\.?|Me(?=\s))\s*/u;
const CIVILITIES =
	/(?<![\p{L}\p{N}])(?:M\.|Mr\.?|MR\.?|M(?=\s\p{Lu})|Mme\.?|MME\.?|Mlle\.?|Monsieur|MONSIEUR|Madame|MADAME|Mademoiselle)(?=\s)/gu;
const PLURALS =
	/(?<![\p{L}\p{N}])(?:MM\.?|Mrs\.?|Mmes\.?|MMES\.?|Mlles\.?|Messieurs|MESSIEURS|Mesdames|MESDAMES)(?=[\s,:]|$)/u;

/** Functions that stand among the names, and words that belong to the heading. */
const FUNCTIONS =
	/^(?:(?:l[ea]s? |l'|du |de la )?(?:(?:[0-9]{1,2}(?:er|ere|e|eme|nd|nde)|premiere?s?|deuxieme|troisieme|quatrieme|cinquieme|sixieme|septieme|huitieme|neuvieme|dixieme) ?)?(?:maires?(?:-adjointe?s?)?|mairesse|presidente?s?|vice[- ]?presidente?s?|v\.?-?p\.?|adjointe?s?(?: au maire| a la maire)?|conseill(?:er|ere)s?(?: municipa(?:l|le|ux|les))?(?: delegue(?:e|s|es)?)?(?: communautaires?| metropolitains?| departementa(?:l|ux)| regiona(?:l|ux))?|delegue(?:e|s|es)?(?: titulaires?)?(?: suppleante?s?)?|suppleante?s?|titulaires?|secretaire(?: de seance)?|rapporteur|membres?(?: du bureau)?|administrateurs?|doyenn?e?|deputee?|senat(?:eur|rice))(?: et)?(?: (?:sortant|en exercice|delegue)e?s?)?|excuse(?:e|s|es)?|absente?s?|presente?s?|non excuse(?:e|s|es)?|neant|formant la majorite.*|lesquels forment.*)$/;

const GIVES =
	/\s(?:(?:a |ayant |qui a )?(?:donn[ée]e?|donnant|remis|confi[ée])\s+)?(?:(?:son |sa |un |une )?(?:pouvoir|procuration|mandat|délégation de vote|delegation de vote)|représentée?|representee?|mandataire|remplacée? par pouvoir)s?(?:\s+(?:de vote|écrite?|donnée?|donne))?\s*(?:à|a|au|par|:|pour|=>|→)?\s+(?=\S)/iu;

/** `les Adjoints :`, before those who are. */
const GROUP =
	/^(?:(?:les|et|mesdames|messieurs|adjointe?s?|au|maire|conseill(?:er|ere)s?|municipa(?:l|ux)|communautaires|delegue(?:e|s|es)?|titulaires?|suppleante?s?|vice-presidente?s?|membres|du|bureau)(?:[ ,]+|$))+$/;

const NAME_WORD =
	/^(?:\p{Lu}[\p{L}.'’-]*|de|du|des|la|le|les|d['’]\p{L}[\p{L}'’-]*|l['’]\p{L}+|van|von|der|den|del|della|el|ben|di|da|dos|d['’]|y|al|bin|ep\.?|née|dit|jean)$/u;

/**
 * Counts the names of a list. Null where it is not certain: one entry that is no name, and nobody
 * counts. `isProxies` is for a list of those who gave their vote: `A à B`, `A par B`.
 */
export function readNameList(source: string, isProxies = false): NameList | null {
	const written = source
		.replace(/[*_#|•●◦▪]+/gu, (mark) => (mark.includes('|') ? '\t' : ' '))
		.trim();
	if (/^[\s.:/-]*(?:(?:n[ée]ant|aucune?)[\s.:]*)?$/iu.test(written)) {
		return /\p{L}/u.test(written) ? { names: [], givers: [] } : null;
	}
	for (const entries of waysToDivide(written)) {
		const list = listOf(entries, isProxies);
		if (list) return list;
	}
	return null;
}

/** Commas and dashes where there are some; else lines and columns; else one civility after another. */
function waysToDivide(written: string): string[][] {
	const flat = joinWrapped(written);
	const divided = (text: string, mark: RegExp): string[] =>
		text
			.split(mark)
			.map((entry) => entry.replace(/\s+/gu, ' ').trim())
			.filter((entry) => /\p{L}/u.test(entry));
	const byComma = /[,;]|\s[–—-]\s|(?:^|\n)\s*[–—-]\s?|\.\s+(?=MM|Mmes|Mesdames|Messieurs)/u;
	const ways: string[][] = [];
	if (/[,;]/.test(written))
		ways.push(
			divided(
				withoutBrackets(flat),
				/[,;]|\s[–—]\s|\n\s*[–—-]\s?|\s(?:et|ET|&)\s(?=\S)|(?<=\p{L}{3})\.\s+(?=MM|Mme|M\.|Mr\s|Monsieur|Madame|Mesdames|Messieurs)/u
			)
		);
	ways.push(
		divided(
			withoutBrackets(written),
			/[\n\t;]+|\s{3,}|\s(?:et|ET)\s(?=(?:M\.|Mme|Mr|Monsieur|Madame|M\s)\s?\p{Lu})/u
		)
	);
	if (/\s[–—-]\s/.test(flat)) ways.push(divided(withoutBrackets(flat), byComma));
	ways.push(byCivility(withoutBrackets(written).replace(/\s+/gu, ' ')));
	ways.push(byCapitals(withoutBrackets(written).replace(/\s+/gu, ' ')));
	return ways.filter((entries) => entries.length > 0);
}

/** In a list that commas divide, a line end divides nothing, but before a civility. */
const joinWrapped = (written: string): string =>
	written
		.replace(
			/(?<![ \t]|\s(?:à|a|A|par|de|et|ET))[ \t]*\n[ \t]*(?=(?:M\.|Mr|Mme|MME|Monsieur|Madame|Mesdames|Messieurs|MM\.?|Mmes)\s)/gu,
			', '
		)
		.split('\n')
		.map((line) => line.trim())
		.join(' ');

/** Brackets say when somebody came or whose vote they have; only a vote given away matters. */
function withoutBrackets(written: string): string {
	return written.replace(/(?<!\s)\s*\(([^()]{0,120})\)/gu, (_, inside: string) => {
		const plain = bare(inside);
		const gives =
			/(?:pouvoir|procuration|mandat|vote|delegation)[a-z ]* (?:a|au)\b|represent|procuration|pouvoir$/.test(
				plain
			);
		return gives && !/(?:pouvoir|procuration|mandat) de /.test(plain) ? ' pouvoir à ¤' : '';
	});
}

/** `Mme A B M. C D`: one civility a person, and nothing before the first. */
function byCivility(flat: string): string[] {
	const starts = [...flat.matchAll(CIVILITIES)].map(({ index }) => index);
	if (starts.length < 2 || starts[0] !== 0) return [];
	const entries: string[] = [];
	for (const [index, start] of starts.entries()) {
		const entry = flat.slice(start, starts[index + 1]).trim();
		const before = entries.at(-1);
		// Who holds a vote is no further name.
		if (before !== undefined && /\s(?:à|a|par|de)$/u.test(before))
			entries[entries.length - 1] = `${before} ${entry}`;
		else entries.push(entry);
	}
	return entries;
}

/** `Anne DUPONT Jean MARTIN`: each first name begins another person. */
function byCapitals(flat: string): string[] {
	const entries: string[] = [];
	let [hasFirst, hasLast] = [false, false];
	let words: string[] = [];
	for (const word of flat.split(' ')) {
		if (!NAME_WORD.test(word)) return [];
		const isLast = word.length > 1 && word === word.toUpperCase() && /\p{Lu}{2}/u.test(word);
		const isFirst = !isLast && /^\p{Lu}/u.test(word);
		if (isFirst && hasLast) {
			if (!hasFirst) return [];
			entries.push(words.join(' '));
			[words, hasFirst, hasLast] = [[], false, false];
		}
		words.push(word);
		hasFirst ||= isFirst;
		hasLast ||= isLast;
	}
	return hasFirst && hasLast ? [...entries, words.join(' ')] : [];
}

function listOf(entries: readonly string[], isProxies: boolean): NameList | null {
	const names: string[] = [];
	const givers: string[] = [];
	for (const entry of entries) {
		const cleaned = entry
			.replace(/^(?:[–—-]|\d{1,2}[.)-]|o\s)\s*/u, '')
			.replace(PLURALS, ' ')
			.replace(/^[\s:]+/u, '')
			.replace(/^([^:]{3,60}):\s*/u, (group, words: string) =>
				GROUP.test(bare(words).trim()) ? '' : group
			)
			.replace(/^(?:et|ET|&)\s+/u, '')
			.replace(/(?<![.:])[.:]+$/u, '')
			.trim();
		if (!/\p{L}/u.test(cleaned) || FUNCTIONS.test(bare(cleaned))) continue;
		const given =
			GIVES.exec(cleaned) ??
			(isProxies
				? /\s(?:à|a|À|A(?=\s(?:M\.|MME|MR|MLLE|MONSIEUR|MADAME))|par|pour|=>|→|>)\s(?=\S)/u.exec(
						cleaned
					)
				: null);
		const name = given ? cleaned.slice(0, given.index).trim() : cleaned;
		if (!isName(name)) return null;
		if (given && !isHolder(cleaned.slice(given.index + given[0].length))) return null;
		names.push(name);
		if (given) givers.push(name);
	}
	return names.length > 0 ? { names, givers } : null;
}

const isHolder = (written: string): boolean =>
	written.trim() === '¤' ||
	isName(written.trim()) ||
	FUNCTIONS.test(bare(written.replace(CIVILITY, '').trim()));

/** One to seven words that names have, of one person. */
export function isName(written: string): boolean {
	const bareName = written
		.replace(CIVILITY, '')
		.replace(
			/\s+(?:(?:maire|pr[ée]sidente?|adjointe?|absente?|excus[ée]e?|pr[ée]sente?)s?\s*)+$/iu,
			''
		)
		.trim();
	const words = bareName.split(/[ \u00A0]+/u);
	if (words.length > 7 || bareName.length < 3 || /\d/.test(bareName)) return false;
	if (PLURALS.test(bareName) || bareName.match(CIVILITIES)) return false;
	if (isTwoNames(words)) return false;
	return (
		words.some((word) => /^(?:d['’])?\p{Lu}/u.test(word)) &&
		words.every((word) => NAME_WORD.test(word))
	);
}

/** `Anne DULAC Jean FERRY`: a first name after a last name begins another person. */
function isTwoNames(words: readonly string[]): boolean {
	const kinds = words
		.filter(
			(word) => /^\p{Lu}/u.test(word) && !/^(?:LE|LA|LES|DE|DU|DES|Le|La|Les|De|Du|Des)$/.test(word)
		)
		.map((word) => (/\p{Lu}{2}/u.test(word) && !/\p{Ll}{2}/u.test(word) ? 'L' : 'f'))
		.join('');
	return /fL+f|Lf+L/.test(kinds) || (!kinds.includes('L') && kinds.length > 4);
}

/** Whether two ways of writing name one person: the words of the shorter are all in the longer. */
export function isSamePerson(left: string, right: string): boolean {
	const words = (name: string): string[] =>
		bare(name.replace(CIVILITY, ''))
			.split(/[^a-z]+/)
			.filter((word) => word.length > 1);
	const [first, second] = [words(left), words(right)];
	const [short, long] = first.length <= second.length ? [first, second] : [second, first];
	return short.length > 0 && short.every((word) => long.includes(word));
}
