import type { Actions } from '@sveltejs/kit';
import { PLAN_STEP_ADDRESSES } from '#lib/domain/act/plan/plan-steps.ts';
import { listUnusedSums, listWholes, reckonEnvelope } from '#lib/domain/act/plan/plan-sums.ts';
import type { PlannedNewParty } from '#lib/domain/act/plan/plan.ts';
import { buildEnvelope } from '#lib/domain/act/plan/suggest-envelopes.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { submitTyped } from '#lib/server/http/submit-typed.ts';
import { goOn, openStep, pageOf, saveStep } from '../open-step.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const desk = await openStep(event, 'envelopes');
	const { plan, passages, known } = desk;
	const of = plan.programme?.of;
	const there =
		of?.kind === 'existing' ? known.programmes.find(({ id }) => id === of.programmeId) : undefined;
	return {
		...pageOf(desk, 'envelopes'),
		there,
		sums: (plan.programme?.envelopes ?? []).map((envelope) =>
			reckonEnvelope(envelope, passages, there)
		),
		wholes: listWholes(plan, passages),
		unused: listUnusedSums(plan, passages).map(({ key }) => key)
	};
};

export const actions = {
	/** The list is right as it stands. */
	continuer: (event) =>
		submitTyped(event, async (typed) => {
			await saveStep(event, 'envelopes', typed, (plan) => ({
				...plan,
				savedEnvelopes: plan.programme?.envelopes.map(({ key }) => key) ?? []
			}));
			goOn(event, PLAN_STEP_ADDRESSES.indicators);
		}),
	ajouter: (event) =>
		submitTyped(event, async (typed) => {
			let key = '';
			await saveStep(event, 'envelopes', typed, (plan, { head, passages, known }) => {
				const passage = passages.find((one) => one.key === typed.passage);
				const { programme } = plan;
				if (!passage || !programme) {
					throw new Refusal('Choisissez la somme dont faire une enveloppe.', { field: 'passage' });
				}
				const newParties: PlannedNewParty[] = [...plan.newParties];
				const built = buildEnvelope(passage, head, programme, passages, known, newParties);
				key = freeKey(
					built.key,
					programme.envelopes.map((one) => one.key)
				);
				const envelopes = [...programme.envelopes, { ...built, key }];
				return { ...plan, newParties, programme: { ...programme, envelopes } };
			});
			goOn(event, `${PLAN_STEP_ADDRESSES.envelopes}/${key}`);
		}),
	retirer: (event) =>
		submitTyped(event, async (typed) => {
			await saveStep(event, 'envelopes', typed, (plan) => {
				const { programme } = plan;
				if (!programme) return plan;
				const envelopes = programme.envelopes.filter(({ key }) => key !== typed.key);
				return { ...plan, programme: { ...programme, envelopes } };
			});
			goOn(event, PLAN_STEP_ADDRESSES.envelopes);
		})
} satisfies Actions;

function freeKey(key: string, taken: readonly string[]): string {
	for (let number = 2, free = key; ; number += 1) {
		if (!taken.includes(free)) return free;
		free = `${key}-${number}`;
	}
}
