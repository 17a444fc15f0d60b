import type {
	PlannedEnvelope,
	PlannedNewParty,
	PlannedParty,
	PlannedProgramme,
	SumGiven
} from '#lib/domain/act/plan/plan.ts';
import type { KnownEnvelope, KnownThings } from '#lib/domain/act/plan/plan-known.ts';
import {
	isSum,
	isWithin,
	lineOf,
	sumOf,
	type ActHead,
	type AmountPassage,
	type PlanPassage
} from '#lib/domain/act/plan/plan-passage.ts';
import {
	suggestAllocations,
	suggestInstalments
} from '#lib/domain/act/plan/suggest-allocations.ts';
import { ADOPTED } from '#lib/domain/act/plan/suggest-programme.ts';
import { labelOfWords } from '#lib/domain/act/plan/suggest-label.ts';
import { suggestMeasures } from '#lib/domain/act/plan/suggest-measures.ts';
import { matchParty } from '#lib/domain/act/plan/suggest-party.ts';
import type { Day } from '#lib/domain/day.ts';
import { foldName, isSameName } from '#lib/domain/name.ts';

export type SuggestedEnvelopes = { envelopes: PlannedEnvelope[]; newParties: PlannedNewParty[] };

/** An envelope for each sum that the act seems to promise; a whole whose parts are promised is not counted again. */
export function suggestEnvelopes(
	head: ActHead,
	programme: PlannedProgramme,
	passages: readonly PlanPassage[],
	known: KnownThings
): SuggestedEnvelopes {
	const newParties: PlannedNewParty[] = [];
	const envelopes = listPromisedSums(passages).map((passage) =>
		buildEnvelope(passage, head, programme, passages, known, newParties)
	);
	const measures = suggestMeasures(head, passages, envelopes);
	return {
		envelopes: envelopes.map((envelope) => ({
			...envelope,
			measures: measures.get(envelope.key) ?? []
		})),
		newParties
	};
}

/** One more envelope on a sum that a person chose; organisations that it makes known are added to the list. */
export function buildEnvelope(
	passage: PlanPassage,
	head: ActHead,
	programme: PlannedProgramme,
	passages: readonly PlanPassage[],
	known: KnownThings,
	newParties: PlannedNewParty[]
): PlannedEnvelope {
	const promise = passage.promise ?? wholeOf(passage, passages)?.promise ?? null;
	const period = promise?.period ?? periodOfProgramme(programme, head, known);
	const purpose = findPurpose(passage, head, passages);
	const funder = promise?.giver ? partyOf(promise.giver.text, known, newParties) : null;
	const isFirm = passage.section === 'decision';
	const envelope: PlannedEnvelope = {
		key: `enveloppe-${passage.key}`,
		of: {
			kind: 'new',
			label: labelOfEnvelope(purpose, programme, head),
			purpose: purpose?.key ?? null,
			funder,
			partner: null,
			circuit: promise?.circuit?.value ?? null,
			strength: promise?.strength?.value ?? (isFirm ? 'firm' : 'intention'),
			instrument: null,
			startsOn: period.startsOn,
			endsOn: period.endsOn
		},
		agreement: { planned: ADOPTED },
		passage: passage.key,
		allocations: suggestAllocations(passage, period, head, programme, promise?.giver?.text ?? null),
		instalments: suggestInstalments(passage, period),
		measures: []
	};
	const there = findThere(envelope, programme, known);
	if (!there) return envelope;
	const gives = findGiven(passage, head.text);
	// Its plan of payments and its measures stay as they are, unless somebody says otherwise.
	return {
		...envelope,
		of: { kind: 'existing', envelopeId: there.id, endsOn: null, gives },
		instalments: []
	};
}

/** The envelope of the programme that is added to which has this very name, or the only one, named in it. */
function findThere(
	{ of }: PlannedEnvelope,
	programme: PlannedProgramme,
	known: KnownThings
): KnownEnvelope | null {
	const added = programme.of;
	if (added.kind === 'new' || of.kind !== 'new') return null;
	const { envelopes = [] } = known.programmes.find(({ id }) => id === added.programmeId) ?? {};
	const same = envelopes.find(({ label }) => isSameName(label, of.label));
	const [only] = envelopes;
	const isNamed = only && foldName(of.label).includes(foldName(only.label));
	return same ?? (envelopes.length === 1 && isNamed ? only : null);
}

