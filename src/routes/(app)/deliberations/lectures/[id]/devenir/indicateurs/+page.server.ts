import type { Actions } from '@sveltejs/kit';
import { PLAN_STEP_ADDRESSES, type SavedPlan } from '#lib/domain/act/plan/plan-steps.ts';
import type { PlanPassage } from '#lib/domain/act/plan/plan-passage.ts';
import { listFigures } from '#lib/domain/act/plan/suggest-indicators.ts';
import { flattenMeasures } from '#lib/domain/act/plan/suggest-measures.ts';
import { periodOf, type YearsRead } from '#lib/domain/act/plan/suggest-period.ts';
import {
	checkIndicators,
	typeHome,
	typeIndicators,
	typePeriod
} from '#lib/forms/act-plan-indicators.ts';
import { submitTyped } from '#lib/server/http/submit-typed.ts';
import { goOn, openStep, pageOf, saveStep, valuesOf } from '../open-step.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const desk = await openStep(event, 'indicators');
	const { plan, passages } = desk;
	const figures = plan.programme ? listFigures(plan.programme, passages) : [];
	return {
		...pageOf(desk, 'indicators'),
		figures: figures.map(({ key }) => key),
		homes: listHomes(plan),
		periods: listPeriods(plan, passages),
		typed: typeIndicators(plan.programme?.indicators ?? [], figures)
	};
};

export const actions = {
	default: (event) =>
		submitTyped(event, async (typed) => {
			await saveStep(event, 'indicators', typed, (plan, { passages }) => {
				const { programme } = plan;
				if (!programme) return plan;
				const indicators = valuesOf(
					checkIndicators(typed, {
						figures: listFigures(programme, passages),
						homes: listHomes(plan).map(({ value }) => value)
					})
				);
				return { ...plan, programme: { ...programme, indicators } };
			});
			goOn(event, PLAN_STEP_ADDRESSES.undertakings);
		})
} satisfies Actions;

/** Where a figure may belong: an envelope as a whole, or one of its measures. */
const listHomes = ({
	programme
}: SavedPlan): { value: string; label: string; envelope: string }[] =>
	(programme?.envelopes ?? []).flatMap((envelope) => {
		const label = envelope.of.kind === 'new' ? envelope.of.label : 'Enveloppe changée';
		return [
			{ value: typeHome(envelope.key, null), label: 'toute l’enveloppe', envelope: label },
			...flattenMeasures(envelope.measures).map(({ measure }) => ({
				value: typeHome(envelope.key, measure.key),
				label: measure.label,
				envelope: label
			}))
		];
	});

/** The periods that the act writes, that of the programme, and those that were saved. */
function listPeriods({ programme }: SavedPlan, passages: readonly PlanPassage[]): YearsRead[] {
	const periods: YearsRead[] = [
		...passages.flatMap((passage) => periodOf(passage) ?? []),
		...(programme?.of.kind === 'new' ? [programme.of] : []),
		...(programme?.indicators ?? []).flatMap(({ values }) => values)
	];
	const known = new Map(
		periods.map(({ startsOn, endsOn }) => [typePeriod({ startsOn, endsOn }), { startsOn, endsOn }])
	);
	return [...known.values()].sort((left, right) => left.startsOn.localeCompare(right.startsOn));
}
