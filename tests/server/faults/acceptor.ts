import { flushCompileCache } from 'node:module';
/**
 * An application that does nothing but accept declarations, several at once, until it is killed. It says
 * on standard output which ones it was told are accepted. Planted bug: `early` says it before it is true.
 */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import type { Context } from '#lib/server/context.ts';
import { createDatabase } from '#lib/server/db/client.ts';
import { acceptDeclaration } from '#lib/server/declarations/accept-declaration.ts';

flushCompileCache(); // What is killed saves nothing at its end.

export type AcceptorTask = {
	connection: { host: string; port: number; user: string; database: string };
	actorId: string;
	declarations: string[];
	early: boolean;
};

const task = JSON.parse(process.argv[2] ?? '') as AcceptorTask;
const context: Context = {
	db: createDatabase({ connection: task.connection, poolSize: 4 }),
	actor: {
		id: task.actorId,
		name: 'Camille Finances',
		role: 'finance',
		organisationId: null,
		organisationName: null
	},
	at: new Date()
};

const acknowledge = (id: string): number => writeSync(1, `${id}\n`);

const left = [...task.declarations];

async function acceptWhatIsLeft(): Promise<void> {
	for (let id = left.shift(); id; id = left.shift()) {
		if (task.early) acknowledge(id);
		await acceptDeclaration(context, randomUUID(), id);
		if (!task.early) acknowledge(id);
	}
}

await Promise.all(Array.from({ length: 4 }, acceptWhatIsLeft));
await new Promise(() => setInterval(() => {}, 1000)); // Until it is killed.