/** What a sum gives to an envelope that is there, by the words before it: what is added or taken away, else the new sum. */
function findGiven(passage: PlanPassage, text: string): SumGiven {
	const { start } = lineOf(text, passage);
	const before = foldName(text.slice(start, passage.start));
	if (/supplementaire|complementaire|additionnel|augment\w+ de|en plus/.test(before))
		return 'increase';
	if (/reduit\w* de|diminu\w+ de|reduction de|en moins/.test(before)) return 'decrease';
	return passage.value.type === 'amount' && passage.value.per === 'year' ? 'sum_of_year' : 'sum';
}

/** Sums with a promise. Of a whole and its parts the parts; of one sum that is said twice the decision. */
export function listPromisedSums(passages: readonly PlanPassage[]): AmountPassage[] {
	const sums = passages.filter(isSum);
	const promised = sums.filter(
		(passage) => passage.promise !== null || Boolean(wholeOf(passage, passages)?.promise)
	);
	const parted = promised.filter(({ key }) => !promised.some(({ partOf }) => partOf === key));
	return parted.filter(
		(passage) =>
			passage.section === 'decision' ||
			!parted.some((other) => other.section === 'decision' && isSameSum(other, passage))
	);
}

const isSameSum = (left: AmountPassage, right: AmountPassage): boolean =>
	sumOf(left) === sumOf(right) && left.value.per === right.value.per;

const wholeOf = (
	{ partOf }: PlanPassage,
	passages: readonly PlanPassage[]
): PlanPassage | undefined =>
	partOf === null ? undefined : passages.find(({ key }) => key === partOf);

/** The words that say what a sum is for: those that the reader supposed, else the next that name a thing in its line. */
function findPurpose(
	passage: PlanPassage,
	{ text }: ActHead,
	passages: readonly PlanPassage[]
): PlanPassage | null {
	const named = passages.filter(({ role }) => ['purpose', 'words', 'item'].includes(role));
	const supposed = passage.promise?.purpose?.span;
	const exact = supposed && named.find((one) => isWithin(one, supposed) || isWithin(supposed, one));
	if (exact) return exact;
	const line = lineOf(text, passage);
	const nextSum = passages.find((one) => isSum(one) && one.start > passage.start);
	return (
		named.find(
			({ start, end }) =>
				start >= passage.end &&
				isWithin({ start, end }, line) &&
				(!nextSum || nextSum.start >= line.end || end <= nextSum.start)
		) ?? null
	);
}

/** Words that only point at the act itself name nothing: the programme does. */
function labelOfEnvelope(
	purpose: PlanPassage | null,
	{ of }: PlannedProgramme,
	{ title }: ActHead
): string {
	const points = /\b(?:présente|cette|ce|ladite) (?:convention|délibération|dispositif)/i;
	if (purpose && !points.test(purpose.quote)) return labelOfWords(purpose.quote);
	const name = of.kind === 'new' ? of.name : (title ?? '');
	return labelOfWords(name.replace(/\s*\b20\d\d(?:-20\d\d)?\s*$/, ''));
}

function partyOf(
	words: string,
	known: KnownThings,
	newParties: PlannedNewParty[]
): PlannedParty | null {
	const matched = matchParty(words, known.organisations, newParties);
	if (!matched) return null;
	if ('created' in matched) {
		newParties.push(matched.created);
		return { newParty: matched.created.key };
	}
	return matched.party;
}

function periodOfProgramme(
	{ of, agreements }: PlannedProgramme,
	{ sittingOn }: ActHead,
	known: KnownThings
): { startsOn: Day; endsOn: Day } {
	if (of.kind === 'new') return { startsOn: of.startsOn, endsOn: of.endsOn };
	const there = known.programmes.find(({ id }) => id === of.programmeId);
	const adopted = agreements.find(({ adoptedHere }) => adoptedHere);
	const startsOn = adopted?.startsOn ?? there?.startsOn ?? sittingOn;
	const endsOn = adopted?.endsOn ?? of.endsOn ?? there?.endsOn ?? sittingOn;
	if (!startsOn || !endsOn) throw new TypeError('a plan needs the day of the sitting');
	return { startsOn, endsOn };
}
