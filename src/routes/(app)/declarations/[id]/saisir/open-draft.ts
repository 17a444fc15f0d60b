import type { DraftPage } from '#lib/server/reports/declaration-draft.ts';
import { Draft } from './draft.svelte.ts';

/** What a form without script could not have kept. */
type Unsaved = {
	conflicts: readonly {
		key: string;
		mine: string;
		theirs: string;
		by: string;
		at: Date;
		base: string;
	}[];
	/** Field, what stood there, and what was typed. */
	typed: readonly [string, string, string][];
};

/** The draft as the page begins: as it is kept, with what came back from a form that was not. */
export function openDraft(
	{ declaration, cells, lastSavedAt }: Pick<DraftPage, 'declaration' | 'cells' | 'lastSavedAt'>,
	unsaved: Unsaved | null | undefined
): Draft {
	const draft = new Draft(`/declarations/${declaration.id}/brouillon`, cells, lastSavedAt);
	for (const { key, mine, theirs, by, at, base } of unsaved?.conflicts ?? []) {
		draft.contest(key, mine, base, { value: theirs, by, at: at.toISOString() });
	}
	for (const [key, base, value] of unsaved?.typed ?? []) draft.contest(key, value, base, null);
	return draft;
}
