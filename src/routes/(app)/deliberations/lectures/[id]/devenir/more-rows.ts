import type { RequestEvent } from '@sveltejs/kit';
import { readTyped } from '#lib/forms/typed-rows.ts';

/** Without script: the same form with one more row, and what was typed in it. Nothing is saved. */
export async function addRow({ request }: RequestEvent) {
	const typed = readTyped(await request.formData());
	const rows = `${typed.more ?? ''}Rows`;
	const count = Math.min(Number(typed[rows] ?? 0) || 0, 199) + 1;
	return { typed: { ...typed, [rows]: String(count) }, errors: {} };
}
