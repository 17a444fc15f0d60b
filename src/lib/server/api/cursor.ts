import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { badCursor } from './parameters.ts';

const SEAL_BYTES = 9;

/**
 * The place after which the next page of a list begins, as an address carries it. It is sealed with the
 * name of its list, so that one that was altered or belongs to another list is recognised; there is
 * no secret in it, and what it leads to is decided by rights alone.
 */
export function writeCursor(list: string, place: readonly string[]): string {
	const text = JSON.stringify(place);
	return Buffer.concat([seal(list, text), Buffer.from(text)]).toString('base64url');
}

/** Reads a place back. Undefined is the beginning of the list. Refuses any cursor that this list did not give. */
export function readCursor<Place>(
	list: string,
	shape: z.ZodType<Place>,
	cursor: string | undefined
): Place | null {
	if (cursor === undefined) return null;
	const bytes = Buffer.from(cursor, 'base64url');
	const text = bytes.subarray(SEAL_BYTES).toString();
	if (bytes.toString('base64url') !== cursor) throw badCursor();
	if (!bytes.subarray(0, SEAL_BYTES).equals(seal(list, text))) throw badCursor();
	const place = shape.safeParse(parseJson(text));
	if (!place.success) throw badCursor();
	return place.data;
}

/** A page of at most `limit` of the rows, of which one more was read, and the cursor of the next. */
export function cutPage<Row>(
	rows: readonly Row[],
	limit: number,
	list: string,
	placeOf: (row: Row) => readonly string[]
): { page: readonly Row[]; nextCursor: string | null } {
	const page = rows.slice(0, limit);
	const last = page.at(-1);
	const more = rows.length > limit && last !== undefined;
	return { page, nextCursor: more ? writeCursor(list, placeOf(last)) : null };
}

const seal = (list: string, text: string): Buffer =>
	createHash('sha256').update(`${list}\n${text}`).digest().subarray(0, SEAL_BYTES);

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
