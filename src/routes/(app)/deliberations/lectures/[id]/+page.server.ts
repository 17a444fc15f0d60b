import { error, redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import { readAsked } from '#lib/domain/act/desk/desk.ts';
import { valueTypeOf } from '#lib/domain/act/read-passage.ts';
import { correctForm, decideForm, markForm, readPlace } from '#lib/forms/reading.ts';
import { isUnsaid, readTypedValue } from '#lib/forms/typed-value.ts';
import { submitNamedForm } from '#lib/server/http/submit-named-form.ts';
import { acceptProposals } from '#lib/server/readings/accept-proposals.ts';
import { changeProposal } from '#lib/server/readings/change-proposal.ts';
import { markPassage } from '#lib/server/readings/mark-passage.ts';
import { refuseProposal } from '#lib/server/readings/refuse-proposal.ts';
import { withdrawDecisions } from '#lib/server/readings/withdraw-decisions.ts';
import { findNextToDecide, readDesk } from '#lib/server/reports/reading-desk.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const page = url.searchParams.get('page') ?? '';
	const desk = await readDesk(locals.context, params.id, {
		proposalId: url.searchParams.get('proposition'),
		step: url.searchParams.get('etape'),
		doneId: url.searchParams.get('fait'),
		page: /^\d{1,6}$/.test(page) ? Number(page) : null
	});
	if (!desk) error(404, 'Cette lecture n’existe pas.');
	return desk;
};

export const actions = {
	accepter: (event) =>
		submitNamedForm('accepter', event, decideForm, async ({ asked }) => {
			const { context, id } = deskOf(event);
			const proposals = readAsked(asked);
			await acceptProposals(context, id, proposals);
			return goOn(event, proposals.at(-1)?.id ?? '');
		}),
	refuser: (event) =>
		submitNamedForm('refuser', event, decideForm, async ({ asked }) => {
			const { context, id } = deskOf(event);
			const proposal = oneOf(asked);
			await refuseProposal(context, id, proposal);
			return goOn(event, proposal.id);
		}),
	corriger: (event) =>
		submitNamedForm('corriger', event, correctForm, async (values) => {
			const { context, id } = deskOf(event);
			const proposal = oneOf(values.asked);
			const value = readTypedValue(valueTypeOf(values.role), values);
			if ('problem' in value) throw new TypeError('the form was not checked');
			await changeProposal(context, id, { ...proposal, value, place: readPlace(values) });
			redirect(303, addressOf(event, proposal.id, proposal.id));
		}),
	reprendre: (event) =>
		submitNamedForm('reprendre', event, decideForm, async ({ asked }) => {
			const { context, id } = deskOf(event);
			const proposals = readAsked(asked);
			await withdrawDecisions(context, id, proposals);
			redirect(303, addressOf(event, proposals[0]?.id ?? '', null));
		}),
	marquer: (event) =>
		submitNamedForm('marquer', event, markForm, async (values) => {
			const { context, id } = deskOf(event);
			const place = readPlace(values);
			const type = valueTypeOf(values.role);
			const value = isUnsaid(type, values) ? null : readTypedValue(type, values);
			if (!place || (value && 'problem' in value)) throw new TypeError('the form was not checked');
			const [insteadOf] = readAsked(values.asked);
			const mark = { role: values.role, place, value, ...(insteadOf ? { insteadOf } : {}) };
			const { id: markId } = await markPassage(context, id, mark);
			redirect(303, addressOf(event, markId, markId));
		})
} satisfies Actions;

const deskOf = ({ locals, params }: RequestEvent) => ({
	context: locals.context,
	id: params.id ?? ''
});

const oneOf = (asked: string): { id: string; seen: string } =>
	readAsked(asked)[0] ?? { id: '', seen: '' };

/** On to what is to be decided next; to the same where nothing is left. */
async function goOn(event: RequestEvent, doneId: string): Promise<never> {
	const { context, id } = deskOf(event);
	const nextId = await findNextToDecide(context, id, doneId);
	redirect(303, addressOf(event, nextId ?? doneId, doneId));
}

function addressOf(event: RequestEvent, proposalId: string, doneId: string | null): string {
	const search = new URLSearchParams({ proposition: proposalId });
	if (doneId) search.set('fait', doneId);
	return `/deliberations/lectures/${event.params.id}?${search}#lecture`;
}
