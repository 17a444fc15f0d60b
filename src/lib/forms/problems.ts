/** What is wrong with a form: the field, or null where it is the whole, and what to do about it. */
export type FormProblem = { field: string | null; message: string };

/** The problems of a form in the order of its fields, one each, those of the whole form first. */
export function listProblems(
	errors: Readonly<Record<string, unknown>> & { _errors?: string[] | undefined }
): FormProblem[] {
	const { _errors, ...fields } = errors;
	const whole = (_errors ?? []).map((message) => ({ field: null, message }));
	const each = Object.keys(fields).flatMap((field) => {
		const message = problemOf(errors, field);
		return message ? [{ field, message }] : [];
	});
	return [...whole, ...each];
}

/** The first problem of one field. */
export function problemOf(errors: Readonly<Record<string, unknown>>, field: string): string | null {
	const messages = errors[field];
	const [first] = Array.isArray(messages) ? (messages as unknown[]) : [];
	return typeof first === 'string' ? first : null;
}
