import { listProblems, problemOf, type FormProblem } from '#lib/forms/problems.ts';

/** What was wrong with one of the forms of the desk; null where nothing was sent. */
export type Answer =
	| {
			asked: string;
			errors: Record<string, string[] | undefined>;
			values: Record<string, unknown>;
	  }
	| null
	| undefined;

/** The id of a field on the page, where several forms have a field of that name. */
export const fieldId = (form: string, field: string): string => `${form}-${field}`;

const FIELDS = [
	'value',
	'endsOn',
	'precision',
	'per',
	'of',
	'verb',
	'first',
	'last',
	'occurrence',
	'role'
];

/** All that was wrong, each with the field that it is about. */
export const listDeskProblems = (answer: Answer): FormProblem[] =>
	answer
		? listProblems(answer.errors).map(({ field, message }) => ({
				message,
				field: field && FIELDS.includes(field) ? fieldId(answer.asked, field) : null
			}))
		: [];

/** What was typed in a field of a form that came back, else what is known; and what is wrong with it. */
export function typedIn(
	answer: Answer,
	form: string,
	field: string,
	known = ''
): { id: string; name: string; value: string; error: string | null } {
	const place = { id: fieldId(form, field), name: field };
	if (answer?.asked !== form) return { ...place, value: known, error: null };
	const value = answer.values[field];
	return {
		...place,
		value: typeof value === 'string' ? value : known,
		error: problemOf(answer.errors, field)
	};
}
