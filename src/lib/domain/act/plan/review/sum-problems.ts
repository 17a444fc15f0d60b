import { sumOfPassage } from '#lib/domain/act/plan/plan-postings.ts';
import type { PlannedEnvelope, PlannedProgramme } from '#lib/domain/act/plan/plan.ts';
import { sayPassage, type PlanPassage } from '#lib/domain/act/plan/plan-passage.ts';
import {
	block,
	checkPassage,
	confirm,
	onDesk,
	type ActUnderReview,
	type PlanPlace,
	type PlanProblem
} from '#lib/domain/act/plan/review/problem.ts';
import { checkOverlaps } from '#lib/domain/act/plan/review/overlap-problems.ts';
import { checkPosted } from '#lib/domain/act/plan/review/posted-problems.ts';
import { saysItsValue } from '#lib/domain/act/plan/written-value.ts';
import { findTouchedEnvelope } from '#lib/domain/act/plan/touched-books.ts';
import { formatEuros } from '#lib/domain/money.ts';

/** The money of an envelope: each sum is written, is a sum, and is counted once. */
export function checkSums(
	act: ActUnderReview,
	planned: PlannedProgramme,
	envelope: PlannedEnvelope,
	place: PlanPlace
): PlanProblem[] {
	const name = `envelope-${envelope.key}`;
	const { of } = envelope;
	const label =
		of.kind === 'new' ? of.label : (findTouchedEnvelope(act.books, of.envelopeId)?.label ?? '?');
	const what = `L’enveloppe « ${label} »`;
	const keys = listSumKeys(envelope);
	return [
		...keys.flatMap((key) => checkPassage(act, `${name}-${key}`, what, key, place)),
		...keys.flatMap((key) => checkSum(act.passages.get(key), `${name}-${key}`, what, place)),
		...keys.flatMap((key) => checkWritten(act.passages.get(key), `${name}-${key}`, what)),
		...checkTimes(act, envelope, what, place),
		...checkStrength(act, envelope, what, place),
		...checkOverlaps(act, planned, envelope, place),
		...checkPosted(act, envelope, place)
	];
}

/** The passages whose amounts are posted or planned. */
export const listSumKeys = ({ passage, allocations, instalments }: PlannedEnvelope): string[] => [
	...new Set(
		[
			passage,
			...allocations.map((one) => one.passage),
			...instalments.map((one) => one.passage)
		].filter((key) => key !== null)
	)
];

function checkSum(
	passage: PlanPassage | undefined,
	name: string,
	what: string,
	place: PlanPlace
): PlanProblem[] {
	if (!passage) return [];
	const { value, quote } = passage;
	const refuse = (why: string) => [block(`${name}-sum`, `${what} : « ${quote} » ${why}`, place)];
	if (value.type === 'percentage') return refuse('est un pourcentage, pas un montant.');
	if (value.type !== 'amount')
		return refuse('n’est pas un montant : choisissez celui qui la promet.');
	if (value.kind === 'rate') return refuse('est un tarif par unité, pas une somme.');
	if (value.kind === 'range')
		return refuse('est une borne d’une fourchette : la somme n’est pas connue.');
	if (value.kind === 'derived')
		return refuse('est un calcul : choisissez le montant qui est écrit.');
	const sum = sumOfPassage(passage);
	if (sum !== null && sum <= 0n) return refuse('ne promet rien.');
	if (value.per === 'month' || value.per === 'quarter') {
		const each = value.per === 'month' ? 'par mois' : 'par trimestre';
		const message = `${what} prend « ${quote} », que l’acte écrit ${each}, pour la somme d’un exercice ou d’une échéance.`;
		return [confirm(`${name}-per`, message, place)];
	}
	if (value.kind === 'ceiling') {
		const message = `${what} prend « ${quote} », que l’acte écrit comme un plafond, pour la somme promise.`;
		return [confirm(`${name}-ceiling`, message, place)];
	}
	return [];
}

/** A sum that is not in the words it cites is never posted in silence: both are said. */
function checkWritten(passage: PlanPassage | undefined, name: string, what: string): PlanProblem[] {
	const sum = sumOfPassage(passage);
	if (!passage || sum === null || sum <= 0n || saysItsValue(passage)) return [];
	const message = `${what} : l’acte écrit « ${passage.quote} », et vous inscrivez ${sayPassage(passage)}.`;
	return [confirm(`${name}-written`, message, onDesk('figures', passage.key))];
}

/** A sum that is not said to be for each year is booked once. */
function checkTimes(
	{ passages }: ActUnderReview,
	envelope: PlannedEnvelope,
	what: string,
	place: PlanPlace
): PlanProblem[] {
	const times = Map.groupBy(
		envelope.allocations,
		({ passage }) => passage ?? envelope.passage ?? ''
	);
	return [...times].flatMap(([key, allocations]) => {
		const passage = passages.get(key);
		const value = passage?.value;
		const sum = sumOfPassage(passage);
		if (allocations.length < 2 || value?.type !== 'amount' || sum === null) return [];
		const years = allocations.map(({ fiscalYear }) => fiscalYear);
		const name = `envelope-${envelope.key}-${key}-times`;
		if (new Set(years).size < years.length) {
			const message = `${what} : « ${passage?.quote} » s’inscrit deux fois au même exercice.`;
			return [block(name, message, place)];
		}
		if (value.per === 'year') return [];
		const message = `${what} compte ${allocations.length} fois ${formatEuros(sum)} (${years.join(', ')}) : l’acte écrit « ${passage?.quote} » sans que l’on ait lu « par an ».`;
		return [confirm(name, message, place)];
	});
}

/** An intention, or what only the statement of reasons says, is not a firm sum: of each passage that is posted or planned. */
function checkStrength(
	{ passages, books }: ActUnderReview,
	envelope: PlannedEnvelope,
	what: string,
	place: PlanPlace
): PlanProblem[] {
	const { key, of } = envelope;
	const strength =
		of.kind === 'new' ? of.strength : findTouchedEnvelope(books, of.envelopeId)?.strength;
	if (strength !== 'firm') return [];
	const is = of.kind === 'new' ? 'serait' : 'est';
	return listSumKeys(envelope).flatMap((own) => {
		const promised = passages.get(own);
		const why = promised && whyNotFirm(promised);
		if (!why) return [];
		const message = `${what} ${is} un engagement ferme, alors que ${why}.`;
		return [confirm(`envelope-${key}-${own}-firm`, message, place)];
	});
}

function whyNotFirm({ quote, section, promise }: PlanPassage): string | null {
	if (promise?.strength?.value === 'intention')
		return `l’acte dit « ${quote} » comme une intention`;
	if (section === 'decision') return null;
	const from =
		section === 'header'
			? 'ne se trouve pas dans la décision'
			: 'vient de l’exposé des motifs, et la décision ne le reprend pas';
	return `« ${quote} » ${from}`;
}
