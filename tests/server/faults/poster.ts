import { flushCompileCache } from 'node:module';
/**
 * An application that does nothing but record entries, several at once, until it is killed. It says
 * on standard output what was acknowledged to it. Planted bug: `early` says it before it is true.
 */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { day } from '#lib/domain/day.ts';
import { cents } from '#lib/domain/money.ts';
import type { Context } from '#lib/server/context.ts';
import { createDatabase } from '#lib/server/db/client.ts';
import { recordEntries } from '#lib/server/ledger/record-entries.ts';

flushCompileCache(); // What is killed saves nothing at its end.

export type PosterTask = {
	connection: { host: string; port: number; user: string; database: string };
	actorId: string;
	envelopes: string[];
	measures: string[];
	early: boolean;
};

const task = JSON.parse(process.argv[2] ?? '') as PosterTask;
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

const acknowledge = (label: string): number => writeSync(1, `${label}\n`);

async function postForEver(): Promise<void> {
	for (;;) {
		const label = randomUUID();
		const envelope = Math.floor(Math.random() * task.envelopes.length);
		if (task.early) acknowledge(label);
		await recordEntries(context, randomUUID(), [
			{
				envelopeId: task.envelopes[envelope] ?? '',
				measureId: task.measures[envelope] ?? null,
				kind: 'commitment',
				amountCents: cents(1 + Math.floor(Math.random() * 100_000)),
				effectiveOn: day(`2021-0${1 + Math.floor(Math.random() * 9)}-15`),
				label
			}
		]);
		if (!task.early) acknowledge(label);
	}
}

await Promise.all(Array.from({ length: 4 }, postForEver));
