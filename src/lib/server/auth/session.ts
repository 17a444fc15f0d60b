import type { Actor } from '#lib/domain/role.ts';

/** Who is signed in and by what: a browser with its cookie, or a program with its API token. */
export type Session =
	| {
			by: 'cookie';
			/** Digest of the token. */
			id: string;
			actor: Actor;
			/** Whether this installation shows the demonstration: every page then says so. */
			demonstration: boolean;
			/** Moves with every change in the database: a page kept under it is still right. */
			booksVersion: string;
	  }
	| { by: 'token'; id: string; actor: Actor };
