import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';

/** Statements that a connection keeps planned, at most: texts that vary without end must not fill it. */
const MOST_NAMES = 500;

const names = new Map<string, string>();

type Statement = { text: string; name?: string };

/**
 * The same connection, on which a statement with parameters is planned once and then called by its
 * name: planning costs more than running for most of ours.
 */
export function withNamedStatements(client: PoolClient): PoolClient {
	return new Proxy(client, {
		get(target, key, receiver) {
			if (key !== 'query') return Reflect.get(target, key, receiver) as unknown;
			return (statement: Statement, values?: unknown[]) =>
				target.query(named(statement, values), values as unknown[]);
		}
	});
}

function named(statement: Statement, values: unknown[] | undefined): Statement {
	if (statement.name !== undefined || !values?.length) return statement;
	const name = names.get(statement.text) ?? nameFor(statement.text);
	return name === undefined ? statement : { ...statement, name };
}

function nameFor(text: string): string | undefined {
	if (names.size >= MOST_NAMES) return undefined;
	const name = `tenu_${createHash('sha256').update(text).digest('base64url').slice(0, 20)}`;
	names.set(text, name);
	return name;
}
