import { hash, verify } from '@node-rs/argon2';
import { createToken } from './token.ts';

/** argon2id (what this library does unless told otherwise) as OWASP recommends it: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

let dummy: Promise<string> | null = null;

/** The digest that the database keeps of a password, with its salt and its cost. */
export function hashPassword(password: string): Promise<string> {
	return hash(password.normalize('NFC'), COST);
}

/**
 * Whether the password is the one of this digest. Without a digest, since nobody has that account, the
 * same work is done against a digest that no password has, so that time tells nothing.
 */
export async function verifyPassword(
	passwordHash: string | null,
	password: string
): Promise<boolean> {
	dummy ??= hashPassword(createToken());
	const matches = await verify(passwordHash ?? (await dummy), password.normalize('NFC'));
	return matches && passwordHash !== null;
}
