import { flushCompileCache } from 'node:module';
/**
 * An application that does nothing but take spreadsheets into drafts, several at once, until it is killed. It
 * says on standard output what was acknowledged to it. Planted bug: `early` says it before it is true.
 */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { Context } from '#lib/server/context.ts';
import { createDatabase } from '#lib/server/db/client.ts';
import { openFileStore } from '#lib/server/evidence/file-store.ts';
import { applyImport } from '#lib/server/imports/apply-import.ts';
import { readImport } from '#lib/server/imports/read-import.ts';
import { receiveSpreadsheet } from '#lib/server/imports/receive-spreadsheet.ts';

flushCompileCache(); // What is killed saves nothing at its end.

export type ImporterTask = {
	connection: { host: string; port: number; user: string; database: string };
	folder: string;
	actorId: string;
	organisationId: string;
	drafts: string[];
	/** Lines of each file. */
	lines: number;
	early: boolean;
};

const task = JSON.parse(process.argv[2] ?? '') as ImporterTask;
const context: Context = {
	db: createDatabase({ connection: task.connection, poolSize: 8 }),
	actor: {
		id: task.actorId,
		name: 'Dominique Déclarante',
		role: 'partner',
		organisationId: task.organisationId,
		organisationName: null
	},
	at: new Date()
};
const files = openFileStore(task.folder);
const acknowledge = (what: string, id: string): number => writeSync(1, `${what} ${id}\n`);

/** Both measures get the same amounts, so that a draft filled by halves shows. */
function content(): string {
	const amount = 1 + Math.floor(Math.random() * 99);
	const line = `${amount},00;${randomUUID()}\n`;
	const both = `Accession;${line}Mobilité;${line}`;
	return `Mesure;Montant;Référence\n${both.repeat(task.lines / 2)}`;
}

async function importForEver(draft: string): Promise<void> {
	for (;;) {
		const given = { name: 'versements.csv', stream: Readable.from([Buffer.from(content())]) };
		const { id } = await receiveSpreadsheet(context, files, draft, given);
		acknowledge('given', id);
		if (task.early) acknowledge('ready', id);
		await readImport({ db: context.db, files }, { importId: id, actorId: task.actorId });
		acknowledge('ready', id);
		if (task.early) acknowledge('applied', id);
		await applyImport(context, { declarationId: draft, importId: id, seenDigest: null });
		acknowledge('applied', id);
	}
}

await Promise.all(task.drafts.map(importForEver));
