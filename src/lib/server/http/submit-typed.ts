import { fail, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { readTyped, type Typed, type TypedErrors } from '#lib/forms/typed-rows.ts';
import { refusalOf } from '#lib/server/db/constraint.ts';
import { STATUS_OF } from './failure.ts';

/** What was typed and what is wrong with it, by the names of the fields. */
export type TypedProblems = { typed: Typed; errors: TypedErrors };

/** Thrown by what runs, with the problems of what was typed. */
export class TypedRefusal extends Error {
	readonly errors: TypedErrors;

	constructor(errors: TypedErrors) {
		super('what was typed is refused');
		this.name = 'TypedRefusal';
		this.errors = errors;
	}
}

/**
 * The way of a form with rows: as `submitForm`, and what was typed comes back row by row. A form may be
 * sent only to get more rows; then nothing is checked.
 */
export async function submitTyped(
	event: RequestEvent,
	run: (typed: Typed) => Promise<void>
): Promise<void | ActionFailure<TypedProblems>> {
	const typed = readTyped(await event.request.formData());
	try {
		await run(typed);
	} catch (error) {
		if (error instanceof TypedRefusal) return fail(400, { typed, errors: error.errors });
		const refusal = refusalOf(error);
		if (!refusal) throw error;
		return fail(STATUS_OF[refusal.kind], {
			typed,
			errors: { [refusal.field ?? '_errors']: [refusal.message] }
		});
	}
}
