import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { Refusal } from '#lib/domain/refusal.ts';
import {
	isBroken,
	MOST_DESCRIBING_BYTES,
	MOST_PART_BYTES,
	MOST_PARTS,
	MOST_UNPACKED_BYTES,
	refuseFile,
	tooLargeInside
} from './limits.ts';

/** The parts of a workbook or a document, which is an archive, by name. */
export type Archive = {
	has: (name: string) => boolean;
	/** What each part comes to, as it is declared. */
	sizes: ReadonlyMap<string, number>;
	/** A small part, whole and checked. */
	readText: (name: string) => Promise<string>;
	/** Unpacks a part to its end and keeps nothing: its size and its checksum are what they should be. */
	check: (name: string) => Promise<void>;
	/** A part that was checked, piece by piece. */
	stream: (name: string) => Promise<Readable>;
	close: () => void;
};

/** Opens an archive. Sizes are refused as they are declared, and again as they turn out to be. */
export async function openArchive(path: string): Promise<Archive> {
	const zip = await openPromise(path, { autoClose: false, validateEntrySizes: true });
	try {
		const entries = await listEntries(zip);
		const open = async (name: string): Promise<Readable> => {
			const entry = entries.get(name);
			if (!entry) throw isBroken();
			return zip.openReadStreamPromise(entry);
		};
		return {
			has: (name) => entries.has(name),
			sizes: new Map([...entries].map(([name, entry]) => [name, entry.uncompressedSize])),
			readText: async (name) => {
				if ((entries.get(name)?.uncompressedSize ?? 0) > MOST_DESCRIBING_BYTES) {
					throw tooLargeInside();
				}
				const pieces: Buffer[] = [];
				await unpack(await open(name), entries.get(name), (piece) => pieces.push(piece));
				return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces));
			},
			check: async (name) => unpack(await open(name), entries.get(name)),
			stream: open,
			close: () => zip.close()
		};
	} catch (error) {
		zip.close();
		throw error;
	}
}

async function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
	const entries = new Map<string, Entry>();
	let declared = 0;
	for await (const entry of zip.eachEntry()) {
		if (entry.isEncrypted()) throw refuseFile(LOCKED);
		declared += entry.uncompressedSize;
		if (entry.uncompressedSize > MOST_PART_BYTES || declared > MOST_UNPACKED_BYTES) {
			throw tooLargeInside();
		}
		// Two parts of one name: which of them counts is anybody's guess.
		if (entries.has(entry.fileName) || entries.size === MOST_PARTS) throw isBroken();
		entries.set(entry.fileName, entry);
	}
	return entries;
}

export const LOCKED =
	'Ce classeur est protégé par un mot de passe. Enregistrez-le sans mot de passe, puis donnez-le.';

/** yauzl compares the size with the declared one while it unpacks; the checksum is ours. */
async function unpack(
	stream: Readable,
	entry: Entry | undefined,
	keep: (piece: Buffer) => void = () => undefined
): Promise<void> {
	let sum = 0;
	let bytes = 0;
	for await (const piece of stream) {
		const chunk = piece as Buffer;
		bytes += chunk.length;
		if (bytes > MOST_PART_BYTES) throw tooLargeInside();
		sum = crc32(chunk, sum);
		keep(chunk);
	}
	if (sum !== entry?.crc32) throw isBroken();
}

/** Whatever goes wrong in an archive that is not a refusal of ours is damage. */
export const asBroken = (error: unknown): Refusal =>
	error instanceof Refusal ? error : isBroken();
