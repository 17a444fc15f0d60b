import type {
	PlannedAllocation,
	PlannedInstalment,
	PlannedProgramme
} from '#lib/domain/act/plan/plan.ts';
import {
	isSum,
	lineOf,
	type ActHead,
	type PlanPassage
} from '#lib/domain/act/plan/plan-passage.ts';
import { listYears, wholeYears, type YearsRead } from '#lib/domain/act/plan/suggest-period.ts';
import { nameOfParty } from '#lib/domain/act/plan/suggest-party.ts';
import { yearOf } from '#lib/domain/day.ts';
import { foldName } from '#lib/domain/name.ts';

/** A sum that an act gives each year is posted each year; any other at once, in the year of the sitting. */
export function suggestAllocations(
	passage: PlanPassage,
	period: YearsRead,
	head: ActHead,
	programme: PlannedProgramme,
	giver: string | null
): PlannedAllocation[] {
	const noun = findNoun(head.text, passage);
	if (isYearly(passage)) {
		return listYears(period).map((fiscalYear) => ({
			fiscalYear,
			label: `${noun.words} ${noun.feminine ? 'annuelle' : 'annuel'}${ofGiver(giver)} pour ${fiscalYear}`,
			passage: null
		}));
	}
	const years = listYears(period);
	const sitting = head.sittingOn ? yearOf(head.sittingOn) : years[0];
	const fiscalYear = years.find((year) => year === sitting) ?? years[0] ?? 0;
	const verb = passage.section === 'decision' ? 'accordé' : 'prévu';
	const adopted = programme.agreements.find(({ adoptedHere }) => adoptedHere);
	const by = adopted ? `${verb}${noun.feminine ? 'e' : ''} par ${withArticle(adopted.title)}` : '';
	return [{ fiscalYear, label: `${noun.words} ${by}`.trim(), passage: null }];
}

/** A yearly sum is awaited by the end of its year; of any other the act says nothing, and so do we. */
export const suggestInstalments = (passage: PlanPassage, period: YearsRead): PlannedInstalment[] =>
	isYearly(passage)
		? listYears(period).flatMap((year) => {
				const whole = wholeYears(year, year);
				return whole ? [{ dueOn: whole.endsOn, passage: null }] : [];
			})
		: [];

export const isYearly = (passage: PlanPassage): boolean =>
	isSum(passage) && passage.value.per === 'year';

type Noun = { words: string; feminine: boolean };

const NOUNS: readonly [RegExp, Noun][] = [
	[/\bsubventions?\b/, { words: 'Subvention', feminine: true }],
	[/\bconcours\b/, { words: 'Concours', feminine: false }],
	[/\bdotations?\b/, { words: 'Dotation', feminine: true }],
	[/\bparticipations?\b/, { words: 'Participation', feminine: true }],
	[/\bcontributions?\b/, { words: 'Contribution', feminine: true }],
	[/\baides?\b/, { words: 'Aide', feminine: true }],
	[/\bprets?\b/, { words: 'Prêt', feminine: false }]
];

/** What the act calls the sum, by the last such word before it in its line. */
function findNoun(text: string, passage: PlanPassage): Noun {
	const { start } = lineOf(text, passage);
	const before = foldName(text.slice(start, passage.start));
	const found = NOUNS.map(([pattern, noun]) => ({
		noun,
		place: Math.max(...[...before.matchAll(new RegExp(pattern, 'g'))].map(({ index }) => index), -1)
	})).sort((left, right) => right.place - left.place)[0];
	return found && found.place >= 0 ? found.noun : { words: 'Somme', feminine: true };
}

function ofGiver(giver: string | null): string {
	if (giver === null) return '';
	const name = nameOfParty(giver);
	if (/^état\b/i.test(name)) return ` de l’${name}`;
	return /^[aeiouyéèêh]/i.test(name) ? ` d’${name}` : ` de ${name}`;
}

/** `Avenant 2020-2022` → `l’avenant 2020-2022`; the names of agreements are common nouns. */
function withArticle(title: string): string {
	const words = title.charAt(0).toLowerCase() + title.slice(1);
	if (/^[aeiouyéè]/.test(words)) return `l’${words}`;
	return /^(?:convention|délibération|charte)/.test(words) ? `la ${words}` : `le ${words}`;
}
