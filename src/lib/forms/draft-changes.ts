import { z } from 'zod';
import { isCellKey } from '#lib/domain/declaration-cell.ts';
import type { DraftChange } from '#lib/domain/draft-merge.ts';

const text = z.string().max(10_000);

/** What a page sends of a draft while it is typed: the fields that changed, and what it knows already. */
export const draftChanges = z.object({
	/** The instant of the last change that the page knows of. */
	since: z.iso.datetime().nullable(),
	changes: z
		.array(z.object({ key: z.string().refine(isCellKey), base: text, value: text }))
		.max(5000)
});

/** Beside a field a form says what stood there when the person began, under this and the field’s name; nothing did where it doesn’t say. */
export const BASE_PREFIX = 'base:';
/** And what somebody else typed there, where both did. */
export const THEIRS_PREFIX = 'autre:';
/** The buttons by which a person chooses between the two. */
export const KEEP_MINE = 'garder';
export const TAKE_THEIRS = 'prendre';

/**
 * The fields that a form without script sends, each with what stood there when the person began. Where
 * they chose between theirs and what somebody else typed, the choice is in it.
 */
export function readDraftChanges(form: FormData): DraftChange[] {
	const kept = textOf(form, KEEP_MINE);
	const taken = textOf(form, TAKE_THEIRS);
	const named = [...form.keys()].map((name) =>
		name.startsWith(BASE_PREFIX) ? name.slice(BASE_PREFIX.length) : name
	);
	return [...new Set(named)]
		.filter((key) => isCellKey(key))
		.map((key) => {
			const theirs = textOf(form, `${THEIRS_PREFIX}${key}`);
			if (key === taken) return { key, base: theirs, value: theirs };
			const base = key === kept ? theirs : textOf(form, `${BASE_PREFIX}${key}`);
			return { key, base, value: textOf(form, key) };
		})
		.filter(({ base, value }) => base !== value);
}

/** Lines end as they do while one types; forms send them as on a typewriter. */
function textOf(form: FormData, name: string): string {
	const value = form.get(name);
	return typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : '';
}
