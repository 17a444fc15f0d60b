import { randomUUID } from 'node:crypto';
import { building, dev } from '$app/env';
import {
	error,
	redirect,
	type Handle,
	type HandleServerError,
	type RequestEvent,
	type ServerInit
} from '@sveltejs/kit';
import { sequence } from '@sveltejs/kit/hooks';
import { canOpenRoute } from '#lib/domain/gate.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { application } from '#lib/server/application.ts';
import { answerTooLarge, hearOut, limitBody } from '#lib/server/http/body-limit.ts';
import { errorPage } from '#lib/server/http/error-page.ts';
import { recordFailure, withTrueStatus } from '#lib/server/http/failure.ts';
import { findVisitor } from '#lib/server/http/find-visitor.ts';
import { answerKept } from '#lib/server/http/kept-pages.ts';
import { log } from '#lib/server/http/log.ts';
import { isApi, problem, unauthorised } from '#lib/server/http/problem.ts';
import { signInPath } from '#lib/server/http/return-path.ts';
import { setSecurityHeaders } from '#lib/server/http/security-headers.ts';
import { startJobs, wakeJob } from '#lib/server/jobs/jobs.ts';
import { registerJobs } from '#lib/server/jobs/register-jobs.ts';

const REFUSED = 'Cette page ne vous est pas ouverte.';

/** Where something happens that somebody is told by mail; typing is nothing to tell. */
const MAKES_MAILS = /^\/\(app\)\/declarations\/(?!.*\/(brouillon|tableur|justificatifs)\b)/;

/** Jobs begin once the first pages had their turn. */
const JOBS_DELAY_MS = 1_500;

export const init: ServerInit = () => {
	if (building) return;
	registerJobs();
	startJobs({
		...application(),
		now: () => new Date(),
		onError: (error) => log().warn({ err: error }, 'job failed'),
		delayMs: JOBS_DELAY_MS
	});
};

/** Names the request, fixes its instant, and finishes its answer: true status, headers, log. */
const frame: Handle = async ({ event, resolve }) => {
	const { locals, request, route, url } = event;
	locals.requestId = randomUUID();
	locals.at = new Date();
	locals.session = null;
	locals.failure = null;

	const response = await withTrueStatus(event, await resolve(event, { preload: isNeededAtOnce }));
	setSecurityHeaders(response, url);
	response.headers.set('x-request-id', locals.requestId);
	if (locals.session && !response.headers.has('cache-control')) {
		response.headers.set('cache-control', 'private, no-store');
	}
	const { requestId } = locals;
	const { status } = response;
	log().debug({ requestId, method: request.method, route: route.id, status }, 'answered');
	if (request.method === 'POST' && MAKES_MAILS.test(route.id ?? '')) wakeJob('write-mails');
	return response;
};

/** Learns who asks. Where the database cannot say, only what is open to anyone is tried. */
const identify: Handle = async ({ event, resolve }) => {
	const { locals, route, url } = event;
	if (route.id === null) return resolve(event); // Nothing is there: SvelteKit says so.
	try {
		const { session, badToken } = await findVisitor(event);
		if (badToken) return unauthorised('Ce jeton est inconnu, expiré ou révoqué.');
		locals.session = session;
		if (session) locals.context = { db: application().db, actor: session.actor, at: locals.at };
	} catch (cause) {
		if (canOpenRoute(null, route.id) === 'open') return resolve(event);
		const { status, message } = recordFailure(event, cause);
		if (isApi(url)) return problem(status, { detail: message });
		if (event.isDataRequest) return error(status, { message, requestId: locals.requestId });
		return errorPage(status, message);
	}
	return resolve(event);
};

/** Whether the address is open to who asks. The one place that decides it. */
const gate: Handle = async ({ event, resolve }) => {
	const { locals, route, url } = event;
	if (route.id === null) return resolve(event);
	switch (canOpenRoute(locals.session?.actor ?? null, route.id)) {
		case 'open':
			return dev ? resolve(event) : answerKept(event, () => resolve(event));
		case 'sign-in':
			if (isApi(url)) return unauthorised('Connectez-vous, ou présentez un jeton d’accès.');
			return redirect(303, signInPath(url));
		case 'refused':
			if (isApi(url)) return problem(403, { detail: REFUSED });
			return isReading(event) && locals.session ? event.fetch('/refus') : error(403, REFUSED);
	}
};

/** Reads no more than the address takes, and leaves nothing unread: a browser sends all before it hears the answer. */
const hear: Handle = async ({ event, resolve }) => {
	try {
		return await resolve(event);
	} finally {
		await hearOut(event).catch(() => {}); // Whoever left in the middle hears no answer either.
	}
};

const limit: Handle = async ({ event, resolve }) => {
	if (event.route.id === null) return resolve(event);
	try {
		event.request = await limitBody(event, application().config.bodySizeLimitBytes);
	} catch (cause) {
		if (cause instanceof Refusal) return answerTooLarge(event, cause);
		throw cause;
	}
	return resolve(event);
};

export const handle = sequence(frame, identify, hear, gate, limit);

export const handleError: HandleServerError = ({ error: cause, event, status, message }) => {
	// SvelteKit's own noes, as for an address that leads nowhere, are not failures of ours.
	if (status < 500) return { message: status === 404 ? 'Cette page n’existe pas.' : message };
	const failure = recordFailure(event, cause);
	return {
		message: failure.message,
		status: failure.status,
		requestId: event.locals.requestId
	};
};

/** A page asked for by its address, which gets the whole page of the refusal, navigation included. */
const isReading = ({ request, isDataRequest }: RequestEvent): boolean =>
	request.method === 'GET' && !isDataRequest;

/** What a page waits for: its letters too, or its lines would be set twice and move. */
const isNeededAtOnce = ({ type }: { type: string }): boolean => type !== 'asset';
