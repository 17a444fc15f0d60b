import { error, fail, redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import { readDraftChanges } from '#lib/forms/draft-changes.ts';
import { saveCells, type CellConflict } from '#lib/server/declarations/save-cells.ts';
import { failureOf, recordFailure } from '#lib/server/http/failure.ts';
import { readDraftCheck } from '#lib/server/reports/declaration-check.ts';
import { readDraftPage } from '#lib/server/reports/declaration-draft.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { context }, params, request, url }) => {
	const page = await readDraftPage(context, params.id);
	if (!page) error(404, 'Cette déclaration n’existe pas.');
	// What was just typed and refused is shown once more, so that it is not lost.
	if (!page.editable && request.method === 'GET') redirect(303, `/declarations/${params.id}`);
	return {
		...page,
		personId: context.actor.id,
		checked: url.searchParams.has('verifier'),
		summarised: url.searchParams.get('verifier') === ''
	};
};

/** What could not be kept comes back as it was typed, with what somebody else typed there. */
type Unsaved = {
	message: string | null;
	conflicts: (CellConflict & { base: string })[];
	typed: [string, string, string][];
};

/** Keeps the draft; answers what stands in the way of going on, if anything does. */
async function save(event: RequestEvent): Promise<(Unsaved & { status: number }) | null> {
	const changes = readDraftChanges(await event.request.formData());
	const baseOf = new Map(changes.map(({ key, base }) => [key, base]));
	try {
		const { conflicts } = await saveCells(event.locals.context, event.params.id ?? '', changes);
		if (conflicts.length === 0) return null;
		const contested = conflicts.map((conflict) => ({
			...conflict,
			base: baseOf.get(conflict.key) ?? ''
		}));
		return { status: 409, message: null, conflicts: contested, typed: [] };
	} catch (cause) {
		const { status, message } = failureOf(cause);
		if (status === 404) error(404, message);
		if (status >= 500) recordFailure(event, cause);
		const typed = changes.map(({ key, base, value }): [string, string, string] => [
			key,
			base,
			value
		]);
		return { status, message, conflicts: [], typed };
	}
}

const here = ({ params }: RequestEvent) => `/declarations/${params.id}`;

export const actions = {
	enregistrer: async (event) => {
		const unsaved = await save(event);
		if (unsaved) return fail(unsaved.status, unsaved);
		redirect(303, `${here(event)}/saisir`);
	},
	continuer: async (event) => {
		const unsaved = await save(event);
		if (unsaved) return fail(unsaved.status, unsaved);
		const check = await readDraftCheck(event.locals.context, event.params.id ?? '');
		redirect(303, `${here(event)}/${check?.isComplete ? 'justificatifs' : 'saisir?verifier'}`);
	}
} satisfies Actions;
