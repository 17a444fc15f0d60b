import type { PlannedAgreement, PlannedProgramme } from '#lib/domain/act/plan/plan.ts';
import type { KnownProgramme, KnownThings } from '#lib/domain/act/plan/plan-known.ts';
import {
	isSum,
	isWithin,
	lineOf,
	type ActHead,
	type PlanPassage
} from '#lib/domain/act/plan/plan-passage.ts';
import {
	capitalise,
	freeSlug,
	isAmendment,
	nameOfProgramme,
	titleOfAgreement,
	titleOfRoot
} from '#lib/domain/act/plan/suggest-label.ts';
import {
	periodOf,
	listDurations,
	readDuration,
	readYears,
	wholeYears,
	yearsInName,
	type YearsRead
} from '#lib/domain/act/plan/suggest-period.ts';
import { quoteOf } from '#lib/domain/act/text.ts';
import { yearOf, type Day } from '#lib/domain/day.ts';
import { foldName } from '#lib/domain/name.ts';

/** The keys of the agreements of a plan: what this act adopts, and the root that it only names. */
export const ADOPTED = 'convention';
export const NAMED_ROOT = 'origine';

/** The programme that an act seems to begin or to change; null where it promises no money and signs nothing. */
export function suggestProgramme(
	head: ActHead,
	passages: readonly PlanPassage[],
	known: KnownThings
): PlannedProgramme | null {
	const signed = findAgreement(passages);
	const promised = passages.filter((passage) => isSum(passage) && passage.promise !== null);
	if (!head.sittingOn || (!signed && promised.length === 0)) return null;

	const period = findPeriod(head.text, head.sittingOn, passages, signed);
	const existing = signed && isAmendment(signed.quote) ? findExisting(head, signed, known) : null;
	const agreements = suggestAgreements(head, passages, signed, existing, period);
	const adopted = signed && !isAmendment(signed.quote) ? titleOfAgreement(signed.quote) : null;
	const title = head.title ?? signed?.quote ?? 'Programme';
	const name = nameOfProgramme(title, yearsInName(period), adopted);
	return {
		of: existing
			? {
					kind: 'existing',
					programmeId: existing.id,
					endsOn: period.endsOn > existing.endsOn ? period.endsOn : null
				}
			: {
					kind: 'new',
					slug: freeSlug(
						name,
						known.programmes.map(({ slug }) => slug)
					),
					name,
					summary: null,
					...period
				},
		horizon: suggestHorizon(passages, period),
		visible: true,
		agreements,
		envelopes: [],
		indicators: [],
		undertakings: [],
		districts: []
	};
}

/** What was signed, by the words of the decision before those of the statement of reasons. */
function findAgreement(passages: readonly PlanPassage[]): PlanPassage | null {
	const named = passages.filter(({ role }) => role === 'agreement');
	const words = passages.filter(
		({ role, section, quote }) =>
			role === 'words' && section === 'decision' && AGREEMENT.test(quote)
	);
	const all = [...named, ...words];
	return all.find(({ section }) => section === 'decision') ?? all[0] ?? null;
}

