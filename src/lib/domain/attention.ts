import { daysBetween, formatDay, yearOf, type Day } from '#lib/domain/day.ts';
import type { EnvelopeSituation } from '#lib/domain/envelope.ts';
import { formatEuros, formatEurosShort, negateCents, subtractCents } from '#lib/domain/money.ts';
import { formatCount, formatMagnitude, plural } from '#lib/domain/numeral.ts';
import type { Trend } from '#lib/domain/trend.ts';
import { typeset } from '#lib/domain/typography.ts';

/** Something to look at: what is the matter in a few words, and what follows from it. */
export type AttentionPoint = {
	level: 'alert' | 'warning';
	envelopeId: string;
	title: string;
	detail: string;
};

/** An envelope with its trend, null where there are under three months to draw it from. */
export type WatchedEnvelope = { situation: EnvelopeSituation; trend: Trend | null };

/** What needs somebody’s eyes on a day, alerts first: overruns, ends without a successor, delays. */
export function listAttention(watched: readonly WatchedEnvelope[], asOf: Day): AttentionPoint[] {
	const points = watched.flatMap(({ situation, trend }) => {
		const point = attentionTo(situation, trend, asOf);
		return point ? [{ ...point, title: typeset(point.title), detail: typeset(point.detail) }] : [];
	});
	const isAlert = ({ level }: AttentionPoint) => level === 'alert';
	return [...points.filter(isAlert), ...points.filter((point) => !isAlert(point))];
}

function attentionTo(
	situation: EnvelopeSituation,
	trend: Trend | null,
	asOf: Day
): AttentionPoint | null {
	const { id: envelopeId, label } = situation;
	switch (situation.status) {
		case 'overrun':
			return {
				level: 'alert',
				envelopeId,
				title: `${label} : dépassement de ${formatEuros(negateCents(situation.leftToDisburseCents))}`,
				detail: 'Le versé dépasse le promis ; le motif est dans le grand livre.'
			};
		case 'ending':
			return { level: 'alert', envelopeId, ...describeEnding(situation, asOf) };
		case 'ended':
			if (situation.leftToDisburseCents <= 0n) return null;
			return {
				level: 'warning',
				envelopeId,
				title: `${label} : ${formatEuros(situation.leftToDisburseCents)} non versés à l’échéance`,
				detail: `La période s’est achevée le ${formatDay(situation.endsOn)}.`
			};
		case 'behind':
			return { level: 'warning', envelopeId, ...describeDelay(situation, trend) };
		default:
			return null;
	}
}

function describeEnding(
	situation: EnvelopeSituation,
	asOf: Day
): { title: string; detail: string } {
	const { label, endsOn, horizonEndsOn } = situation;
	const days = daysBetween(asOf, endsOn);
	const when = days === 0 ? 'aujourd’hui' : `dans ${formatCount(days)} ${plural(days, 'jour')}`;
	const horizon = horizonEndsOn ? ` ; l’horizon annoncé va jusqu’en ${yearOf(horizonEndsOn)}` : '';
	return {
		title: `${label} s’arrête ${when}`,
		detail: `Aucun acte ne couvre la suite du ${formatDay(endsOn)}${horizon}.`
	};
}

function describeDelay(
	situation: EnvelopeSituation,
	trend: Trend | null
): { title: string; detail: string } {
	const { label, promisedCents, gapPoints } = situation;
	const points = Math.abs(gapPoints ?? 0);
	const title = `${label} : ${formatMagnitude(points, 0)} ${plural(points, 'point')} de retard`;
	if (!trend) return { title, detail: 'Trop peu de versements pour dire où mène ce rythme.' };
	const missing = subtractCents(promisedCents, trend.expectedCents);
	return {
		title,
		detail:
			missing > 0n
				? `Au rythme actuel, ${formatEurosShort(missing)} ne seraient pas versés à l’échéance.`
				: 'Au rythme actuel, tout serait versé à l’échéance.'
	};
}
