import { refusalOf } from '#lib/server/db/constraint.ts';
import { isPassing } from '#lib/server/db/transaction.ts';
import type { RefusalKind } from '#lib/domain/refusal.ts';

/** What a person is told of something that went wrong, and with which status. */
export type Failure = { status: number; message: string; expected: boolean };

export const STATUS_OF = {
	invalid: 400,
	forbidden: 403,
	'not-found': 404,
	conflict: 409,
	'too-many': 429
} as const satisfies Record<RefusalKind, number>;

/** A refusal speaks for itself; a database that is away will be back; the rest is our fault. */
export function failureOf(error: unknown): Failure {
	const refusal = refusalOf(error);
	if (refusal) {
		return { status: STATUS_OF[refusal.kind], message: refusal.message, expected: true };
	}
	if (isPassing(error)) {
		const message =
			'La base de données ne répond pas pour l’instant. Réessayez dans quelques secondes ; rien de ce qui est enregistré n’est perdu.';
		return { status: 503, message, expected: false };
	}
	const message = 'Une erreur inattendue s’est produite. Rien n’a été enregistré par cette action.';
	return { status: 500, message, expected: false };
}
