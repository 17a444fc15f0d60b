import type { EnvelopeDifference } from '#lib/domain/act/plan/plan-difference.ts';
import type { PlannedEnvelope, PlannedMeasure, PlannedParty } from '#lib/domain/act/plan/plan.ts';
import { sayPassage } from '#lib/domain/act/plan/plan-passage.ts';
import { sumOfPassage } from '#lib/domain/act/plan/plan-postings.ts';
import { listSumKeys } from '#lib/domain/act/plan/review/sum-problems.ts';
import { saysItsValue } from '#lib/domain/act/plan/written-value.ts';
import type { ActUnderReview } from '#lib/domain/act/plan/review/problem.ts';
import { oneLine } from '#lib/domain/act/plan/sentences/programme-sentences.ts';
import { formatDay } from '#lib/domain/day.ts';
import { CIRCUIT_LABELS, STRENGTH_LABELS } from '#lib/domain/envelope.ts';
import { absoluteCents, formatEuros, NO_CENTS } from '#lib/domain/money.ts';
import { formatCount, plural } from '#lib/domain/numeral.ts';

/** An envelope that is opened, or one that is there already and what the act changes of it. */
export function describeEnvelope(
	act: ActUnderReview,
	envelope: PlannedEnvelope,
	difference: EnvelopeDifference
): string[] {
	const { of } = envelope;
	const sentences =
		of.kind === 'new'
			? [describeNew(act, envelope, of, difference)]
			: describeChanged(act, envelope, difference);
	const { years, instalments, label } = difference;
	const booked = years.map(
		({ fiscalYear, deltaCents }) => `${formatEuros(deltaCents)} à l’exercice ${fiscalYear}`
	);
	const due = instalments.flatMap(({ dueOn, afterCents }) =>
		afterCents === null ? [] : [`${formatEuros(afterCents)} le ${formatDay(dueOn)}`]
	);
	return [
		...sentences,
		...(booked.length > 0
			? [`Pour « ${label} », seront inscrits au grand livre : ${booked.join(', ')}.`]
			: []),
		...describeUnwritten(act, envelope, label),
		...(due.length > 0 ? [`Pour « ${label} », l’échéancier prévoira : ${due.join(', ')}.`] : [])
	];
}

/** Beside the words of the act, the sums that are kept of them and that they do not say. */
const describeUnwritten = (
	{ passages }: ActUnderReview,
	envelope: PlannedEnvelope,
	label: string
): string[] =>
	listSumKeys(envelope).flatMap((key) => {
		const passage = passages.get(key);
		if (!passage || sumOfPassage(passage) === null || saysItsValue(passage)) return [];
		return [
			`Pour « ${label} », l’acte écrit « ${oneLine(passage.quote)} », et ${sayPassage(passage)} en est retenu : ces mots ne le disent pas.`
		];
	});

function describeNew(
	act: ActUnderReview,
	envelope: PlannedEnvelope,
	of: Extract<PlannedEnvelope['of'], { kind: 'new' }>,
	{ promised }: EnvelopeDifference
): string {
	const nature = [
		of.strength ? STRENGTH_LABELS[of.strength] : 'force inconnue',
		of.circuit ? CIRCUIT_LABELS[of.circuit] : 'circuit inconnu'
	].join(', ');
	const quote = act.passages.get(envelope.passage ?? '')?.quote ?? '';
	const purpose = act.passages.get(of.purpose ?? '')?.quote;
	const { afterCents } = promised;
	const sum = afterCents ? `de ${formatEuros(afterCents)}` : 'd’un montant inconnu';
	const days = `du ${formatDay(of.startsOn)} au ${formatDay(of.endsOn)}`;
	const declares = of.partner
		? ` ${nameOfParty(act, of.partner)} y déclarera ce qui est versé.`
		: '';
	const forWhat = purpose ? ` Son objet : « ${oneLine(purpose)} ».` : '';
	return `L’enveloppe « ${of.label} » ${sum} (${nature}), promise par ${nameOfParty(act, of.funder)}, sera ouverte ${days}, sur le passage « ${oneLine(quote)} ».${forWhat}${declares}`;
}

function describeChanged(
	act: ActUnderReview,
	envelope: PlannedEnvelope,
	{ label, promised, endsOn, instalments }: EnvelopeDifference
): string[] {
	const quote = act.passages.get(envelope.passage ?? '')?.quote;
	const on = quote ? `, sur le passage « ${oneLine(quote)} »` : '';
	const { beforeCents, afterCents, deltaCents } = promised;
	const verb = deltaCents > 0n ? 'augmentera' : 'diminuera';
	const changes = [
		...(deltaCents === 0n
			? []
			: [
					`L’enveloppe « ${label} » ${verb} de ${formatEuros(absoluteCents(deltaCents))} : de ${formatEuros(beforeCents ?? NO_CENTS)} à ${formatEuros(afterCents ?? NO_CENTS)}${on}.`
				]),
		...(endsOn?.before
			? [
					`La fin de l’enveloppe « ${label} » passera du ${formatDay(endsOn.before)} au ${formatDay(endsOn.after)}.`
				]
			: []),
		...(instalments.length > 0
			? [`L’échéancier de « ${label} » sera remplacé à partir du jour où l’avenant s’applique.`]
			: [])
	];
	return changes.length > 0 ? changes : [`L’enveloppe « ${label} » garde sa somme et ses jours.`];
}

/** The lines of use of an envelope, counted, and named while they are few. */
export function describeMeasures(act: ActUnderReview, envelope: PlannedEnvelope): string[] {
	const measures = flatten(envelope.measures);
	if (measures.length === 0) return [];
	const label =
		envelope.of.kind === 'new'
			? envelope.of.label
			: (act.books.programme?.envelopes.find(
					({ id }) => envelope.of.kind === 'existing' && id === envelope.of.envelopeId
				)?.label ?? '?');
	const guarantees = measures.filter(({ instrument }) => instrument === 'guarantee');
	const names = measures.map((measure) => `« ${measure.label} »`).join(', ');
	const kept = `L’enveloppe « ${label} » aura ${formatCount(measures.length)} ${plural(measures.length, 'mesure')} : ${names}.`;
	return guarantees.length === 0
		? [kept]
		: [
				kept,
				`${guarantees.map((measure) => `« ${measure.label} »`).join(', ')} : une garantie, comptée et jamais ajoutée à l’argent versé.`
			];
}

const flatten = (measures: readonly PlannedMeasure[]): PlannedMeasure[] =>
	measures.flatMap((measure) => [measure, ...flatten(measure.children)]);

/** An organisation by its name, known or planned. */
export function nameOfParty({ plan, books }: ActUnderReview, party: PlannedParty | null): string {
	if (!party) return 'un organisme inconnu';
	const name =
		'organisationId' in party
			? books.organisations.find(({ id }) => id === party.organisationId)?.name
			: plan?.newParties.find(({ key }) => key === party.newParty)?.name;
	return name ?? 'un organisme inconnu';
}
