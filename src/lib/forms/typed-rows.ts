import type { z } from 'zod';

/** What was typed in a form with rows, by the names of its fields: `measures.3.label`. */
export type Typed = Readonly<Record<string, string>>;

/** The problems of a form by the names of its fields; those of the whole under `_errors`. */
export type TypedErrors = Record<string, string[]>;

/** No form of ours has more fields, and no field more signs, so that nobody sends a form without end. */
const MOST_FIELDS = 4000;
const MOST_SIGNS = 4000;

/** The fields of a form as text; files and what is beyond measure are left out. */
export function readTyped(form: FormData): Typed {
	const typed: Record<string, string> = {};
	let count = 0;
	for (const [name, value] of form) {
		if (typeof value !== 'string' || !/^[\w.-]{1,120}$/.test(name) || ++count > MOST_FIELDS)
			continue;
		typed[name] = value.slice(0, MOST_SIGNS).trim();
	}
	return typed;
}

/** The rows of a name in the order of their numbers: `measures.0.label`, `measures.0.passage` are one. */
export function listRows(typed: Typed, name: string): { index: number; row: Typed }[] {
	const rows = new Map<number, Record<string, string>>();
	for (const [key, value] of Object.entries(typed)) {
		const found = key.startsWith(`${name}.`)
			? /^(\d{1,4})\.(\w+)$/.exec(key.slice(name.length + 1))
			: null;
		if (!found) continue;
		const index = Number(found[1]);
		rows.set(index, { ...rows.get(index), [found[2] ?? '']: value });
	}
	return [...rows].sort(([left], [right]) => left - right).map(([index, row]) => ({ index, row }));
}

/** The fields of rows, as a form shows them. */
export const typeRows = (name: string, rows: readonly Typed[]): Typed =>
	Object.fromEntries(
		rows.flatMap((row, index) =>
			Object.entries(row).map(([field, value]) => [`${name}.${index}.${field}`, value])
		)
	);

/** Collects the problems of a form that is checked piece by piece, one a field. */
export class Problems {
	readonly errors: TypedErrors = {};

	add(field: string, message: string): void {
		this.errors[field] ??= [message];
	}

	/** The values of a piece, or null with its problems under its name. */
	check<Schema extends z.ZodType>(
		schema: Schema,
		typed: Typed,
		prefix = ''
	): z.output<Schema> | null {
		const parsed = schema.safeParse(typed);
		if (parsed.success) return parsed.data;
		for (const { path, message } of parsed.error.issues) {
			const field = path.map(String).join('.');
			this.add(field === '' && prefix === '' ? '_errors' : `${prefix}${field}`, message);
		}
		return null;
	}

	get none(): boolean {
		return Object.keys(this.errors).length === 0;
	}
}

/** What a form became: its values, or what stands in the way. */
export type Checked<Values> = { values: Values } | { errors: TypedErrors };
