import type { CitationSection } from '#lib/domain/act/cited-value.ts';
import { headRegion } from '#lib/domain/act/head/region.ts';
import { readSubject } from '#lib/domain/act/head/subject.ts';
import { linesOf, type Line } from '#lib/domain/act/lines.ts';
import { spanOf, type ActText, type Span } from '#lib/domain/act/text.ts';

/** The parts of an act, each where it stands. One that the act lacks is null. */
export type ActParts = {
	/** Who sat, when, under whom, and what it is about. */
	header: Span;
	/** Why: what was told to the council, what it has seen and considered. Empty where nothing was. */
	statement: Span;
	/** From the formula (“après en avoir délibéré, décide”) to the vote or the signatures. */
	decision: Span | null;
	/** The result of the vote where it stands apart, after the decision. */
	ballot: Span | null;
};

export type Sections = ActParts & {
	/** The same parts in the plain form, for who seeks patterns there. */
	plain: ActParts;
	/** The formula by which the council decides, in the plain form. */
	formula: Span | null;
	/** Which part of the act a place of its text belongs to, as a citation says it. */
	sectionAt: (offset: number) => CitationSection;
};

/** Finds the parts of an act. It takes any text: what shows no part at all is a statement of reasons. */
export function readSections(text: ActText): Sections {
	const { plain } = text;
	// No head goes on past a sure formula, though no empty line parts them.
	const sure = findFormula(plain, 0, SURE_FORMULAS);
	const headerEnd = Math.min(
		Math.max(findHeaderEnd(plain), readSubject(text).block?.end ?? 0),
		sure?.start ?? plain.length
	);
	const formula = findFormula(plain, headerEnd);
	const decisionStart = formula?.start ?? plain.length;
	const ballotStart = formula ? findBallot(plain, formula.end) : null;
	const closing = formula ? findClosing(plain, ballotStart ?? formula.end) : plain.length;
	const parts: ActParts = {
		header: { start: 0, end: Math.min(headerEnd, decisionStart) },
		statement: { start: Math.min(headerEnd, decisionStart), end: decisionStart },
		decision: formula && { start: formula.start, end: Math.min(ballotStart ?? closing, closing) },
		ballot: ballotStart === null ? null : { start: ballotStart, end: closing }
	};
	const inText = (span: Span): Span => spanOf(text, span.start, span.end);
	const header = inText(parts.header);
	const decision = parts.decision && inText(parts.decision);
	const ballot = parts.ballot && inText(parts.ballot);
	return {
		header,
		statement: inText(parts.statement),
		decision,
		ballot,
		plain: parts,
		formula,
		sectionAt: (offset) => {
			if (isWithin(decision, offset)) return 'decision';
			return isWithin(header, offset) || isWithin(ballot, offset)
				? 'header'
				: 'statement_of_reasons';
		}
	};
}

const isWithin = (span: Span | null, offset: number): boolean =>
	span !== null && offset >= span.start && offset < span.end;

/** Letters that a heading may have set apart: `D E C I D E`. */
const spaced = (word: string): string => word.split('').join(' ?');

/** Whoever decides, at the head of a sentence. */
const COUNCIL =
	"(?:le|la|l'|l|les membres d[ue]s?(?: la)?) ?(?:conseil|comite|bureau|commission|assemblee|organe|membres)(?:(?! a | avait| ont )[a-z' -]){0,60}?";
const LINE = `(?:^|\\n)[ \\t"|•+-]{0,8}`;
const DECIDES = `(?:${['decide', 'delibere', 'arrete'].map(spaced).join('|')})(?: ?n ?t)?`;
const ALSO_DECIDES =
	'(?:approuve|adopte|autorise|accepte|emet|prend acte|valide|fixe|vote|donne|attribue|accorde|prononce|designe|confirme|sollicite|rejette|ratifie|retient|institue|habilite|charge|emet|decide|arrete|delibere)(?:nt)?';
