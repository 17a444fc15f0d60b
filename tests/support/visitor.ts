import { PASSWORD } from './people.ts';

/** A browser without scripts: keeps its cookie, says where its forms come from, follows nothing. */
export type Visitor = {
	open: (address: string, init?: RequestInit) => Promise<Response>;
	submit: (address: string, fields: Record<string, string>) => Promise<Response>;
	signIn: (email: string, password?: string, address?: string) => Promise<Response>;
	cookie: () => string;
};

/** `origin` is what the browser believes to be at; it differs from where the server listens behind a proxy. */
export function visit(server: string, origin = server): Visitor {
	let cookie = '';
	const open = async (address: string, init: RequestInit = {}): Promise<Response> => {
		const headers = { accept: 'text/html', cookie, ...init.headers };
		const answer = await fetch(`${server}${address}`, { ...init, headers, redirect: 'manual' });
		const set = answer.headers.get('set-cookie');
		if (set) cookie = /Max-Age=0|=;/i.test(set) ? '' : (set.split(';')[0] ?? '');
		return answer;
	};
	const submit = (address: string, fields: Record<string, string>): Promise<Response> =>
		open(address, { method: 'POST', headers: { origin }, body: new URLSearchParams(fields) });
	return {
		open,
		submit,
		signIn: (email, password = PASSWORD, address = '/connexion') =>
			submit(address, { email, password }),
		cookie: () => cookie
	};
}
