import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Config } from '#lib/server/config.ts';
import { SetupError } from '#lib/server/setup-error.ts';
import { clientAddress } from './client-address.ts';
import { bracketed, isOwnHost } from './host.ts';

/** What the build of the application offers: answers a request, or calls `next` when nothing is there. */
export type Handler = (
	request: IncomingMessage,
	response: ServerResponse,
	next: () => void
) => unknown;

export type Serving = {
	/** The address to open in a browser. */
	origin: string;
	/** Takes no new request, lets those under way finish, at most as long as SHUTDOWN_TIMEOUT says. */
	drain: () => Promise<void>;
};

/** The two headers through which we tell the build what only we know; a visitor's own are overwritten. */
const PROTOCOL_HEADER = 'x-tenu-protocol';
const ADDRESS_HEADER = 'x-tenu-address';

/**
 * Tells the build, which reads the environment when it is loaded, where requests come from. Without ORIGIN it would
 * take every request for https and refuse every form sent to http://localhost:3000.
 */
export function tellBuild(config: Config, environment: NodeJS.ProcessEnv): void {
	for (const name of ['HOST_HEADER', 'PORT_HEADER', 'ORIGIN']) delete environment[name];
	if (config.origin) environment['ORIGIN'] = config.origin;
	environment['PROTOCOL_HEADER'] = PROTOCOL_HEADER;
	environment['ADDRESS_HEADER'] = ADDRESS_HEADER;
	// The build knows one limit for all; ours differ by address, and say what is wrong (body-limit.ts).
	environment['BODY_SIZE_LIMIT'] = 'Infinity';
}

/** A file of 20 Mo from a phone on a poor line takes ten minutes. */
const LONGEST_REQUEST_MS = 20 * 60_000;

/** Listens on the configured address, or for `localhost` on both loopback addresses, and answers with the build. */
export async function serve(handler: Handler, config: Config): Promise<Serving> {
	let draining = false;
	const answer = (request: IncomingMessage, response: ServerResponse): void => {
		if (draining) response.setHeader('connection', 'close');
		if (!config.origin && !isOwnHost(request.headers.host, config.host)) return misdirect(response);
		request.headers[PROTOCOL_HEADER] = 'http';
		request.headers[ADDRESS_HEADER] = clientAddress(
			request,
			config.addressHeader,
			config.forwardedDepth
		);
		// Files are served before any hook of the application runs.
		response.setHeader('x-content-type-options', 'nosniff');
		const next = () => response.writeHead(404).end();
		Promise.try(handler, request, response, next).catch(() => {
			if (response.headersSent) response.destroy();
			else response.writeHead(500).end();
		});
	};

	const { servers, port } = await listen(answer, config);
	const name = ['0.0.0.0', '::'].includes(config.host) ? 'localhost' : bracketed(config.host);
	return {
		origin: config.origin ?? `http://${name}${port === 80 ? '' : `:${port}`}`,
		drain: async () => {
			draining = true;
			await Promise.all(servers.map((server) => close(server, config.shutdownTimeoutSeconds)));
		}
	};
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

async function listen(
	answer: Answer,
	config: Config
): Promise<{ servers: Server[]; port: number }> {
	if (config.host !== 'localhost') {
		const server = await listenOn(answer, config.host, config.port);
		return { servers: [server], port: portOf(server) };
	}
	// A browser may take localhost for either; a machine without IPv6 has only the first.
	const first = await listenOn(answer, '127.0.0.1', config.port);
	const port = portOf(first);
	try {
		return { servers: [first, await listenOn(answer, '::1', port)], port };
	} catch (error) {
		const { code } = (error as Error).cause as NodeJS.ErrnoException;
		if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') return { servers: [first], port };
		first.close();
		throw error;
	}
}

function listenOn(answer: Answer, host: string, port: number): Promise<Server> {
	return new Promise((resolve, reject) => {
		const server = createServer({ requestTimeout: LONGEST_REQUEST_MS }, answer);
		server.once('error', (error) => reject(cannotListen(error, host, port)));
		server.listen({ host, port }, () => resolve(server));
	});
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): SetupError {
	const reason =
		{
			EADDRINUSE: `Le port ${port} est déjà pris (${host}) : arrêtez ce qui l’occupe, ou choisissez-en un autre avec PORT.`,
			EACCES: `Le port ${port} demande des droits d’administrateur : choisissez un port au-dessus de 1023 avec PORT.`
		}[error.code ?? ''] ??
		`HOST : impossible d’écouter sur ${host} (${error.code ?? error.message}).`;
	return new SetupError(reason, { cause: error });
}

function portOf(server: Server): number {
	const address = server.address();
	return typeof address === 'object' && address ? address.port : 0;
}

function close(server: Server, timeoutSeconds: number): Promise<void> {
	return new Promise((resolve) => {
		const sweep = setInterval(() => server.closeIdleConnections(), 50);
		const limit = setTimeout(() => server.closeAllConnections(), timeoutSeconds * 1000);
		server.close(() => {
			clearInterval(sweep);
			clearTimeout(limit);
			resolve();
		});
		server.closeIdleConnections();
	});
}

/** 421: this server is not the one for that name. */
function misdirect(response: ServerResponse): void {
	response.writeHead(421, { 'content-type': 'text/plain; charset=utf-8' });
	response.end(
		'Cette adresse n’est pas celle de l’application. Ouvrez-la par http://localhost, ' +
			'ou indiquez au démarrage l’adresse que les personnes utilisent, avec ORIGIN.\n'
	);
}