const AFTER_DELIBERATING =
	'(?:apres (?:en )?(?:avoir,? )?(?:en )?[a-z, \\n]{0,40}deliber(?:e|er)|apres deliberation|ayant delibere|apres en avoir debattu|apres (?:debats?|discussion|echange|vote|examen)(?: et (?:vote|delibere))?(?=,| et |[ \\n]le ))';

/**
 * What opens a decision, the surest first. Each is sought in the whole act, and the first place of
 * the surest kind holds. Of a council that “avait décidé” it is told; it does not decide.
 */
const FORMULAS: readonly RegExp[] = [
	// “Le conseil, après en avoir délibéré”, at the head of a line or after the name of who decides.
	`${LINE}(?:(?:le|la|l'|l) ?(?:conseil|comite|bureau|commission|assemblee|organe)(?:(?!\\n ?(?:vu|considerant))[a-z', \\n-]){0,120})?(?:ceci expose,? |et,? |oui [^.\\n]{0,60} et |entendu [^.\\n]{0,80} et )?${AFTER_DELIBERATING}(?!,? avai)`,
	`${LINE}${DECIDES} ?(?:a l'unanimite )?[:;,.]?[ \\t]*(?=\\n|$)`,
	`\\b${AFTER_DELIBERATING}(?![a-z, \\n]{0,80} avai)`,
	`${LINE}(?:(?:au vu de|sur|compte tenu|en consequence|par consequent|considerant|hors (?:de )?la presence|ouie? l'|oui l |entendu|apres avoir|suite a)[^.\\n]{0,60}, )?${COUNCIL}[, \\n]{0,3}(?:(?:a|par|sur|oui|entendu)[ '][^.\\n]{0,90},? )?${ALSO_DECIDES}(?![a-z])`,
	`${LINE}a l'unanimite[^.\\n]{0,60},? ${COUNCIL}[ ,]{0,2}(?:${ALSO_DECIDES}|:)`,
	`${LINE}(?:le|la) (?:conseil|comite|bureau|commission)[a-z' ]{0,30}, (?:a l'unanimite|par [0-9]{1,3} voix)[^.\\n]{0,60}:`,
	`${LINE}${DECIDES} ?(?:de |d'|d |que |:)`,
	`${LINE}(?:decide|approuve|autorise|adopte|attribue|accorde|prend acte|accepte|valide|fixe|vote)(?:nt)? (?:de |d'|du |des |le |la |les |l'|un |une |ce |cet |cette )`,
	`${LINE}(?:il (?:vous )?est (?:donc |ainsi |par consequent )?(?:demande|propose)|je vous (?:prie|propose|demande)|il est propose)[ \\n,]`,
	`${LINE}decision d[eu] (?:la |l')?(?:conseil|comite|bureau|commission|assemblee)[a-z' ]{0,30} ?:`,
	`${LINE}article (?:1er|premier|1|i)\\b`
].map((source) => new RegExp(source, 'g'));

const SURE_FORMULAS = FORMULAS.slice(0, 2);

function findFormula(
	plain: string,
	from: number,
	formulas: readonly RegExp[] = FORMULAS
): Span | null {
	for (const formula of formulas) {
		formula.lastIndex = Math.max(0, from - 1);
		const found = formula.exec(plain);
		if (!found) continue;
		const shift = found[0].length - found[0].trimStart().length;
		return { start: found.index + shift, end: found.index + found[0].length };
	}
	return null;
}

const BALLOT = new RegExp(
	`(?:^|\\n)[ \\t"|-]{0,8}(?:${spaced('scrutin')}\\b|(?:resultats? du )?(?:vote|scrutin)s?[ \\t]*(?::|\\n|$)|mis(?:e)? aux voix|pour[ \\t]*[:=][ \\t]*\\d|(?:nombre de )?(?:votants|suffrages exprimes|voix pour)[ \\t]*[:=]|(?:la (?:presente )?deliberation (?:est )?)?(?:adopte|approuve|vote)e?s? a (?:l'unanimite|la majorite)(?= *(?:[.,:;!)(\\n]|$|des |de ses|du |par |avec ))|delibere a (?:l'unanimite|la majorite))`,
	'g'
);

