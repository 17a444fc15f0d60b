import type { Actions } from '@sveltejs/kit';
import type { PlanPassage } from '#lib/domain/act/plan/plan-passage.ts';
import type { SavedPlan } from '#lib/domain/act/plan/plan-steps.ts';
import { flattenMeasures } from '#lib/domain/act/plan/suggest-measures.ts';
import { typeParty } from '#lib/forms/act-plan-fields.ts';
import { checkUndertakings, typeUndertakings } from '#lib/forms/act-plan-undertakings.ts';
import { submitTyped } from '#lib/server/http/submit-typed.ts';
import { addRow } from '../more-rows.ts';
import { goOn, openStep, pageOf, passageKeys, saveStep, valuesOf } from '../open-step.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const desk = await openStep(event, 'undertakings');
	const { plan, passages } = desk;
	const { programme } = plan;
	return {
		...pageOf(desk, 'undertakings'),
		typed: programme ? typeUndertakings(programme, listWords(plan, passages)) : {}
	};
};

export const actions = {
	enregistrer: (event) =>
		submitTyped(event, async (typed) => {
			await saveStep(event, 'undertakings', typed, (plan, facts) => {
				if (!plan.programme) return plan;
				const { organisations, communes } = facts.known;
				const part = valuesOf(
					checkUndertakings(typed, {
						passages: passageKeys(facts),
						parties: [
							...organisations.map(({ id }) => typeParty({ organisationId: id })),
							...plan.newParties.map(({ key }) => typeParty({ newParty: key }))
						],
						communes: communes.map(({ code }) => code)
					})
				);
				return { ...plan, programme: { ...plan.programme, ...part } };
			});
			goOn(event, 'verifier');
		}),
	ajouter: (event) => addRow(event)
} satisfies Actions;

/** Words that may be a promise: undertakings first, then objectives and what was marked, but not what names a thing already. */
function listWords({ programme }: SavedPlan, passages: readonly PlanPassage[]): PlanPassage[] {
	const named = new Set([
		...(programme?.envelopes ?? []).flatMap(({ of, measures }) => [
			of.kind === 'new' ? of.purpose : null,
			...flattenMeasures(measures).map(({ measure }) => measure.passage)
		]),
		...(programme?.agreements ?? []).map(({ passage }) => passage),
		...(programme?.districts ?? []).map(({ passage }) => passage)
	]);
	const kept = (programme?.undertakings ?? []).map(({ passage }) => passage);
	const words = passages.filter(
		({ key, role }) =>
			kept.includes(key) ||
			role === 'undertaking' ||
			(['objective', 'words'].includes(role) && !named.has(key))
	);
	const rank = ({ role }: PlanPassage) => (role === 'undertaking' ? 0 : 1);
	return words.sort((left, right) => rank(left) - rank(right));
}
