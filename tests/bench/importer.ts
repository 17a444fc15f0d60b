/**
 * A process of its own that reads spreadsheets as the application does behind its requests, told what to read
 * line by line. Answers how long each took, and what its memory came to above what it was at rest.
 */
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { createDatabase } from '#lib/server/db/client.ts';
import { openFileStore } from '#lib/server/evidence/file-store.ts';
import { readImport } from '#lib/server/imports/read-import.ts';

export type ImportOrder = { importId: string; actorId: string };
export type ImportFigures = { seconds: number; overIdleBytes: number };

const { login, folder } = JSON.parse(process.argv[2] ?? '{}') as {
	login: pg.ClientConfig;
	folder: string;
};
const db = createDatabase({ connection: login, poolSize: 4 });
const files = openFileStore(folder);
// Connections and modules are there, as in an application that has answered before.
await readImport({ db, files }, { importId: crypto.randomUUID(), actorId: crypto.randomUUID() });
await wait(500);
const idle = process.memoryUsage.rss();

for await (const line of createInterface({ input: process.stdin })) {
	let peak = process.memoryUsage.rss();
	const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 5);
	const start = performance.now();
	await readImport({ db, files }, JSON.parse(line) as ImportOrder);
	const seconds = (performance.now() - start) / 1000;
	clearInterval(watch);
	console.log(JSON.stringify({ seconds, overIdleBytes: peak - idle } satisfies ImportFigures));
}
await db.close();