function findBallot(plain: string, from: number): number | null {
	BALLOT.lastIndex = from;
	const found = BALLOT.exec(plain);
	if (!found) return null;
	return found.index + found[0].length - found[0].trimStart().length;
}

const CLOSING =
	/\n[ \t"-]{0,8}(?:(?:ainsi )?fait (?:et|a) |pour (?:extrait|copie|ampliation)|(?:ont signe|suivent les signatures)|(?:le|la) (?:maire|president)e?,?[ \t]*\n|acte (?:rendu )?(?:executoire|certifie)|certifie (?:conforme|executoire)|delais? et voies? de recours|(?:la presente|cette) (?:deliberation|decision) peut faire l'objet)/g;

function findClosing(plain: string, from: number): number {
	CLOSING.lastIndex = from;
	return CLOSING.exec(plain)?.index ?? plain.length;
}

const HEADER_LINE =
	/^[ \t"|-]{0,8}(?:objet|o b j e t|seance|reunion|president|secretaire|convocation|date|nombre|nbre|nb|en exercice|presents?|absents?|excuses?|pouvoirs?|procurations?|representes?|votants?|quorum|membres|conseillers|(?:etaient|sont) (?:presents|absents|excuses)|l'? ?an deux|extrait|deliberation|departement|commune|ville|mairie|republique|theme|rapport|titre|communaute|metropole|syndicat|region|office|centre (?:inter)?communal|ccas|conseil|comite syndical|bureau|commission permanente|(?:le )?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)|sous la presidence)\b/;

const OBJECT_LINE = /^[ \t|"-]{0,8}objet\b/;
const ATTENDANCE_LINE = /presents? ?:|en exercice|votants? ?:/;

const BODY_LINE =
	/^[ \t"-]{0,8}(?:vu |considerant|expose|rapport (?:de|presente)|mesdames,? (?:et )?messieurs *(?:,|$)|(?:le|la|m\.|mme|monsieur|madame)[^:\n]{0,60} (?:expose|rappelle|informe|indique|explique|propose|presente (?:l[ea]|les|un|au|l'|aux)|donne lecture|rapporte)|il est (?:expose|rappele|propose))/;

/** The head ends with the last of its lines before what is told to the council. */
function findHeaderEnd(plain: string): number {
	const region = headRegion(plain);
	const lines = linesOf(plain, region.start, region.end);
	let end = 0;
	let [hasObject, hasAttendance] = [false, false];
	for (const [index, line] of lines.entries()) {
		hasObject ||= OBJECT_LINE.test(line.text);
		hasAttendance ||= ATTENDANCE_LINE.test(line.text);
		// Within what a line before it opened.
		if (line.start < end) continue;
		if (end > 0 && BODY_LINE.test(line.text)) break;
		if (!HEADER_LINE.test(line.text)) {
			// Once the act has said who sat and what it is about, it tells why.
			const isOver = hasObject && hasAttendance;
			if (end > 0 && isOver && /.{50}\.[ ]*$/.test(line.text)) break;
			if (end > 0 && isProse(line.text) && (isOver || !isHeaderAhead(lines, index))) break;
			continue;
		}
		end = endOfBlock(lines, index);
	}
	return end;
}

/** A title, or a list, goes on to the next empty line. */
function endOfBlock(lines: readonly Line[], from: number): number {
	let end = lines[from]?.end ?? 0;
	for (let index = from + 1; index < lines.length; index += 1) {
		const line = lines[index];
		if (!line || line.text.trim() === '' || BODY_LINE.test(line.text)) break;
		if (isProse(line.text) && line.text.length > 150) break;
		end = line.end;
	}
	return end;
}

const isHeaderAhead = (lines: readonly Line[], from: number): boolean =>
	lines.slice(from + 1, from + 6).some(({ text }) => HEADER_LINE.test(text));

/** Words that sentences have, and lists of names have not. */
function isProse(text: string): boolean {
	const words = text.slice(0, 400).match(/\b(?:les|des|du|dans|pour|par|que|qui|est|sont|une)\b/g);
	return (words?.length ?? 0) >= 3;
}
