import type { ShownPassage } from '#lib/domain/act/plan/plan-passage.ts';

/** What a page of a plan shows in its fields, and what is wrong with them. */
export type PlanFields = {
	typed: Readonly<Record<string, string>>;
	errors: Readonly<Record<string, readonly string[]>>;
};

/** What a field is given: its name, what stands in it and its problem. */
export function fieldOf({ typed, errors }: PlanFields, name: string) {
	return { name, value: typed[name] ?? '', error: errors[name]?.[0] ?? null };
}

/** How many rows of a name a form shows: those that are there, and one more to be filled. */
export function countRows(typed: PlanFields['typed'], name: string): number {
	const numbers = Object.keys(typed).flatMap((key) => {
		const found = key.startsWith(`${name}.`) ? /^\d+/.exec(key.slice(name.length + 1)) : null;
		return found ? [Number(found[0])] : [];
	});
	return numbers.length === 0 ? 0 : Math.max(...numbers) + 1;
}

/** Passages for a list of choices, by the part of the act in which they stand. */
export function groupPassages(passages: readonly ShownPassage[]) {
	const parts = [
		{ label: 'Décision', section: 'decision' },
		{ label: 'Exposé des motifs', section: 'statement_of_reasons' },
		{ label: 'En-tête', section: 'header' }
	] as const;
	return parts
		.map(({ label, section }) => ({
			label,
			passages: passages.filter((passage) => passage.section === section)
		}))
		.filter((part) => part.passages.length > 0);
}
