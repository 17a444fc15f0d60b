import type { Span } from '#lib/domain/act/text.ts';

const bare = (text: string): string =>
	text
		.normalize('NFD')
		.replace(/[\u0300-\u036f]/g, '')
		.toLowerCase();

/** `M.`, `Mme`, `Monsieur`, `MADAME`, one or several persons. */
export const CIVILITY =
	'(?:M\\.|MM\\.?|Mr\\.?|MR\\.?|Mrs\\.?|M(?=[ \\u00A0]\\p{Lu})|Mmes?\\.?|MMES?\\.?|Mlles?\\.?|Mme\\.?|[Mm]onsieur|MONSIEUR|[Mm]essieurs|MESSIEURS|[Mm]adame|MADAME|[Mm]esdames|MESDAMES|[Mm]ademoiselle|Dr\\.?|[Dd]octeur|[Mm]aître|Me(?=[ \\u00A0]\\p{Lu}))';

const PARTICLE = "(?:de|du|des|la|le|d['’]|van|von|der|den|del|della|el|ben|di|da|dos|dit|y|al)";
const CAPITAL = "\\p{Lu}[\\p{L}\\u0300-\\u036f'’.‑-]*";
const SPACE = '[ \\u00A0\\u202F]{1,3}';

/** Words that are written with a capital and are no name. */
const NO_NAME =
	/^(?:maire|mairesse|president|presidente|adjoint|adjointe|adjoints|premier|premiere|vice|vice-president|vice-presidente|vice-presidents|conseiller|conseillere|conseillers|conseil|secretaire|secretariat|etaient|etait|presents?|absents?|excuses?|date|monsieur|madame|messieurs|mesdames|m|mm|mme|mmes|mlle|l'an|a|au|nombre|convocation|objet|membres?|votants?|pouvoirs?|procurations?|vu|seance|sont|est|en|ordre|departement|commune|ville|communaute|republique|deliberation|doyen|doyenne|depute|senateur|ayant|qui|quorum|rapporteur|affaires?|article|exercice|et|representes?|delegues?|formant|considerant|par|pour|contre|abstention|suppleants?|titulaires?|extrait|registre|ouverture|lecture|elue?|designee?|nommee?|n°)$/;

const FUNCTION = new RegExp(
	`^(?:(?:l[ea]|l['’]|son|sa|notre|du|de|de la|de son|LE|LA)${SPACE})?(?:(?:[1-9](?:er|ère|e|ème)|Premi(?:er|ère)|premi(?:er|ère)|PREMI(?:ER|ÈRE|ERE))${SPACE})?(?:Maires?|maires?|MAIRE|Mairesse|[Pp]résidente?|PR[ÉE]SIDENTE?|President|[Vv]ice-?${SPACE}?[Pp]résidente?|VICE-PR[ÉE]SIDENTE?|[Aa]djointe?(?:${SPACE}au${SPACE}[Mm]aire)?|[Dd]oyenn?e?(?:${SPACE}d['’]âge)?)(?:${SPACE}(?:en exercice|sortante?|de séance|délégu[ée]e?))?[ \\u00A0]?[,:–-]?[ \\u00A0\\n]{0,2}`,
	'u'
);

const WORD = new RegExp(
	`^(${CAPITAL}|${PARTICLE}(?=[ \\u00A0]|(?<=['’]))|${PARTICLE}\\p{Lu}[\\p{L}'’-]*)`,
	'u'
);

/**
 * Reads the name that begins at a place, without its civility, without a function before or after
 * it. A name goes on over a line end only where it has not begun. Null where there is none.
 */
export function readPersonName(source: string, from: number): Span | null {
	let at = from;
	const skip = (pattern: RegExp): boolean => {
		const found = pattern.exec(source.slice(at, at + 120));
		if (!found || found[0] === '') return false;
		at += found[0].length;
		return true;
	};
	skip(/^[\s:*_.…|–-]{1,20}/u);
	for (let step = 0; step < 4; step += 1) {
		const moved =
			skip(FUNCTION) || skip(new RegExp(`^(?:de[ \\u00A0])?${CIVILITY}[\\s]{0,3}`, 'u'));
		if (!moved) break;
		skip(/^[\s,:*_]{1,6}/u);
	}
	return nameAt(source, at);
}

/**
 * A name is first names and a last name, or a last name in capitals and first names: after both, a
 * word with one capital is of another matter.
 */
function nameAt(source: string, start: number): Span | null {
	let [at, end] = [start, start];
	const kinds: ('last' | 'first')[] = [];
	for (let words = 0; words < 8; words += 1) {
		const word = WORD.exec(source.slice(at, at + 60))?.[0];
		if (!word || NO_NAME.test(bare(word).replace(/[.’']+$/, ''))) break;
		const kind = kindOf(word);
		// `PACU/17-2023` is a code, and no name.
		if (/^[/\d]/.test(source.slice(at + word.length, at + word.length + 1))) break;
		if (kind === 'first' && isComplete(kinds)) break;
		if (kind) kinds.push(kind);
		at += word.length;
		if (kind) end = at;
		const gap = /^[ \u00A0\u202F]{1,2}/u.exec(source.slice(at, at + 3))?.[0];
		if (gap) at += gap.length;
		else if (!/['’]$/.test(word)) break;
		// A full stop after a whole word ends the sentence, and the name.
		if (/\p{Ll}\p{Ll}\.$|\p{Lu}{3,}\.$/u.test(word)) break;
	}
	while (end > start && /[.'’-]/.test(source.charAt(end - 1))) end -= 1;
	if (kinds.length === 0 || end - start < 2) return null;
	// A last name that the end of its line cut goes on in capitals on the next, and ends there.
	const rest =
		kinds.at(-1) === 'last' && kinds[0] === 'first'
			? /^[ \u00A0]?\n((?:\p{Lu}{2}[\p{Lu}'’-]*[ ]?){1,3})(?=[.,;])/u.exec(
					source.slice(end, end + 80)
				)
			: null;
	return { start, end: rest ? end + rest[0].length : end };
}

function kindOf(word: string): 'last' | 'first' | null {
	if (!/\p{Lu}/u.test(word) || /^(?:LE|LA|LES|DE|DU|DES|Le|La|Les)$/.test(word)) return null;
	const isCapitals = /\p{Lu}{2}/u.test(word) && !/\p{Ll}{2}/u.test(word);
	return isCapitals ? 'last' : 'first';
}

/** Both parts were there: `Odilon LAURIER`, `BRISTOL Odette Marie`. */
function isComplete(kinds: readonly ('last' | 'first')[]): boolean {
	if (kinds[0] === 'first') return kinds.includes('last');
	return kinds.filter((kind) => kind === 'first').length >= 2;
}
