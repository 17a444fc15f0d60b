import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { cleanFileName, LARGEST_EVIDENCE_BYTES } from '#lib/domain/evidence.ts';
import type { Context } from '#lib/server/context.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import type { FileStore } from '#lib/server/evidence/file-store.ts';
import { keepReading, readPasted, refuseOthers } from '#lib/server/readings/begin-reading.ts';
import { findAlike, findSame, type KnownAct } from '#lib/server/readings/find-alike.ts';
import type { ReadAct } from '#lib/server/texts/read-act.ts';
import { readActInThread } from '#lib/server/texts/read-in-thread.ts';
import { recogniseText, type TextKind } from '#lib/server/texts/recognise-text.ts';

/** What became of an act that was given: the same text is known already, or its reading has begun. */
export type Given =
	| { known: KnownAct }
	| { known: null; readingId: string; isAlike: boolean; lost: number; blankPages: number[] };

/** Begins the reading of a text that was pasted, unless it is known to the letter. */
export async function beginFromText(context: Context, text: string): Promise<Given> {
	refuseOthers(context);
	const act = await readPasted(text);
	const known = await findKnown(context, act);
	if (known) return { known };
	return answer(context, act, await keepReading(context, { source: 'paste' }, act));
}

/**
 * Begins the reading of an act in a file. The file is looked at before it is kept: of one that is refused,
 * or whose text is known to the letter, nothing is left.
 */
export async function beginFromFile(
	context: Context,
	store: FileStore,
	given: { name: string; stream: Readable }
): Promise<Given> {
	refuseOthers(context);
	const name = cleanFileName(given.name);
	let read: { act: ReadAct; kind: TextKind } | null = null;
	try {
		const kept = await store.keepFile(given.stream, {
			limitBytes: LARGEST_EVIDENCE_BYTES,
			inspect: async (file) => {
				const kind = await recogniseText(file);
				const act = await readActInThread({ path: file.path, kind });
				const known = await findKnown(context, act);
				if (known) throw new KnownText(known);
				read = { act, kind };
			}
		});
		// Written by the inspection, which the compiler does not follow.
		const { act, kind } = read as unknown as { act: ReadAct; kind: TextKind };
		const file = { digest: kept.digest, sizeBytes: kept.sizeBytes, name };
		return await answer(context, act, await keepReading(context, { source: kind, file }, act));
	} catch (error) {
		if (error instanceof KnownText) return { known: error.act };
		throw error;
	}
}

/** Says to the store that a file is not kept. */
class KnownText extends Error {
	readonly act: KnownAct;

	constructor(act: KnownAct) {
		super('The text of this file is known.');
		this.act = act;
	}
}

function findKnown(context: Context, { text }: ReadAct): Promise<KnownAct | null> {
	const digest = createHash('sha256').update(text).digest('hex');
	return inTransaction(context, (tx) => findSame(tx, digest));
}

async function answer(context: Context, act: ReadAct, readingId: string): Promise<Given> {
	const alike = await findAlike(context, act.signature, readingId);
	const { lost, blankPages } = act;
	return { known: null, readingId, isAlike: alike.length > 0, lost, blankPages };
}
