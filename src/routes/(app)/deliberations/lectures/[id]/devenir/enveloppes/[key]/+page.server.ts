import { error, type Actions, type RequestEvent } from '@sveltejs/kit';
import { PLAN_STEP_ADDRESSES, type SavedPlan } from '#lib/domain/act/plan/plan-steps.ts';
import type { PlannedEnvelope } from '#lib/domain/act/plan/plan.ts';
import type { KnownThings } from '#lib/domain/act/plan/plan-known.ts';
import { checkEnvelope, typeEnvelope } from '#lib/forms/act-plan-envelope.ts';
import { typeParty } from '#lib/forms/act-plan-fields.ts';
import { submitTyped } from '#lib/server/http/submit-typed.ts';
import { addRow } from '../../more-rows.ts';
import { goOn, openStep, pageOf, passageKeys, saveStep, valuesOf } from '../../open-step.ts';
import type { PageServerLoad } from './$types';

const NOWHERE = 'Cette enveloppe n’est pas dans ce que devient l’acte.';

export const load: PageServerLoad = async (event) => {
	const desk = await openStep(event, 'envelopes');
	const envelope = findEnvelope(desk.plan, event.params.key);
	if (!envelope) error(404, NOWHERE);
	return {
		...pageOf(desk, 'envelopes'),
		envelope,
		there: programmeOf(desk.plan, desk.known),
		isProposed: !(desk.plan.savedEnvelopes?.includes(envelope.key) ?? false),
		typed: typeEnvelope(envelope, desk.plan.newParties)
	};
};

export const actions = {
	enregistrer: (event) =>
		submitTyped(event, async (typed) => {
			await saveStep(event, 'envelopes', typed, (plan, facts) => {
				const base = findEnvelope(plan, event.params.key ?? '');
				if (!base || !plan.programme) error(404, NOWHERE);
				const { envelope, newParties } = valuesOf(
					checkEnvelope(typed, base, {
						passages: passageKeys(facts),
						parties: [
							...facts.known.organisations.map(({ id }) => typeParty({ organisationId: id })),
							...plan.newParties.map(({ key }) => typeParty({ newParty: key }))
						],
						envelopes: (programmeOf(plan, facts.known)?.envelopes ?? []).map(({ id }) => id),
						newParties: plan.newParties
					})
				);
				const created = newParties.map(({ key }) => key);
				return {
					...plan,
					newParties: [
						...plan.newParties.filter(({ key }) => !created.includes(key)),
						...newParties
					],
					savedEnvelopes: [...new Set([...(plan.savedEnvelopes ?? []), envelope.key])],
					programme: {
						...plan.programme,
						envelopes: plan.programme.envelopes.map((one) =>
							one.key === envelope.key ? envelope : one
						)
					}
				};
			});
			goOn(event, PLAN_STEP_ADDRESSES.envelopes);
		}),
	ajouter: (event: RequestEvent) => addRow(event)
} satisfies Actions;

const findEnvelope = (plan: SavedPlan, key: string): PlannedEnvelope | undefined =>
	plan.programme?.envelopes.find((one) => one.key === key);

function programmeOf({ programme }: SavedPlan, known: KnownThings) {
	const of = programme?.of;
	return of?.kind === 'existing'
		? known.programmes.find(({ id }) => id === of.programmeId)
		: undefined;
}
