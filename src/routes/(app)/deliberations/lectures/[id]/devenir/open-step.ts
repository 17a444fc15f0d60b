import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import {
	PLAN_STEP_ADDRESSES,
	type PlanStep,
	type SavedPlan
} from '#lib/domain/act/plan/plan-steps.ts';
import type { Checked, Typed } from '#lib/forms/typed-rows.ts';
import { TypedRefusal } from '#lib/server/http/submit-typed.ts';
import type { PlanFacts } from '#lib/server/readings/find-plan-facts.ts';
import { savePlan } from '#lib/server/readings/save-plan.ts';
import { readPlanDesk, type PlanDesk } from '#lib/server/reports/reading-plan.ts';

/** The desk of a plan for a page; what is not there is said, and what is closed is shown elsewhere. */
export async function openStep(
	{ locals, params }: { locals: App.Locals; params: { id?: string } },
	step: PlanStep
): Promise<PlanDesk> {
	const desk = await readPlanDesk(locals.context, params.id ?? '');
	if (!desk) error(404, 'Cette lecture n’existe pas.');
	const here = `/deliberations/lectures/${desk.reading.id}`;
	if (desk.reading.state !== 'open') redirect(303, here);
	const isOpen = desk.steps.find((one) => one.step === step)?.isOpen ?? false;
	if (!isOpen) redirect(303, `${here}/${PLAN_STEP_ADDRESSES.programme}`);
	return desk;
}

/** What every page is given: all but the text itself, of which the pages show sentences. */
export const pageOf = ({ head: _, ...page }: PlanDesk, step: PlanStep) => ({
	...page,
	isProposed: !(page.plan.saved?.includes(step) ?? false)
});

/** Keeps one page of the plan, from the state in which it was opened. */
export const saveStep = (
	event: RequestEvent,
	step: PlanStep,
	typed: Typed,
	change: (plan: SavedPlan, facts: PlanFacts) => SavedPlan
): Promise<void> =>
	savePlan(event.locals.context, event.params.id ?? '', {
		step,
		revision: Number(typed.revision),
		change
	});

/** The values of a form, or its problems as what is answered. */
export function valuesOf<Values>(checked: Checked<Values>): Values {
	if ('errors' in checked) throw new TypedRefusal(checked.errors);
	return checked.values;
}

export const passageKeys = ({ passages }: Pick<PlanFacts, 'passages'>): ReadonlySet<string> =>
	new Set(passages.map(({ key }) => key));

/** Goes on to another page of the same reading. */
export function goOn({ params }: RequestEvent, address: string): never {
	redirect(303, `/deliberations/lectures/${params.id}/${address}`);
}
