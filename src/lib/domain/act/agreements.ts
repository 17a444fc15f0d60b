import type { Confidence, ReadAgreement, ReadDecision } from '#lib/domain/act/reading.ts';
import type { Sections } from '#lib/domain/act/sections.ts';
import { openText, spanOf, type ActText, type Span } from '#lib/domain/act/text.ts';
import { typeset } from '#lib/domain/typography.ts';

/**
 * What an act says was signed or is to be: what its decisions approve, and the agreement that its
 * reasons say was approved before, which an amendment changes. An agreement that is merely
 * mentioned is none of them.
 */
export function readAgreements(
	text: ActText,
	sections: Sections,
	decisions: readonly ReadDecision[]
): ReadAgreement[] {
	const decided = decisions
		.slice(0, MOST_DECISIONS)
		.flatMap((decision) => (SIGNS.has(decision.verb) ? findDecided(text, sections, decision) : []));
	const first = decided.filter(
		({ title }, index) =>
			title.includes(' ') && decided.findIndex((other) => other.title === title) === index
	);
	const named = first.length > 0 ? findApprovedBefore(text, sections) : [];
	return [...named, ...first].toSorted((left, right) => left.start - right.start);
}

/** More decisions than any act has. */
const MOST_DECISIONS = 400;

const SIGNS = new Set([
	'approuver',
	'adopter',
	'valider',
	'autoriser',
	'conclure',
	'ratifier',
	'signer',
	'passer',
	'accepter',
	'entériner'
]);

const NOUN =
	'(?:avenant|convention|contrat|charte|protocole|accord|pacte|bail)(?:s?[ -](?:cadre|type))?';

/** Its article, its name and what follows to the end of the clause. */
const TITLE = new RegExp(
	`(?<![a-z'])(?:(l' ?|la |le |les |un |une |du |d'un |d'une |des |de la |de l')(?:projets? (?:de |d'))?(${NOUN}s?)\\b)([^,;:()\\n.]{0,220}(?:\\n(?!\\s*\\n|\\s*[-•])[^,;:()\\n.]{0,160})?)`,
	'g'
);

/** Words that point at an agreement rather than name it. */
const POINTS =
	/^[ \n]*(?:$|a (?:intervenir|signer|conclure|passer)|correspondante?|precitee?|susvisee?|ci-dessus|en question|et\b)/;

function findDecided(text: ActText, sections: Sections, decision: ReadDecision): ReadAgreement[] {
	const words = openText(decision.text);
	const from = decision.start + decision.quote.lastIndexOf(decision.text);
	const found: ReadAgreement[] = [];
	const pattern = new RegExp(TITLE);
	for (let match = pattern.exec(words.plain); match; match = pattern.exec(words.plain)) {
		const [all, article = '', noun = '', rest = ''] = match;
		const place = cut(match.index, article, all, rest);
		if (!place) continue;
		pattern.lastIndex = Math.max(place.end, match.index + 1);
		// After the first, only what is named on the same footing: “la charte et le protocole”.
		if (found.length > 0 && !/^(?:l' ?|la |le |une? )$/.test(article)) continue;
		const span = spanOf(words, place.start, place.end);
		const isAmendment = noun.startsWith('avenant');
		const because = isAmendment
			? `Ce qui est décidé (« ${decision.verb} ») porte sur un avenant : il change une convention qui existe déjà.`
			: `Ce qui est décidé (« ${decision.verb} ») porte sur cette convention.`;
		found.push(
			agreement(text, sections, move(span, from), {
				kind: isAmendment ? 'amendment' : 'agreement',
				title: titleOf(words.source.slice(span.start, span.end)),
				confidence: decision.verb === 'autoriser' ? 'medium' : 'high',
				because
			})
		);
		if (found.length === MOST_A_DECISION) break;
	}
	return found;
}

/** A decision that seems to sign more is a list of something else. */
const MOST_A_DECISION = 4;

/** Where the words that name it stand; null where they only point at one named elsewhere. */
function cut(index: number, article: string, all: string, rest: string): Span | null {
	if (POINTS.test(rest)) return null;
	const stop =
		/ (?:et|ou) (?=l[ea]s? |l'|une? |a |d'|son |ses |sa |tou|que |autoris)| (?:ainsi que|pour un montant|a hauteur|qui|dont) |\n\s*$/.exec(
			all
		);
	const end = stop && stop.index > all.length - rest.length ? stop.index : all.length;
	if (end <= all.length - rest.length + 2) return null;
	const partitive = /^(?:d'(?=un)|de (?=la|l'))/.exec(article)?.[0].length ?? 0;
	return { start: index + partitive, end: index + end };
}

const BEFORE = new RegExp(
	`(?<![a-z'])(?:la |le |l' ?|une |un )(?:nouvelle |nouveau |premiere? )?(${NOUN})\\b[^.;:()\\n]{0,160}?(?:approuve|adopte|signe|conclu|valide)e?s?[^.;:()\\n]{0,60}?(?:du|le|en date du) (?:\\d{1,2}(?:er)? [a-z]{3,9} \\d{4}|\\d{1,2}[/.]\\d{1,2}[/.]\\d{4})`,
	'g'
);

/** “Une convention … a été approuvée par délibération du 30 mars 2017”: the root that the act names. */
function findApprovedBefore(text: ActText, sections: Sections): ReadAgreement[] {
	const { start, end } = sections.plain.statement;
	const part = text.plain.slice(start, Math.min(end, start + 200_000));
	return [...part.matchAll(BEFORE)].slice(0, 20).map((found) => {
		const span = spanOf(text, start + found.index, start + found.index + found[0].length);
		const quote = text.source.slice(span.start, span.end);
		const isAmendment = found[1]?.startsWith('avenant') ?? false;
		return agreement(text, sections, span, {
			kind: isAmendment ? 'amendment' : 'agreement',
			title: titleOf(
				/^.*?(?=,? (?:(?:a|ont|avait) été |approuv|adopt|sign|conclu|valid))/su.exec(quote)?.[0] ??
					quote
			),
			confidence: 'medium',
			because: 'L’exposé des motifs dit qu’une délibération antérieure l’a approuvée.'
		});
	});
}

type Said = { kind: ReadAgreement['kind']; title: string; confidence: Confidence; because: string };

function agreement(text: ActText, sections: Sections, span: Span, said: Said): ReadAgreement {
	const quote = text.source.slice(span.start, span.end);
	const section = sections.sectionAt(span.start);
	return { ...span, quote, section, ...said, because: typeset(said.because) };
}

const move = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by });

/** Without its article, nor that it stands in the annex. */
const titleOf = (quote: string): string =>
	quote
		.replace(/\s+/gu, ' ')
		.replace(/^(?:l['’] ?|la |le |les |une? |du |des )(?:projets? (?:de |d['’]))?/iu, '')
		.replace(/^(?:nouvelle|nouveau|première?) (?=\p{Letter})/iu, '')
		.replace(
			/,? (?:(?:tel(?:le)?s? qu['’])?(?:ci-)?(?:annexée?s?|jointe?s?)|en annexe|dont le projet|figurant en annexe).*$/iu,
			''
		)
		.trim();
