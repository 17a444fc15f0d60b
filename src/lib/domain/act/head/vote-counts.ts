import { buildCountReader, type LabelledCount } from '#lib/domain/act/head/count-tokens.ts';
import type { Span } from '#lib/domain/act/text.ts';

export type VoteRole = 'for' | 'against' | 'abstention' | 'notVoting' | 'notTakingPart' | 'other';

const readCounts = buildCountReader<VoteRole>({
	labels: [
		[
			'notVoting',
			"(?:ne se prononce(?:nt)?|ne s'(?:est|etant|etaient) prononcee?s?|ne se sont) pas(?: prononcee?s?)?|non[- ](?:votants?|exprimee?s?)|n'ont pas vote|n'a pas vote|ne vote(?:nt)? pas|refus de vote(?:r)?|refus de prendre part au vote|sans vote"
		],
		[
			'notTakingPart',
			"(?:ne (?:prend|prennent|prenant|participe|participent|participant)|n'(?:a|ont|ayant))(?: pas)?(?: pris| participe)?(?: pas)?(?: part)? (?:au|aux|a la) (?:vote|debats?(?: ni au vote)?|deliberation|scrutin)|non[- ]participa(?:tions?|nts?)(?: au vote)?|n\\.?p\\.?p\\.?v\\.?|ne prend(?:nent)? pas part(?: au vote)?|deports?|deportee?s?|sans participation(?: au vote)?"
		],
		[
			'abstention',
			"abstentions?(?:\\(s\\))?|se sont abstenue?s?|s'est abstenue?|s'abstien(?:t|nent)|abst\\.?"
		],
		['against', '(?:voix |votes? |suffrages? )?contre|(?:voix |votes? )defavorables?|oppositions?'],
		[
			'other',
			'blancs?(?: et nuls?)?|bulletins? [a-z]+|nuls?|votants?(?: presents)?|suffrages? exprime(?:s|es)?|exprimee?s?|presents?(?: (?:et|ou) representes?)?|en exercice|procurations?(?:\\(s\\))?|pouvoirs?|majorite absolue|quorum|absents?|representes?'
		],
		['for', '(?:voix |votes? |suffrages? )?(?:pour|favorables?)|avis favorables']
	],
	around:
		'ont|vote|votes|votent|nombre|nbre|nb|de|des|d|voix|suffrages?|a|est|conseillers?|membres?|elus?|delegues?|personnes?|se|scrutin|resultats?|avec|total|le|les|du'
});

/** A count of votes and whether its label is sure of itself: `pour` alone is a word of every sentence. */
export type VoteCount = LabelledCount<VoteRole> & { sure: boolean };

/** Finds the counts of a vote in a stretch of a plain form. */
export function findVoteCounts(plain: string, region: Span): VoteCount[] {
	const against = findVoiceAgainst(plain, region);
	const counts = readCounts(plain, region)
		.filter(({ start }) => !against.some((taken) => taken.start === start))
		.filter((count) => !isOfSentence(plain, count))
		.map((count) => ({ ...count, sure: isSure(plain, count) }));
	const all = [...counts, ...against].sort((left, right) => left.start - right.start);
	// Unsure ones count in the company of others: “Pour 27 Contre 0”.
	return all.filter(
		(count) =>
			count.sure ||
			all.some((other) => {
				if (other.role === count.role || other.role === 'other') return false;
				return Math.abs(other.start - count.start) < 60;
			})
	);
}

/** “par 20 voix contre 5”: twenty for, five against. */
function findVoiceAgainst(plain: string, region: Span): VoteCount[] {
	const stretch = plain.slice(region.start, region.end);
	const pattern =
		/(?:par|avec|de) ([0-9]{1,3}) (?:voix )?contre ([0-9]{1,3})(?![0-9])(?! ?(?:abst|voix (?:pour|abst)|pour))/g;
	return [...stretch.matchAll(pattern)].flatMap((match) => {
		const [whole, favour = '', opposed = ''] = match;
		const base = region.start + match.index;
		const start = base + whole.indexOf(favour);
		const end = base + whole.length;
		const atLabel = { start: base, end };
		return [
			{
				start,
				end: start + favour.length,
				value: Number(favour),
				role: 'for',
				atLabel,
				sure: true
			},
			{
				start: end - opposed.length,
				end,
				value: Number(opposed),
				role: 'against',
				atLabel,
				sure: true
			}
		] satisfies VoteCount[];
	});
}

/** “pour 12 logements contre 10 l’an dernier”: a number with a word of its own counts no votes. */
function isOfSentence(
	plain: string,
	{ role, start, end, atLabel }: LabelledCount<VoteRole>
): boolean {
	if ((role !== 'for' && role !== 'against') || start < atLabel.start) return false;
	if (!/^ +$/.test(plain.slice(atLabel.end, start))) return false;
	return !/^[ ]*(?:[,;.:)(|\n–-]|$|(?:et |dont )?(?:[0-9]|une? |contre|abst|pour|ne |n'|non|voix|vote|refus|blanc|nul|votants|exprim))/.test(
		plain.slice(end, end + 20)
	);
}

function isSure(plain: string, { role, start, end, atLabel }: LabelledCount<VoteRole>): boolean {
	if (role !== 'for' && role !== 'against') return true;
	const label = plain.slice(atLabel.start, atLabel.end);
	if (/voix|vote|suffrage|avis|favorable/.test(label)) return true;
	if (start > atLabel.end) {
		const before = plain.slice(Math.max(0, atLabel.start - 12), atLabel.start);
		return (
			/[:=|\t\n]/.test(plain.slice(atLabel.end, start)) || /(?:vote|voix|ont)s? $/.test(before)
		);
	}
	// “27 voix pour”, “27 pour, 0 contre”
	if (/voix|vote|suffrage/.test(plain.slice(end, atLabel.start))) return true;
	return /^[ ]*(?:[,;.)\n]|$|et (?:[0-9]|une?))/.test(plain.slice(atLabel.end, atLabel.end + 8));
}
