const TITLES: Record<number, string> = {
	400: 'Demande mal formée',
	401: 'Identification nécessaire',
	403: 'Accès refusé',
	404: 'Introuvable',
	405: 'Méthode non permise',
	409: 'Conflit',
	413: 'Trop volumineux',
	415: 'Format non pris en charge',
	429: 'Trop de demandes',
	500: 'Erreur interne',
	503: 'Momentanément indisponible'
};

/** What is said of an error that came without words of its own. */
const DETAILS: Record<number, string> = {
	400: 'Cette adresse ne peut pas être lue.',
	404: 'Rien ne se trouve à cette adresse.',
	405: 'Cette adresse ne fait que se lire.'
};

export type ProblemOptions = {
	/** What happened this time, in a French sentence. */
	detail?: string;
	/** The name of the parameter that is at fault. */
	parameter?: string;
	headers?: Readonly<Record<string, string>>;
};

/** An error of the API as RFC 9457 has it. The type says nothing beyond the status, hence about:blank. */
export function problem(status: number, options: ProblemOptions = {}): Response {
	const { detail, parameter, headers } = options;
	const body = {
		type: 'about:blank',
		title: TITLES[status] ?? 'Erreur',
		status,
		...(detail ? { detail } : {}),
		...(parameter ? { parameter } : {})
	};
	return Response.json(body, {
		status,
		headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers }
	});
}

/** Whether an address is one of the API, whose answers are for programs. */
export const isApi = (url: URL): boolean => /^\/api(\/|$)/.test(url.pathname);

/** 401, with how to identify oneself. */
export function unauthorised(detail: string): Response {
	return problem(401, { detail, headers: { 'www-authenticate': 'Bearer realm="tenu"' } });
}

/** Gives whatever went wrong under /api the shape of a problem, whoever raised it. */
export async function asProblem(
	response: Response,
	failure: { status: number; message: string } | null
): Promise<Response> {
	if (response.status < 400 || isProblem(response)) return response;
	const status = failure?.status ?? response.status;
	const detail = failure?.message ?? (await messageOf(response)) ?? DETAILS[status];
	const allow = response.headers.get('allow');
	return problem(status, {
		...(detail ? { detail } : {}),
		...(allow ? { headers: { allow } } : {})
	});
}

function isProblem(response: Response): boolean {
	return response.headers.get('content-type')?.startsWith('application/problem+json') ?? false;
}

async function messageOf(response: Response): Promise<string | null> {
	if (!response.headers.get('content-type')?.startsWith('application/json')) return null;
	const body: unknown = await response.json();
	if (typeof body !== 'object' || body === null || !('message' in body)) return null;
	return typeof body.message === 'string' ? body.message : null;
}
