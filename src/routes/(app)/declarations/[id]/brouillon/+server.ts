import { json } from '@sveltejs/kit';
import type { DraftAnswer } from '#lib/domain/draft-merge.ts';
import { draftChanges } from '#lib/forms/draft-changes.ts';
import { failureOf, recordFailure } from '#lib/server/http/failure.ts';
import { saveCells } from '#lib/server/declarations/save-cells.ts';
import type { RequestHandler } from './$types';

/**
 * Keeps what is being typed, while it is typed. Only JSON is taken: no form of another site can send it.
 * The answer tells what changed in the draft since the last one, whoever changed it.
 */
export const POST: RequestHandler = async (event) => {
	const { locals, params, request } = event;
	if (!request.headers.get('content-type')?.startsWith('application/json')) {
		return json({ message: 'Ce qui est envoyé ne peut pas être lu.' }, { status: 415 });
	}
	const parsed = draftChanges.safeParse(await request.json().catch(() => null));
	if (!parsed.success) {
		return json({ message: 'Ce qui est envoyé ne peut pas être lu.' }, { status: 400 });
	}
	const { since, changes } = parsed.data;
	try {
		const saved = await saveCells(locals.context, params.id, changes);
		const from = since === null ? 0 : Date.parse(since);
		const answer: DraftAnswer = {
			savedAt: saved.savedAt.toISOString(),
			conflicts: saved.conflicts.map(({ key, theirs, by, at }) => ({
				key,
				value: theirs,
				by,
				at: at.toISOString()
			})),
			cells: saved.typed
				.filter(({ at }) => at.getTime() >= from)
				.map(({ key, value, by, at }) => ({ key, value, by, at: at.toISOString() }))
		};
		return json(answer);
	} catch (cause) {
		const { status, message } = failureOf(cause);
		if (status >= 500) recordFailure(event, cause);
		return json({ message }, { status });
	}
};
