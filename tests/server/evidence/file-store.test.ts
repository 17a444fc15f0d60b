import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LARGEST_EVIDENCE_BYTES } from '#lib/domain/evidence.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { openFileStore, type FileStore } from '#lib/server/evidence/file-store.ts';

let root: string;
let folder: string;
let store: FileStore;

beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'tenu-files-'));
	folder = join(root, 'justificatifs');
	store = openFileStore(folder);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const digestOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

const keep = (content: Buffer, limitBytes = LARGEST_EVIDENCE_BYTES) =>
	store.keepFile(inPieces(content), { limitBytes });

/** As a network brings it. */
function inPieces(content: Buffer, size = 65_536): Readable {
	const count = Math.ceil(content.length / size);
	return Readable.from(
		Array.from({ length: count }, (_, index) => content.subarray(index * size, (index + 1) * size))
	);
}

const listFiles = (): string[] =>
	readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map(({ name }) => name);

describe('a file that is kept', () => {
	it('stands under the SHA-256 of its content, and is read back byte by byte', async () => {
		const content = randomBytes(300_000);
		const digest = digestOf(content);
		expect(await keep(content)).toEqual({
			digest,
			sizeBytes: 300_000,
			head: content.subarray(0, 4100)
		});
		expect(store.pathOf(digest)).toBe(join(folder, digest.slice(0, 2), digest));
		const opened = await store.openFile(digest);
		expect(opened?.sizeBytes).toBe(300_000);
		expect((await buffer(opened?.stream ?? Readable.from([]))).equals(content)).toBe(true);
		expect(await store.recountDigest(digest)).toBe(digest);
	});

	it('is ours alone to read', async () => {
		const { digest } = await keep(Buffer.from('a'));
		const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
		expect(modeOf(folder)).toBe('700');
		expect(modeOf(join(folder, digest.slice(0, 2)))).toBe('700');
		expect(modeOf(store.pathOf(digest))).toBe('600');
	});

	it('stands once, whoever brings it at the same time', async () => {
		const content = randomBytes(200_000);
		const kept = await Promise.all(Array.from({ length: 20 }, () => keep(content)));
		expect(new Set(kept.map(({ digest }) => digest))).toEqual(new Set([digestOf(content)]));
		expect(listFiles()).toEqual([digestOf(content)]);
	});

	it('mends a copy that was damaged', async () => {
		const content = randomBytes(1000);
		const { digest } = await keep(content);
		writeFileSync(store.pathOf(digest), 'damaged');
		expect(await store.recountDigest(digest)).not.toBe(digest);
		await keep(content);
		expect(await store.recountDigest(digest)).toBe(digest);
	});
});

describe('a file that is not kept', () => {
	it('is one byte larger than 20 Mo, where one of exactly 20 Mo is taken', async () => {
		const content = randomBytes(LARGEST_EVIDENCE_BYTES + 1);
		const { sizeBytes } = await keep(content.subarray(0, LARGEST_EVIDENCE_BYTES));
		expect(sizeBytes).toBe(20_971_520);
		const stream = inPieces(content);
		const refused = store.keepFile(stream, { limitBytes: LARGEST_EVIDENCE_BYTES });
		await expect(refused).rejects.toThrow(
			'Ce fichier fait un peu plus de 20\u00a0Mo, et un fichier fait 20\u00a0Mo au plus.'
		);
		expect(stream.readableEnded, 'heard to its end').toBe(true);
		expect(listFiles()).toHaveLength(1);
	});

	it('is refused by a look at it, with nothing left behind', async () => {
		const refused = store.keepFile(inPieces(Buffer.from('MZ')), {
			limitBytes: 10,
			inspect: ({ head }) => Promise.reject(new Refusal(`starts with ${head.toString()}`))
		});
		await expect(refused).rejects.toThrow('starts with MZ');
		expect(listFiles()).toEqual([]);
	});

	it('broke off on its way, with nothing left behind', async () => {
		const broken = Readable.from(
			(async function* () {
				yield Buffer.from('half');
				await Promise.resolve();
				throw new Error('aborted');
			})()
		);
		await expect(store.keepFile(broken, { limitBytes: 100 })).rejects.toThrow('aborted');
		expect(listFiles()).toEqual([]);
	});

	it('is not there: null, and never a path out of the folder', async () => {
		expect(await store.openFile('0'.repeat(64))).toBeNull();
		expect(await store.recountDigest('0'.repeat(64))).toBeNull();
		expect(() => store.pathOf('../../etc/passwd')).toThrow(RangeError);
	});
});

it('removes what a dead process was receiving a day ago, and nothing younger', async () => {
	await keep(Buffer.from('a'));
	const now = statSync(folder).mtimeMs / 1000;
	for (const [name, hours] of [
		['old', 25],
		['young', 23]
	] as const) {
		const path = join(folder, 'incoming', name);
		writeFileSync(path, 'half');
		utimesSync(path, now - hours * 3600, now - hours * 3600);
	}
	await keep(Buffer.from('b'));
	expect(readdirSync(join(folder, 'incoming'))).toEqual(['young']);
});
