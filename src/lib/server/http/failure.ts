import type { RequestEvent } from '@sveltejs/kit';
import { typeset } from '#lib/domain/typography.ts';
import { refusalOf } from '#lib/server/db/constraint.ts';
import { databaseErrorOf, isPassing } from '#lib/server/db/transaction.ts';
import type { RefusalKind } from '#lib/domain/refusal.ts';
import { log } from '#lib/server/http/log.ts';
import { asProblem, isApi } from '#lib/server/http/problem.ts';

/** What a person is told of something that went wrong, and with which status. */
export type Failure = { status: number; message: string; expected: boolean };

const RETRY_AFTER_SECONDS = '5';

export const STATUS_OF = {
	invalid: 400,
	forbidden: 403,
	'not-found': 404,
	conflict: 409,
	'too-large': 413,
	'too-many': 429
} as const satisfies Record<RefusalKind, number>;

/** A refusal speaks for itself; a database that is away will be back; the rest is our fault. */
export function failureOf(error: unknown): Failure {
	const refusal = refusalOf(error);
	if (refusal) {
		return { status: STATUS_OF[refusal.kind], message: refusal.message, expected: true };
	}
	if (isPassing(error) || isOverloaded(error)) {
		const message = typeset(
			'La base de données ne répond pas pour l’instant. Réessayez dans quelques secondes ; rien de ce qui est enregistré n’est perdu.'
		);
		return { status: 503, message, expected: false };
	}
	const message = 'Une erreur inattendue s’est produite. Rien n’a été enregistré par cette action.';
	return { status: 500, message, expected: false };
}

/** Too many connections, no room left, or a statement that took too long: class 53 and 57014. */
const isOverloaded = (error: unknown): boolean =>
	/^(53...|57014)$/.test(databaseErrorOf(error)?.code ?? '');

/** Remembers what went wrong in a request, and writes the cause into the log where it was not expected. */
export function recordFailure({ locals, route }: RequestEvent, cause: unknown): Failure {
	const failure = failureOf(cause);
	locals.failure = failure;
	if (!failure.expected) {
		const level = failure.status === 503 ? 'warn' : 'error';
		log()[level]({ requestId: locals.requestId, route: route.id, err: cause }, 'failed');
	}
	return failure;
}

/** SvelteKit calls every failure 500; and the API speaks of all errors, SvelteKit's too, as problems. */
export async function withTrueStatus(
	{ locals: { failure }, url }: RequestEvent,
	answer: Response
): Promise<Response> {
	const status = failure && answer.status === 500 ? failure.status : answer.status;
	const response = isApi(url)
		? await asProblem(answer, failure)
		: status === answer.status
			? answer
			: new Response(answer.body, { status, headers: answer.headers });
	if (status === 503) response.headers.set('retry-after', RETRY_AFTER_SECONDS);
	return response;
}
