import type { Proposal, ProposedPromise } from '#lib/domain/act/desk/proposal.ts';
import type {
	ActReading,
	AmountKind,
	Confidence,
	ReadAmount,
	ReadPromise,
	Supposed
} from '#lib/domain/act/reading.ts';
import { findShares } from '#lib/domain/act/shares.ts';
import type { Span } from '#lib/domain/act/text.ts';
import { typeset } from '#lib/domain/typography.ts';

/** Every figure of the body in the order of the text, with what was supposed about the amounts that seem promised. */
export function proposeFigures(source: string, reading: ActReading): Proposal[] {
	const shared = new Map(
		findShares(source, reading).flatMap(({ percentages, count }) =>
			percentages.map((index): [number, number | null] => [index, count])
		)
	);
	const proposals = [
		...reading.amounts.map((amount, index) => proposeAmount(reading, amount, index)),
		...reading.counts.map((count, index) => ({
			...at(count, `count-${index + 1}`, count.section),
			role: 'count' as const,
			value: { type: 'count' as const, number: count.value, of: count.of },
			confidence: count.of === null ? ('medium' as const) : ('high' as const),
			because: typeset(
				count.of === null
					? 'L’acte écrit ce nombre sans que l’on lise ce qu’il compte.'
					: `L’acte compte : « ${count.of} ».`
			),
			partOf: keyAt('count', count.partOf)
		})),
		...reading.percentages.map((percentage, index) => ({
			...at(percentage, `percentage-${index + 1}`, percentage.section),
			role: 'percentage' as const,
			value: {
				type: 'percentage' as const,
				number: percentage.value,
				precision: percentage.precision,
				of: percentage.of
			},
			because: typeset(
				percentage.of === null
					? 'L’acte écrit ce pourcentage sans que l’on lise de quoi.'
					: `L’acte écrit ce pourcentage pour : « ${percentage.of} ».`
			),
			partOf: keyAt('count', shared.get(index) ?? null)
		})),
		...reading.periods.map((period, index) => ({
			...at(period, `period-${index + 1}`, period.section),
			role: 'period' as const,
			value: { type: 'period' as const, startsOn: period.startsOn, endsOn: period.endsOn },
			because: 'L’acte écrit cette période.'
		})),
		...reading.days.map((day, index) => ({
			...at(day, `day-${index + 1}`, sectionOf(reading, day)),
			role: 'day' as const,
			value: { type: 'day' as const, day: day.value },
			because: 'L’acte écrit cette date.'
		}))
	];
	return proposals.sort((left, right) => placeOf(left) - placeOf(right));
}

function proposeAmount(reading: ActReading, amount: ReadAmount, index: number): Proposal {
	const promise = reading.promises.find((one) => one.amount === index);
	return {
		...at(amount, `amount-${index + 1}`, amount.section),
		role: 'amount',
		value: {
			type: 'amount',
			cents: String(amount.cents),
			precisionCents: String(amount.precisionCents),
			kind: amount.kind,
			per: amount.per,
			formula: amount.formula
		},
		...REASONS[amount.kind],
		...(amount.formula === null ? {} : { because: reckoned(amount.formula) }),
		partOf: keyAt('amount', amount.partOf),
		promise: promise ? proposePromise(promise) : null
	};
}

const REASONS: Record<AmountKind, { confidence: Confidence; because: string }> = {
	amount: { confidence: 'high', because: 'L’acte écrit ce montant.' },
	rate: {
		confidence: 'high',
		because: typeset('L’acte écrit ce montant par unité : c’est un tarif, et non une somme.')
	},
	ceiling: {
		confidence: 'high',
		because: typeset('L’acte écrit ce montant comme un plafond : la somme peut être moindre.')
	},
	range: {
		confidence: 'medium',
		because: typeset('L’acte écrit une fourchette : ce montant en est une borne.')
	},
	derived: {
		confidence: 'medium',
		because: typeset('Ce montant n’est pas écrit : il se calcule avec ce que l’acte écrit.')
	}
};

const reckoned = (formula: string): string =>
	typeset(`Ce montant n’est pas écrit, il se calcule : ${formula}.`);

function proposePromise(promise: ReadPromise): ProposedPromise {
	const { confidence, because, giver, receiver, purpose, period, strength, circuit } = promise;
	return {
		giver: text(giver),
		receiver: text(receiver),
		purpose: text(purpose),
		period: period && { ...period.value, ...reason(period) },
		strength: strength && { value: strength.value, ...reason(strength) },
		circuit: circuit && { value: circuit.value, ...reason(circuit) },
		confidence,
		because
	};
}

const text = (supposed: Supposed<string>) =>
	supposed && { text: supposed.value, span: supposed.span, ...reason(supposed) };

const reason = ({ confidence, because }: NonNullable<Supposed<unknown>>) => ({
	confidence,
	because
});

const keyAt = (role: string, index: number | null): string | null =>
	index === null ? null : `${role}-${index + 1}`;

const placeOf = ({ span }: Proposal): number => span?.start ?? 0;

/** Days are found without their section: they have the one of the figure beside them. */
function sectionOf(reading: ActReading, { start }: Span): Proposal['section'] {
	const decides = reading.decisions.some(
		(decision) => decision.start <= start && start < decision.end
	);
	return decides ? 'decision' : 'statement_of_reasons';
}

function at(found: Span & { quote: string }, key: string, section: Proposal['section']) {
	const { start, end, quote } = found;
	return {
		key,
		step: 'figures' as const,
		span: { start, end, quote },
		section,
		confidence: 'high' as Confidence,
		partOf: null,
		promise: null
	};
}
