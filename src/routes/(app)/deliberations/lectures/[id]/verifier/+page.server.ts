import { error, fail, redirect, type Actions } from '@sveltejs/kit';
import { failureOf, recordFailure } from '#lib/server/http/failure.ts';
import { enterReading } from '#lib/server/readings/enter-reading.ts';
import type { EnteredReading } from '#lib/server/readings/find-entered-act.ts';
import { readReview } from '#lib/server/reports/reading-review.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const review = await readReview(locals.context, params.id);
	if (!review) error(404, 'Cette lecture n’existe pas.');
	if (review.entered) redirect(303, `${addressOf(review.entered)}?fait=deja`);
	if (review.reading.state !== 'open') redirect(303, `/deliberations/lectures/${params.id}`);
	return review;
};

export const actions = {
	default: async (event) => {
		const { locals, params, request } = event;
		const form = await request.formData();
		let entered: EnteredReading;
		try {
			entered = await enterReading(locals.context, params.id ?? '', {
				key: String(form.get('key')),
				revision: Number(form.get('revision')),
				confirmed: form.getAll('confirmed').map(String)
			});
		} catch (cause) {
			const { status, message } = failureOf(cause);
			if (status === 404) error(404, message);
			if (status >= 500) recordFailure(event, cause);
			return fail(status, { message });
		}
		const day = entered.programmeSlug && entered.asOf ? `&au=${entered.asOf}` : '';
		redirect(303, `${addressOf(entered)}?fait=acte${day}`);
	}
} satisfies Actions;

/** What came of it: the programme, or the act where it was kept alone. */
const addressOf = ({ deliberationSlug, programmeSlug }: EnteredReading): string =>
	programmeSlug ? `/programmes/${programmeSlug}` : `/deliberations/${deliberationSlug}`;
