import type { Line } from '#lib/domain/act/lines.ts';
import type { Span } from '#lib/domain/act/text.ts';

/** What a heading may be looked for in: nothing that the head says of itself. */
const LABEL =
	/^[ \t|"•-]*(?:extrait|republique|liberte|deliberation|registre|proces[- ]verbal|compte[- ]rendu|seance|reunion|session|conseil\b|conseillers|membres?\b|commission|comite|bureau|assemblee|nombre|nbre|nb\b|effectif|en exercice|presents?\b|absents?\b|excusee?s?\b|pouvoirs?\b|procurations?\b|representes?\b|votants?\b|quorum|etai(?:t|ent)\b|sont\b|avaient|ont\b|secretai|president|presidence|presidee|sous la|rapporteur|date|convocation|convoque|affich|publi|envoy|recu|depot|transmi|visa|accuse|id ?:|page|n ?[°ºo]|numero|acte\b|ref|departement|arrondissement|canton|region|commune\b|ville\b|mairie|metropole|communaute|syndicat|centre (?:inter)?communal|ccas|c\.c\.a\.s|office|service|direction|pole\b|hotel|tel|fax|siret|code|nomenclature|matiere|theme|domaine|annexe|piece|objet|le (?:maire|president|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|[0-9]|secretaire)|la (?:maire|presidente|secretaire)|lundi|mardi|mercredi|jeudi|vendredi|samedi|l'? ?an \b|adoptee?|vote\b|scrutin|unanimite|pour\b|contre\b|abstention|ordre du jour|point\b|affaire\b|dossier\b|question\b|administrateurs|delegues|elus\b|titulaires|suppleants|formant|lesquels|certifi|pour extrait|fait a|et\b|[0-9]{1,3} (?:presents|pouvoirs|votants|absents)|https?:|www|\*|_)/;

/** What tells the council something: the heading stands before it. */
const BODY =
	/^[ \t"•-]*(?:vu\b|considerant|expose\b|mesdames|chers|le (?:conseil|comite|bureau|rapporteur|president|maire|directeur)[ ,]|la (?:commission|presidente|maire|rapporteure)[ ,]|l'assemblee|(?:m\.|mr|mme|monsieur|madame) [^:\n]{2,80}|il (?:est|a|convient|s'agit)\b|apres\b|sur (?:le rapport|proposition|rapport)|conformement|dans le|suite a|par (?:deliberation|courrier|arrete)|depuis|afin|article|en application|au titre|lors|cette|ce |ces |les |la |le |l'|un |une |des |en |au |aux |a |par )/;

const SUBJECT =
	/\b(?:approbation|attribution|avenant|convention|budget|subventions?|vente|tarifs?|tarification|demande|creation|modification|adhesion|designation|election|autorisation|garantie|marche|rapport|compte|acquisition|achat|cession|programme|fixation|plan|avis|motion|mise|aides?|fonds|contrat|projet|reglement|renouvellement|decisions?|admission|cotisations?|contributions?|politique|indemnites?|taxes?|taux|emprunt|travaux|personnel|tableau|mandat|delegation|adoption|actualisation|accompagnement|amenagement|participation|versement|signature|lancement|soutien|debat|bilan|installation|prolongation|protocole|revision|remboursement|prise|instauration|suppression|transfert|constitution|engagement|logements?|habitat|loyers?|location|rehabilitation|renovation|construction|schema|charte|partenariat|redevance|provisions?|affectation|ouverture|cloture|dissolution|retrait|echange|deplacement|rentree|organisation|mutualisation|groupement|candidature|appel|concession|etude|zones?)\b/;

const NUMBERED =
	/^[ \t|"-]{0,20}(?:(?:deliberation|delib\.?|acte|decision|rapport|point|affaire|dossier|question)[ \t]*)?(?:n ?[°ºo]\.? ?:? ?)?(?:[a-z]{0,8}[-_.]?\d[a-z0-9]*(?:[-_./][a-z0-9]+){0,6}|\d{4} [a-z]{2,6} \d{1,4})[ \t]*(?:[:-][ \t]+|\.[ \t]+)(?=[^0-9 ]{1,2}[a-z' ]{2})/;
const NUMBERED_CAPITALS =
	/^[ \t|"-]{0,20}(?:n ?[°ºo] ?)?\d{1,4}(?:[-./]\d{1,4})+[a-z]?[ \t]+(?=[a-z]{3})/;

const LINES_OF_HEAD = 220;

/** The heading of an act that labels none, with what stands above it as its theme. */
export type Heading = { title: Span; theme: Span | null };

/**
 * Where no `OBJET` says what an act is about: what follows its number on the same line, or a line
 * apart, between the head and what the council was told, that reads as the name of a matter.
 */
export function findHeading(lines: readonly Line[], source: string): Heading | null {
	const head = lines.slice(0, LINES_OF_HEAD);
	return findNumbered(head, source) ?? findApart(head);
}

function findNumbered(lines: readonly Line[], source: string): Heading | null {
	for (const [index, line] of lines.entries()) {
		const found =
			NUMBERED.exec(line.text) ?? capitalsAfterNumber(line, source) ?? matterAfterNumber(line);
		if (!found) continue;
		const rest = line.text.slice(found[0].length);
		if (rest.length < 12 || !/[a-z]{3}.*[a-z]{3}/.test(rest) || LABEL.test(rest)) continue;
		if (/\b(?:seance|reunion) du\b|\d{5} [a-z]/.test(rest)) continue;
		return {
			title: { start: line.start + found[0].length, end: endOf(lines, index) },
			theme: null
		};
	}
	return null;
}

function capitalsAfterNumber(line: Line, source: string): RegExpExecArray | null {
	const found = NUMBERED_CAPITALS.exec(line.text);
	if (!found) return null;
	const written = source.slice(line.start + found[0].length, line.end);
	return /\p{Ll}/u.test(written) ? null : found;
}

/** `2019-03-01 Approbation du compte de gestion`: the word after a number names a matter. */
function matterAfterNumber(line: Line): RegExpExecArray | null {
	const found =
		/^[ \t|"-]{0,20}(?:[a-z]{1,6}[-_.]?)?\d{2,4}(?:[-./_]\d{1,4}){1,4}[ \t]+(?=[a-z]{4})/.exec(
			line.text
		);
	const [first = ''] = line.text.slice(found?.[0].length).split(/[ ']/);
	return found && SUBJECT.test(first) ? found : null;
}

/** A heading goes on where its line was cut: a full line, and one that no label opens. */
function endOf(lines: readonly Line[], from: number): number {
	let end = lines[from]?.end ?? 0;
	for (let index = from + 1; index < from + 4; index += 1) {
		const [line, before] = [lines[index], lines[index - 1]];
		if (!line || !before || !isPart(line) || before.text.length < 50) break;
		end = line.end;
	}
	return end;
}

const isPart = ({ text }: Line): boolean =>
	/[a-z]{2}/.test(text) &&
	!LABEL.test(text) &&
	!BODY.test(text) &&
	(!/[.;]["» ]*$/.test(text) || isNamedMatter(text));

/** `Soutien à l’habitat participatif.`: a full stop may end a heading that begins as one. */
const isNamedMatter = (text: string): boolean =>
	text.length < 140 && text.endsWith('.') && SUBJECT.test(text.slice(0, 60));

/** Lines that stand together, and nothing of the head or the reasons among them. */
function findApart(lines: readonly Line[]): Heading | null {
	const blocks: { from: number; to: number; score: number }[] = [];
	for (let index = 0; index < lines.length; index += 1) {
		const line = lines[index];
		if (!line || !isPart(line)) {
			if (line && isReasons(line.text)) break;
			continue;
		}
		let to = index;
		while (to + 1 < lines.length && isPart(lines[to + 1] ?? line)) to += 1;
		const score = scoreOf(lines, index, to);
		if (score >= 3) blocks.push({ from: index, to, score });
		index = to;
	}
	const best = blocks.reduce<(typeof blocks)[number] | null>(
		(kept, block) => (kept && kept.score >= block.score ? kept : block),
		null
	);
	if (!best) return null;
	// A short heading and a longer one below it are the theme and the title.
	const below = blocks.find(({ from }) => from > best.to && from <= best.to + 3);
	const first = lines[best.from];
	const isTheme = below && first && best.from === best.to && wordsIn(first.text) <= 5;
	if (isTheme) return { ...headingOf(lines, below.from, below.to), theme: first };
	return headingOf(lines, best.from, best.to);
}

/** The council is told something; that it was convened and has met still belongs to the head. */
const isReasons = (text: string): boolean =>
	BODY.test(text) &&
	text.length > 60 &&
	!/convoque|reuni|presid|assemblee?s? |quorum|secretaire|designe|appel nominal/.test(text);

const wordsIn = (text: string): number => text.trim().split(/\s+/).length;

function scoreOf(lines: readonly Line[], from: number, to: number): number {
	const text = lines
		.slice(from, to + 1)
		.map((line) => line.text)
		.join(' ')
		.trim();
	const words = text.split(/\s+/).length;
	if (text.length < 12 || text.length > 400 || words < 3 || to - from > 4 || from === 0) return 0;
	if (/(?:^|[ ,])(?:m\.|mme|mm\.|monsieur|madame|mlle)[ ]|\t|[|]|:\s*$|\d{5}|@/.test(text))
		return 0;
	const before = lines[from - 1]?.text ?? '';
	const next = lines.slice(to + 1).find((line) => /[a-z]/.test(line.text))?.text ?? '';
	const isAfterNumber =
		/^[ \t|"-]{0,20}(?:deliberation|delib|acte|n ?[°ºo])[^,;]{0,40}\d[^,;]{0,20}$/.test(before);
	const isApart = before.trim() === '' && (lines[to + 1]?.text ?? '').trim() === '';
	return (
		(SUBJECT.test(text) ? 2 : 0) +
		(isAfterNumber ? 2 : 0) +
		(isApart ? 1 : 0) +
		(BODY.test(next) ? 1 : 0)
	);
}

const NOWHERE: Line = { start: 0, end: 0, text: '' };

/** A short line above a longer one, in the same block, names the theme. */
function headingOf(lines: readonly Line[], from: number, to: number): Heading {
	const [first, last] = [lines[from] ?? NOWHERE, lines[to] ?? NOWHERE];
	const second = lines[from + 1];
	const isTheme =
		to > from && second && wordsIn(first.text) <= 4 && second.text.length > 2 * first.text.length;
	if (isTheme && second) {
		return { theme: first, title: { start: second.start, end: last.end } };
	}
	return { theme: null, title: { start: first.start, end: last.end } };
}