const AGREEMENT = /^(?:l['’]|la |le |une? )?(?:avenant|convention|accord|contrat|protocole)\b/i;

/** The years of what was signed, else of what is promised, else the latest that are read, else the year of the sitting. */
function findPeriod(
	text: string,
	sittingOn: Day,
	passages: readonly PlanPassage[],
	signed: PlanPassage | null
): YearsRead {
	const promised = passages.flatMap(({ promise }) => (promise?.period ? [promise.period] : []));
	const read = passages.flatMap((passage) => {
		const period = periodOf(passage);
		return period && period.endsOn >= sittingOn
			? [fromSitting(period, sittingOn, quoteOf(text, lineOf(text, passage)))]
			: [];
	});
	const [first] = promised;
	const year = yearOf(sittingOn);
	return (
		readYears(signed?.quote ?? '') ??
		(first ? { startsOn: first.startsOn, endsOn: first.endsOn } : null) ??
		read.at(-1) ??
		wholeYears(year, year) ?? { startsOn: sittingOn, endsOn: sittingOn }
	);
}

/** `au-delà de l'année 2022 et portera donc sur deux années`, voted in 2021, is from 2021 to 2022. */
function fromSitting(period: YearsRead, sittingOn: Day, line: string): YearsRead {
	const [first, last] = [yearOf(sittingOn), yearOf(period.endsOn)];
	if (yearOf(period.startsOn) !== last || last <= first) return period;
	const durations = listDurations(line);
	const isSaid = durations.includes(last - first + 1);
	return (isSaid ? wholeYears(first, last) : null) ?? period;
}

/** A programme that is there, whose name the title of an amendment carries. */
function findExisting(
	head: ActHead,
	signed: PlanPassage,
	known: KnownThings
): KnownProgramme | null {
	const words = foldName(`${head.title ?? ''} ${signed.quote}`);
	const named = known.programmes.filter(({ name, agreements }) => {
		const bare = foldName(name)
			.replace(/\b(19|20)\d\d(-(19|20)\d\d)?\b/g, '')
			.trim();
		return bare.length > 3 && words.includes(bare) && agreements.some(({ isRoot }) => isRoot);
	});
	return named.at(-1) ?? null;
}

function suggestAgreements(
	head: ActHead,
	passages: readonly PlanPassage[],
	signed: PlanPassage | null,
	existing: KnownProgramme | null,
	period: YearsRead
): PlannedAgreement[] {
	if (!head.sittingOn) return [];
	const adopted: PlannedAgreement = {
		key: ADOPTED,
		title: signed ? titleOfAgreement(signed.quote) : 'Délibération',
		passage: signed?.key ?? passages.find((passage) => passage.promise)?.key ?? '',
		amends: null,
		adoptedHere: true,
		effectiveOn: head.sittingOn,
		...period
	};
	if (!signed || !isAmendment(signed.quote)) return [adopted];

	const root = existing?.agreements.find(({ isRoot }) => isRoot);
	if (root) return [{ ...adopted, amends: { agreementId: root.id } }];
	const named = findRootDay(head.text, passages);
	if (named?.value.type !== 'day') return [adopted];
	return [
		{
			key: NAMED_ROOT,
			title: titleOfRoot(signed.quote) ?? capitalise('convention d’origine'),
			passage: named.key,
			amends: null,
			adoptedHere: false,
			effectiveOn: named.value.day,
			startsOn: null,
			endsOn: null
		},
		{ ...adopted, amends: { planned: NAMED_ROOT } }
	];
}

/** The day of the older agreement: the one that stands in the words of an agreement, else beside the word. */
function findRootDay(text: string, passages: readonly PlanPassage[]): PlanPassage | null {
	const days = passages.filter(({ role, section }) => role === 'day' && section !== 'header');
	const agreements = passages.filter(({ role }) => role === 'agreement');
	const inside = days.find((day) => agreements.some((agreement) => isWithin(day, agreement)));
	if (inside) return inside;
	const beside = days.find((day) =>
		/\bconvention\b[^.;\n]*$/i.test(text.slice(Math.max(0, day.start - 200), day.start))
	);
	return beside ?? null;
}

/** A number of years that reaches further than what the act covers: `cinq ans` from 2021 is the end of 2025. */
function suggestHorizon(
	passages: readonly PlanPassage[],
	period: YearsRead
): PlannedProgramme['horizon'] {
	for (const { key, quote } of passages) {
		const years = readDuration(quote);
		const first = yearOf(period.startsOn);
		const hoped = years === null ? null : wholeYears(first, first + years - 1);
		if (hoped && hoped.endsOn > period.endsOn) return { endsOn: hoped.endsOn, passage: key };
	}
	return null;
}
