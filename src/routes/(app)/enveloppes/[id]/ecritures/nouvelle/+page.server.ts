import { randomUUID } from 'node:crypto';
import { error, redirect, type Actions } from '@sveltejs/kit';
import { entryForm, readEntry } from '#lib/forms/entry.ts';
import { dayInParis } from '#lib/domain/day.ts';
import { openForm, submitForm } from '#lib/server/http/submit-form.ts';
import { recordEntry } from '#lib/server/ledger/record-entry.ts';
import { readEntryDesk } from '#lib/server/reports/entry-desk.ts';
import type { PageServerLoad } from './$types';

const NOWHERE = 'Cette enveloppe n’existe pas.';

export const load: PageServerLoad = async ({ locals, params }) => {
	const [desk, form] = await Promise.all([
		readEntryDesk(locals.context, params.id),
		openForm(entryForm, { kind: 'disbursement', key: randomUUID() })
	]);
	if (!desk) error(404, NOWHERE);
	return { ...desk, form };
};

export const actions = {
	default: (event) =>
		submitForm(event, entryForm, async (values) => {
			const { context, at } = event.locals;
			const envelopeId = event.params.id ?? '';
			const { kind, label, key } = values;
			const id = await recordEntry(context, key, {
				envelopeId,
				kind,
				label,
				...readEntry(values),
				measureId: values.measureId || null,
				operationId: values.operationId || null,
				counterpartyId: values.counterpartyId || null,
				overrunReason: values.overrunReason || null
			});
			const seen = `au=${dayInParis(at)}&tri=saisie&enregistree=${id}`;
			redirect(303, `/enveloppes/${envelopeId}?${seen}#grand-livre`);
		})
} satisfies Actions;
