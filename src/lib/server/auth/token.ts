import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, as they stand in a cookie or an API token. Never stored. */
export function createToken(): string {
	return randomBytes(32).toString('base64url');
}

/** What the database keeps of a token. The token is random, so a fast digest is enough. */
export function digestOf(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}
