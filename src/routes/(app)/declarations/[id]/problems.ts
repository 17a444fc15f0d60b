import { listProblems, problemOf, type FormProblem } from '#lib/forms/problems.ts';

/** What was wrong with one of the forms of the page; null where nothing was sent. */
export type Answer =
	| {
			asked: string;
			errors: Record<string, string[] | undefined>;
			values: Record<string, unknown>;
	  }
	| null
	| undefined;

/** The id of a field on the page, where several forms have a field of that name. */
export const fieldId = (form: string, field: string, rowKey?: string): string =>
	[form, field, rowKey].filter(Boolean).join('-');

/** All that was wrong, each with the field that it is about. */
export function listNamedProblems(answer: Answer): FormProblem[] {
	if (!answer) return [];
	const { asked, errors } = answer;
	return listProblems(errors).map(({ field, message }) => ({
		message,
		field: field === null || !FIELDS.has(field) ? null : fieldId(asked, field, rowOf(answer))
	}));
}

/** What was wrong with a field of a form, and what was typed in it. */
export function typedIn(
	answer: Answer,
	form: string,
	field: string,
	rowKey?: string
): { value: string; error: string | null } {
	if (!answer || answer.asked !== form || rowOf(answer) !== rowKey)
		return { value: '', error: null };
	const value = answer.values[field];
	return {
		value: typeof value === 'string' ? value : '',
		error: problemOf(answer.errors, field)
	};
}

/** Fields that are seen: what is wrong with a hidden one is wrong with the form. */
const FIELDS = new Set(['overrunReason', 'reason', 'text']);

function rowOf({ asked, values }: NonNullable<Answer>): string | undefined {
	const { rowKey } = values;
	return asked === 'remarquer' && typeof rowKey === 'string' ? rowKey : undefined;
}
