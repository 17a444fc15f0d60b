import { fail, isActionFailure, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { submitForm } from './submit-form.ts';

/** What was wrong with one of the forms of a page, which it was, and what was typed in it. */
export type NamedProblems = {
	asked: string;
	errors: Record<string, string[] | undefined>;
	values: Record<string, unknown>;
};

/**
 * The way of a form on a page that has several: as `submitForm`, and the answer says which form it was, so
 * that its errors stand at its own fields.
 */
export async function submitNamedForm<S extends Parameters<typeof submitForm>[1]>(
	name: string,
	event: RequestEvent,
	schema: S,
	run: Parameters<typeof submitForm<S, void>>[2]
): Promise<void | ActionFailure<NamedProblems>> {
	const answer: unknown = await submitForm(event, schema, run);
	if (!isActionFailure(answer)) return;
	const { form } = answer.data as unknown as {
		form: { errors: NamedProblems['errors']; data: NamedProblems['values'] };
	};
	return fail(answer.status, { asked: name, errors: form.errors, values: form.data });
}
