import type { EnvelopeStatus } from '#lib/domain/assessment.ts';
import { daysBetween, formatDay, yearOf, type Day } from '#lib/domain/day.ts';
import type { EnvelopeSituation } from '#lib/domain/envelope.ts';
import { agreed } from '#lib/domain/finding.ts';
import { formatEurosShort, subtractCents, type Cents } from '#lib/domain/money.ts';
import { formatCount, plural } from '#lib/domain/numeral.ts';
import { formatRate } from '#lib/domain/rate.ts';
import { typeset } from '#lib/domain/typography.ts';

/** Something that deserves a look: what it is, why, and how much it presses. */
export type WatchItem = {
	envelopeId: string;
	severity: 'alert' | 'warning';
	title: string;
	detail: string;
};

/** An envelope, and what would be disbursed by its end at the rate it goes; null where too little is known. */
export type WatchedEnvelope = { situation: EnvelopeSituation; expectedCents: () => Cents | null };

/**
 * What finance and elected officials should look at on a day, the most pressing first: overruns,
 * envelopes that end with nothing after them, delays with what they would leave unpaid, money of
 * others that is late, promises that ended unpaid. Nothing to say is an empty list.
 */
export function listWatchItems(envelopes: readonly WatchedEnvelope[], asOf: Day): WatchItem[] {
	const having = (status: EnvelopeStatus): WatchItem[] =>
		envelopes
			.filter(({ situation }) => situation.status === status)
			.flatMap(({ situation, expectedCents }) => watchStatus(situation, expectedCents, asOf));
	return [
		...having('overrun'),
		...having('ending'),
		...having('behind'),
		...envelopes.flatMap(({ situation }) => watchReceipts(situation)),
		...having('ended')
	];
}

function watchStatus(
	situation: EnvelopeSituation,
	expectedCents: () => Cents | null,
	asOf: Day
): WatchItem[] {
	const { id: envelopeId, label } = situation;
	const item = (severity: WatchItem['severity'], title: string, detail: string): WatchItem[] => [
		{ envelopeId, severity, title: typeset(title), detail: typeset(detail) }
	];
	switch (situation.status) {
		case 'overrun': {
			const over = subtractCents(situation.disbursedCents, situation.promisedCents);
			return item(
				'alert',
				`${label} : ${formatEurosShort(over)} de plus que promis`,
				`${formatRate(situation.executionRate)} de la promesse sont versés. Le motif est au grand livre.`
			);
		}
		case 'ending':
			return item('alert', endingTitle(situation, asOf), endingDetail(situation));
		case 'behind': {
			const points = Math.round(-(situation.gapPoints ?? 0));
			return item(
				'warning',
				`${label} : ${formatCount(points)} ${plural(points, 'point')} de retard`,
				behindDetail(situation, expectedCents())
			);
		}
		case 'ended':
			if (situation.leftToDisburseCents <= 0n) return [];
			return item(
				'warning',
				`${label} : terminée, ${agreed(situation.leftToDisburseCents, 'non versé', 'non versés')}`,
				`La période s’est achevée le ${formatDay(situation.endsOn)} à ${formatRate(situation.executionRate)} de la promesse.`
			);
		default:
			return [];
	}
}

function endingTitle({ label, endsOn }: EnvelopeSituation, asOf: Day): string {
	const days = daysBetween(asOf, endsOn);
	if (days === 0) return `${label} s’arrête aujourd’hui`;
	return `${label} s’arrête dans ${formatCount(days)} ${plural(days, 'jour')}`;
}

/** `Prévu jusqu’en 2025, couvert jusqu’au 31 décembre 2022 : aucun acte pour 2023-2025.` */
function endingDetail({ endsOn, horizonEndsOn }: EnvelopeSituation): string {
	const last = yearOf(horizonEndsOn ?? endsOn);
	const first = yearOf(endsOn) + 1;
	const gap = first === last ? `${first}` : `${first}-${last}`;
	return `Retenu jusqu’en ${last}, couvert par un acte jusqu’au ${formatDay(endsOn)} : aucun acte ne couvre ${gap}.`;
}

function behindDetail({ promisedCents }: EnvelopeSituation, expectedCents: Cents | null): string {
	if (expectedCents === null) return 'Trop peu de mois connus pour dire où cela mène.';
	const missing = subtractCents(promisedCents, expectedCents);
	if (missing <= 0n) return 'Au rythme actuel, tout serait versé à l’échéance.';
	const unpaid = agreed(missing, 'ne serait pas versé', 'ne seraient pas versés');
	return `Au rythme actuel, ${unpaid} à l’échéance.`;
}

/** Earmarked revenue that was due by now and has not come in. Nobody owes what is not promised yet. */
function watchReceipts(situation: EnvelopeSituation): WatchItem[] {
	const { circuit, instalmentsDueCents: due, receivedCents, label, funder, status } = situation;
	if (circuit !== 'earmarked_revenue' || status === 'not_in_force') return [];
	if (due === null || receivedCents >= due) return [];
	const received =
		receivedCents === 0n ? 'rien n’est reçu' : agreed(receivedCents, 'est reçu', 'sont reçus');
	return [
		{
			envelopeId: situation.id,
			severity: 'warning',
			title: typeset(
				`${label} : ${formatEurosShort(subtractCents(due, receivedCents))} à recevoir`
			),
			detail: typeset(
				`${funder} devait avoir versé ${formatEurosShort(due)} à cette date ; ${received}.`
			)
		}
	];
}
