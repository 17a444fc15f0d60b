import { ROLES, type Role } from '#lib/domain/role.ts';
import { createToken } from '#lib/server/auth/create-token.ts';
import { asOwner } from '#lib/server/db/as-owner.ts';
import { ACCOUNTS, DEMONSTRATION_PASSWORD } from '#lib/server/demonstration/accounts.ts';
import { startApp, type TestApp } from './app.ts';
import { testDatabase, type TestDatabase } from './database.ts';

/** What a program or a browser sends to be known. */
export type Credentials = Readonly<Record<string, string>>;

/** The built application on the demonstration, with an access token for each of its four accounts. */
export type TestApi = {
	app: TestApp;
	database: TestDatabase;
	tokens: Record<Role, Credentials>;
	/** Asks for an address under /api/v1. */
	ask: (path: string, headers: Credentials, method?: string) => Promise<Response>;
	/** What is answered there to a role; throws unless it is 200 and JSON. */
	read: <Body>(path: string, role?: Role) => Promise<Body>;
	/** All the items of a list, page after page. */
	readAll: <Item>(path: string, role?: Role) => Promise<Item[]>;
	close: () => Promise<void>;
};

export async function openApi(): Promise<TestApi> {
	const database = await testDatabase({ demonstration: true });
	const app = await startApp({ database });
	const issued = ROLES.map(async (role) => [role, await issueToken(database, emailOf(role))]);
	const tokens = Object.fromEntries(await Promise.all(issued)) as Record<Role, Credentials>;
	const askFor: TestApi['ask'] = (path, headers, method = 'GET') =>
		fetch(`${app.origin}/api/v1${path}`, { method, headers, redirect: 'manual' });

	async function read<Body>(path: string, role: Role = 'finance'): Promise<Body> {
		const answer = await askFor(path, tokens[role]);
		if (answer.status !== 200 || answer.headers.get('content-type') !== 'application/json') {
			throw new Error(`${path} answered ${answer.status} to ${role}: ${await answer.text()}`);
		}
		return (await answer.json()) as Body;
	}

	async function readAll<Item>(path: string, role: Role = 'finance'): Promise<Item[]> {
		const items: Item[] = [];
		for (let next: string | null = path; next;) {
			const page: { items: Item[]; next_cursor: string | null } = await read(next, role);
			items.push(...page.items);
			const joint = path.includes('?') ? '&' : '?';
			next = page.next_cursor && `${path}${joint}cursor=${page.next_cursor}`;
		}
		return items;
	}

	return {
		app,
		database,
		tokens,
		ask: askFor,
		read,
		readAll,
		close: async () => {
			await app.stop();
			await database.drop();
		}
	};
}

/** The session cookie of a demonstration account, got by the sign-in form. */
export async function signInAs({ origin }: TestApp, role: Role): Promise<Credentials> {
	const answer = await fetch(`${origin}/connexion`, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin, accept: 'text/html' },
		body: new URLSearchParams({ email: emailOf(role), password: DEMONSTRATION_PASSWORD })
	});
	const cookie = answer.headers.get('set-cookie')?.split(';')[0];
	if (answer.status !== 303 || !cookie) throw new Error(`${role} was not signed in`);
	return { cookie };
}

/** As `npm run token:create` does. */
async function issueToken({ owner }: TestDatabase, email: string): Promise<Credentials> {
	const token = await asOwner(owner, (tx) =>
		createToken(tx, { email, label: 'Essai', expiresAt: null })
	);
	return { authorization: `Bearer ${token}` };
}

function emailOf(role: Role): string {
	const account = ACCOUNTS.find((one) => one.role === role);
	if (!account) throw new Error(`the demonstration has no ${role}`);
	return account.email;
}
