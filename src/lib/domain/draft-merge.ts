import type { CellKey, Cells } from '#lib/domain/declaration-cell.ts';

/** A field as one device knows it: what is typed there, and what stood in the draft when that began. */
export type DraftField = {
	value: string;
	base: string;
	/** Somebody else changed it meanwhile: the person chooses. */
	conflict: Theirs | null;
	/** Filled in from what somebody else typed. */
	filledBy: Theirs | null;
};

/** What somebody else, or oneself on another device, typed; `at` is an instant as ISO text. */
export type Theirs = { value: string; by: string; at: string };

export type DraftFields = Record<CellKey, DraftField>;

/** What is sent to be kept: what was typed, and what the person saw when they began. */
export type DraftChange = { key: CellKey; base: string; value: string };

/** What the server answers: which fields wait for a choice, and what changed in the draft since. */
export type DraftAnswer = {
	/** Of the last change in the draft, as ISO text: from where the next answer goes on. */
	savedAt: string;
	conflicts: (Theirs & { key: CellKey })[];
	cells: (Theirs & { key: CellKey })[];
};

export const emptyField = (): DraftField => ({
	value: '',
	base: '',
	conflict: null,
	filledBy: null
});

/** What stands in the form, by field. */
export const cellsOf = (fields: DraftFields): Cells =>
	new Map(Object.entries(fields).map(([key, { value }]) => [key, value]));

/** What is typed and not kept yet. What waits for a choice is not sent again. */
export const changesOf = (fields: DraftFields): DraftChange[] =>
	Object.entries(fields)
		.filter(([, { value, base, conflict }]) => value !== base && !conflict)
		.map(([key, { value, base }]) => ({ key, base, value }));

/**
 * A field after the answer to what was sent of it. What was typed meanwhile stays; what somebody else
 * typed is filled in where the person did nothing; where both did, both are kept and the person chooses.
 */
export function mergeField(
	field: DraftField,
	sent: string | undefined,
	theirs: Theirs | undefined,
	conflict: Theirs | undefined
): DraftField {
	if (conflict) return { ...field, conflict };
	if (theirs === undefined) return sent === undefined ? field : { ...field, base: sent };
	if (theirs.value === field.value) return { ...field, base: theirs.value, conflict: null };
	if (theirs.value === sent) return { ...field, base: sent };
	const isUntouched = field.value === field.base && !field.conflict;
	if (isUntouched) {
		return { value: theirs.value, base: theirs.value, conflict: null, filledBy: theirs };
	}
	return field;
}

/** All the fields after an answer. */
export function mergeAnswer(
	fields: DraftFields,
	sent: readonly DraftChange[],
	{ conflicts, cells }: Pick<DraftAnswer, 'conflicts' | 'cells'>
): DraftFields {
	const sentBy = new Map(sent.map(({ key, value }) => [key, value]));
	const theirsBy = new Map(cells.map(({ key, value, by, at }) => [key, { value, by, at }]));
	const conflictBy = new Map(conflicts.map(({ key, value, by, at }) => [key, { value, by, at }]));
	const keys = new Set([...sentBy.keys(), ...theirsBy.keys(), ...conflictBy.keys()]);
	const changed = [...keys].map((key) => [
		key,
		mergeField(fields[key] ?? emptyField(), sentBy.get(key), theirsBy.get(key), conflictBy.get(key))
	]);
	return { ...fields, ...(Object.fromEntries(changed) as DraftFields) };
}

/** The person keeps what they typed, having seen what somebody else did. */
export const keepMine = (field: DraftField): DraftField =>
	field.conflict ? { ...field, base: field.conflict.value, conflict: null } : field;

/** The person takes what somebody else typed. */
export const takeTheirs = (field: DraftField): DraftField =>
	field.conflict
		? { ...field, value: field.conflict.value, base: field.conflict.value, conflict: null }
		: field;
