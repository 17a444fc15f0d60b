import { problemOf } from '#lib/forms/problems.ts';

/** What was wrong with one of the forms of the page; null where nothing was sent. */
export type Answer =
	| {
			asked: string;
			errors: Record<string, string[] | undefined>;
			values: Record<string, unknown>;
	  }
	| null
	| undefined;

/** What was typed in a field of a form and what was wrong with it, to stand there again. */
export function typedIn(
	answer: Answer,
	form: string,
	field: string,
	/** The proposal that it answers, where each has such a form. */
	proposalId?: string
): { value: string; error: string | null } {
	const isAsked =
		answer?.asked === form &&
		(proposalId === undefined || answer.values['proposalId'] === proposalId);
	if (!isAsked) return { value: '', error: null };
	const value = answer.values[field];
	return {
		value: typeof value === 'string' ? value : '',
		error: problemOf(answer.errors, field)
	};
}
