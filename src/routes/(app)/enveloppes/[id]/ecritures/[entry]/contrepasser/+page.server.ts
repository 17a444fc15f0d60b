import { randomUUID } from 'node:crypto';
import { error, redirect, type Actions } from '@sveltejs/kit';
import { dayInParis, yearOf } from '#lib/domain/day.ts';
import { canReverseEntry } from '#lib/domain/policy.ts';
import { readYear, reversalForm } from '#lib/forms/entry.ts';
import { openForm, submitForm } from '#lib/server/http/submit-form.ts';
import { reverseEntry } from '#lib/server/ledger/reverse-entry.ts';
import { readEntryToReverse } from '#lib/server/reports/entry-desk.ts';
import type { PageServerLoad } from './$types';

const NOWHERE = 'Cette écriture n’existe pas.';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { context } = locals;
	const [found, form] = await Promise.all([
		readEntryToReverse(context, params.id, params.entry),
		openForm(reversalForm, { key: randomUUID() })
	]);
	if (!found) error(404, NOWHERE);
	return { ...found, form, canReverse: canReverseEntry(context.actor, found.entry) };
};

export const actions = {
	default: (event) =>
		submitForm(event, reversalForm, async ({ key, reason, fiscalYear }) => {
			const { context, at } = event.locals;
			const { id: envelopeId = '', entry: entryId = '' } = event.params;
			const found = await readEntryToReverse(context, envelopeId, entryId);
			if (!found) error(404, NOWHERE);
			const id = await reverseEntry(context, key, {
				entryId: found.entry.id,
				fiscalYear: readYear(fiscalYear) ?? yearOf(found.entry.effectiveOn),
				reason
			});
			const seen = `au=${dayInParis(at)}&tri=saisie&enregistree=${id}`;
			redirect(303, `/enveloppes/${envelopeId}?${seen}#grand-livre`);
		})
} satisfies Actions;
