import { listPostings } from '#lib/domain/act/plan/plan-postings.ts';
import { bindingOf, listPlannedInstalments } from '#lib/domain/act/plan/planned-instalments.ts';
import type { PlannedEnvelope, PlannedProgramme } from '#lib/domain/act/plan/plan.ts';
import {
	block,
	finding,
	type ActUnderReview,
	type PlanPlace,
	type PlanProblem
} from '#lib/domain/act/plan/review/problem.ts';
import { findTouchedEnvelope } from '#lib/domain/act/plan/touched-books.ts';
import { formatDay, type Day } from '#lib/domain/day.ts';
import { addCents, formatEuros, NO_CENTS, sumCents } from '#lib/domain/money.ts';
import { instalmentsInForce } from '#lib/domain/plan.ts';

/** The plan of payments: one payment a day, within the envelope, none before the amendment that sets it. */
export function checkInstalments(
	act: ActUnderReview,
	planned: PlannedProgramme,
	envelope: PlannedEnvelope,
	place: PlanPlace
): PlanProblem[] {
	const { of, instalments } = envelope;
	if (instalments.length === 0) return [];
	const before = of.kind === 'existing' ? findTouchedEnvelope(act.books, of.envelopeId) : null;
	const label = of.kind === 'new' ? of.label : (before?.label ?? '?');
	const what = `L’enveloppe « ${label} »`;
	const name = `envelope-${envelope.key}`;
	const days = instalments.map(({ dueOn }) => dueOn);
	const problems: PlanProblem[] = [];
	if (new Set(days).size < days.length) {
		problems.push(block(`${name}-due-twice`, `${what} a deux échéances le même jour.`, place));
	}
	const boundOn = bindingOf(act, planned, envelope)?.effectiveOn;
	const early =
		before && before.instalments.length > 0 && boundOn ? days.filter((day) => day < boundOn) : [];
	if (early.length > 0 && boundOn) {
		const message = `${what} : ${early.map(formatDay).join(', ')} précède le jour où l’avenant s’applique (${formatDay(boundOn)}), et le plan d’avant vaut jusque-là.`;
		problems.push(block(`${name}-due-early`, message, place));
	}
	const { startsOn, endsOn } =
		of.kind === 'new' ? of : { startsOn: before?.startsOn, endsOn: of.endsOn ?? before?.endsOn };
	const outside = days.filter((day) => (startsOn && day < startsOn) || (endsOn && day > endsOn));
	if (outside.length > 0) {
		const message = `${what} : une échéance est hors de ses jours (${outside.map(formatDay).join(', ')}).`;
		problems.push(finding(`${name}-due-outside`, message, place));
	}
	return [...problems, ...compareWithSum(act, planned, envelope, what, place)];
}

function compareWithSum(
	act: ActUnderReview,
	programme: PlannedProgramme,
	envelope: PlannedEnvelope,
	what: string,
	place: PlanPlace
): PlanProblem[] {
	const { of } = envelope;
	const { passages, books } = act;
	const before = of.kind === 'existing' ? findTouchedEnvelope(books, of.envelopeId) : null;
	const posted = sumCents(listPostings(envelope, passages, books).map((one) => one.amountCents));
	const promised = addCents(before?.promisedCents ?? NO_CENTS, posted);
	const agreed = [
		...(before?.instalments ?? []),
		...listPlannedInstalments(act, programme, envelope)
	];
	const planned = sumCents(
		instalmentsInForce(agreed, '9999-12-31' as Day).map(({ amountCents }) => amountCents)
	);
	if (planned === promised) return [];
	const message = `${what} : les échéances font ${formatEuros(planned)}, et la somme promise ${formatEuros(promised)}.`;
	return [finding(`envelope-${envelope.key}-due-sum`, message, place)];
}
