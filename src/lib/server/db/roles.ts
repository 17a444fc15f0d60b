import { createHmac } from 'node:crypto';
import type { Client, ClientConfig } from 'pg';

/**
 * The roles that a request may take, one a role of the application, one for signing in and one for
 * what runs by the clock. They own nothing, log in nowhere, and hold only what `drizzle/0002_access.sql` grants them.
 */
export const REQUEST_ROLES = [
	'tenu_finance',
	'tenu_partner',
	'tenu_elected',
	'tenu_admin',
	'tenu_door',
	'tenu_clock'
] as const;

export type RequestRole = (typeof REQUEST_ROLES)[number];

/** How the application logs in, given how the owner does: same server, a role that owns nothing. */
export function loginConnection(owner: ClientConfig): ClientConfig {
	const database = requireDatabase(owner);
	const rest = { ...owner };
	delete rest.connectionString;
	const login: ClientConfig = { ...rest, user: loginRoleOf(database) };
	const password = loginPassword(owner);
	if (password === null) delete login.password;
	else login.password = password;
	return login;
}

/**
 * Makes sure that the request roles and the login role of this database exist. The login role may
 * do nothing but take a request role (NOINHERIT). Runs as the owner, who needs CREATEROLE.
 */
export async function ensureRoles(client: Client, owner: ClientConfig): Promise<void> {
	for (const role of REQUEST_ROLES) await createRole(client, role, 'nologin noinherit');
	const database = requireDatabase(owner);
	const login = loginRoleOf(database);
	const password = loginPassword(owner);
	const secret = password === null ? '' : ` password ${client.escapeLiteral(password)}`;
	const created = await createRole(client, login, `login noinherit${secret}`);
	if (!created && password !== null) {
		await client.query(`alter role ${client.escapeIdentifier(login)}${secret}`);
	}
	for (const role of REQUEST_ROLES) await grantRole(client, role, login);
	await refuseTemporaryTables(client, database);
}

/** `tenu` → `tenu_login`: one login role a database, since roles belong to the whole server. */
function loginRoleOf(database: string): string {
	return `${database}_login`;
}

/**
 * Derived from the owner's password, so that several processes agree without being told. Null
 * where the owner needs none: there the server trusts its socket.
 */
function loginPassword(owner: ClientConfig): string | null {
	if (typeof owner.password !== 'string' || owner.password === '') return null;
	return createHmac('sha256', owner.password)
		.update(`tenu login ${requireDatabase(owner)}`)
		.digest('hex');
}

function requireDatabase(owner: ClientConfig): string {
	if (!owner.database) throw new Error('The connection of the owner names no database.');
	return owner.database;
}

/**
 * PostgreSQL lets everybody make temporary tables, and a request has no use for them. A copy of a
 * database does not copy this, so it is said at each start; an owner who may not say it is let be.
 */
async function refuseTemporaryTables(client: Client, database: string): Promise<void> {
	const { rowCount } = await client.query(
		`select from pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
		where d.datname = $1 and a.grantee = 0 and a.privilege_type = 'TEMPORARY'`,
		[database]
	);
	if (!rowCount) return;
	await client.query(
		`revoke temporary on database ${client.escapeIdentifier(database)} from public`
	);
}

async function createRole(client: Client, role: string, options: string): Promise<boolean> {
	const known = await client.query('select from pg_roles where rolname = $1', [role]);
	if (known.rowCount) return false;
	try {
		await client.query(`create role ${client.escapeIdentifier(role)} ${options}`);
		return true;
	} catch (error) {
		if (isConcurrent(error)) return false;
		throw error;
	}
}

async function grantRole(client: Client, role: string, member: string): Promise<void> {
	const granted = await client.query(
		`select from pg_auth_members m
		join pg_roles r on r.oid = m.roleid join pg_roles u on u.oid = m.member
		where r.rolname = $1 and u.rolname = $2`,
		[role, member]
	);
	if (granted.rowCount) return;
	try {
		await client.query(
			`grant ${client.escapeIdentifier(role)} to ${client.escapeIdentifier(member)}`
		);
	} catch (error) {
		if (!isConcurrent(error)) throw error;
	}
}

/** Roles belong to the server: another database may be creating the same one right now. */
function isConcurrent(error: unknown): boolean {
	const { code } = error as { code?: string };
	return code === '42710' || code === '23505' || code === 'XX000';
}
