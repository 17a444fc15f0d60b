/* eslint-disable @typescript-eslint/consistent-type-definitions -- SvelteKit's own interfaces are added to */
import type { Failure } from '#lib/server/http/failure.ts';
import type { Context } from '#lib/server/context.ts';
import type { Session } from '#lib/server/auth/session.ts';

declare global {
	namespace App {
		interface Error {
			message: string;
			/** The true status, where SvelteKit only knows 500. */
			status?: number;
			/** What to quote when asking for help; it stands beside the cause in the log. */
			requestId?: string;
		}

		interface Locals {
			requestId: string;
			/** The instant of the request: the only clock of what it does. */
			at: Date;
			session: Session | null;
			/** Set where somebody is signed in, which is wherever the gate asks for it. */
			context: Context;
			/** What went wrong in this request, told by handleError. */
			failure: Failure | null;
		}
	}
}

export {};
