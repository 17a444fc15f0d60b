import type { Actor } from '#lib/domain/role.ts';
import type { Database } from '#lib/server/db/client.ts';

/** On whose behalf, on which database and at which instant something is done. */
export type Context = { db: Database; actor: Actor; at: Date };
