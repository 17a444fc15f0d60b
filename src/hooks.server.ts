import { randomUUID } from 'node:crypto';
import {
	error,
	redirect,
	type Handle,
	type HandleServerError,
	type RequestEvent
} from '@sveltejs/kit';
import { sequence } from '@sveltejs/kit/hooks';
import { canOpenRoute } from '#lib/domain/gate.ts';
import { application } from '#lib/server/application.ts';
import { failureOf } from '#lib/server/http/failure.ts';
import { findVisitor, isApi } from '#lib/server/http/find-visitor.ts';
import { log } from '#lib/server/http/log.ts';
import { asProblem, problem } from '#lib/server/http/problem.ts';
import { signInPath } from '#lib/server/http/return-path.ts';
import { setSecurityHeaders } from '#lib/server/http/security-headers.ts';

const REFUSED = 'Cette page n’est pas ouverte à votre rôle.';

/** Names the request, fixes its instant, and finishes its answer: headers, and the shape of errors. */
const frame: Handle = async ({ event, resolve }) => {
	const { locals, url } = event;
	locals.requestId = randomUUID();
	locals.at = new Date();
	locals.session = null;
	locals.failure = null;

	const response = await withTrueStatus(event, await resolve(event));
	setSecurityHeaders(response, url);
	response.headers.set('x-request-id', locals.requestId);
	if (locals.session && !response.headers.has('cache-control')) {
		response.headers.set('cache-control', 'private, no-store');
	}
	const { requestId } = locals;
	const { method } = event.request;
	log().debug({ requestId, method, route: event.route.id, status: response.status }, 'answered');
	return response;
};

/** Who asks, and whether the address is open to them. The one place that decides it. */
const gate: Handle = async ({ event, resolve }) => {
	const { locals, route, url } = event;
	if (route.id === null) return resolve(event); // Nothing is there: SvelteKit says so.

	const { session, badToken } = await findVisitor(event);
	if (badToken) return unauthorised('Ce jeton est inconnu, expiré ou révoqué.');
	locals.session = session;
	if (session) locals.context = { db: application().db, actor: session.actor, at: locals.at };

	switch (canOpenRoute(session?.actor ?? null, route.id)) {
		case 'open':
			return resolve(event);
		case 'sign-in':
			if (isApi(url)) return unauthorised('Connectez-vous, ou présentez un jeton d’accès.');
			return redirect(303, signInPath(url));
		case 'refused':
			if (isApi(url)) return problem(403, { detail: REFUSED });
			// A page asked for by its address gets the whole error page, navigation included.
			if (session && event.request.method === 'GET' && !event.isDataRequest) {
				return event.fetch('/refus');
			}
			return error(403, REFUSED);
	}
};

export const handle = sequence(frame, gate);

export const handleError: HandleServerError = ({ error: cause, event, status, message }) => {
	const { locals, route } = event;
	// SvelteKit's own noes, as for an address that leads nowhere, are not failures of ours.
	if (status < 500) return { message: status === 404 ? 'Cette page n’existe pas.' : message };
	const failure = failureOf(cause);
	locals.failure = failure;
	if (!failure.expected) {
		const level = failure.status === 503 ? 'warn' : 'error';
		log()[level]({ requestId: locals.requestId, route: route.id, err: cause }, 'failed');
	}
	return { message: failure.message, status: failure.status, requestId: locals.requestId };
};

/** SvelteKit calls every failure 500; and the API speaks of all errors, SvelteKit's too, as problems. */
async function withTrueStatus({ locals, url }: RequestEvent, answer: Response): Promise<Response> {
	const { failure } = locals;
	if (isApi(url)) return asProblem(answer, failure);
	if (!failure || answer.status !== 500) return answer;
	const response = new Response(answer.body, { status: failure.status, headers: answer.headers });
	if (failure.status === 503) response.headers.set('retry-after', '5');
	return response;
}

function unauthorised(detail: string): Response {
	return problem(401, { detail, headers: { 'www-authenticate': 'Bearer realm="tenu"' } });
}
