import { error, redirect, type Actions } from '@sveltejs/kit';
import { laterDay } from '#lib/domain/day.ts';
import { dutyForm, readDuty } from '#lib/forms/duty.ts';
import { setDeclarationDuty } from '#lib/server/declarations/set-declaration-duty.ts';
import { openForm, submitForm } from '#lib/server/http/submit-form.ts';
import { readDutyPage } from '#lib/server/reports/duty-page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const page = await readDutyPage(locals.context, params.id);
	if (!page) error(404, 'Cette enveloppe n’existe pas.');
	const { duty, envelope, today } = page;
	// The preview without script: the form sends itself to this address.
	const typed = (name: string) => url.searchParams.get(name);
	const isPreview = typed('frequency') !== null;
	const form = await openForm(dutyForm, {
		frequency: typed('frequency') ?? duty?.frequency ?? 'quarter',
		dueDays: typed('dueDays') ?? String(duty?.dueDays ?? 30),
		startsOn: typed('startsOn') ?? duty?.startsOn ?? laterDay(envelope.startsOn, today),
		byOperation: isPreview ? typed('byOperation') !== null : (duty?.byOperation ?? false)
	});
	return { ...page, form };
};

export const actions = {
	default: (event) =>
		submitForm(event, dutyForm, async (values) => {
			const id = event.params.id ?? '';
			await setDeclarationDuty(event.locals.context, id, readDuty(values));
			redirect(303, `/enveloppes/${id}/rythme?fait=regler`);
		})
} satisfies Actions;
