import type { Actions } from '@sveltejs/kit';
import { PLAN_STEP_ADDRESSES } from '#lib/domain/act/plan/plan-steps.ts';
import { checkProgramme, typeProgramme } from '#lib/forms/act-plan-programme.ts';
import { submitTyped } from '#lib/server/http/submit-typed.ts';
import type { PageServerLoad } from './$types';
import { goOn, openStep, pageOf, passageKeys, saveStep, valuesOf } from './open-step.ts';

export const load: PageServerLoad = async (event) => {
	const desk = await openStep(event, 'programme');
	return { ...pageOf(desk, 'programme'), typed: typeProgramme(desk.plan.programme) };
};

const NOTHING = { envelopes: [], indicators: [], undertakings: [], districts: [] };

export const actions = {
	default: (event) =>
		submitTyped(event, async (typed) => {
			let isAlone = false;
			await saveStep(event, 'programme', typed, (plan, facts) => {
				const { programmes } = facts.known;
				const part = valuesOf(checkProgramme(typed, { programmes, passages: passageKeys(facts) }));
				isAlone = part === null;
				return { ...plan, programme: part && { ...NOTHING, ...plan.programme, ...part } };
			});
			goOn(event, isAlone ? 'verifier' : PLAN_STEP_ADDRESSES.envelopes);
		})
} satisfies Actions;
