import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { tooLarge } from '#lib/domain/evidence.ts';

/** A file that was received: its SHA-256 in hexadecimal, its size, and how it begins. */
export type KeptFile = { digest: string; sizeBytes: number; head: Buffer };

/** The same while it stands aside, before it is decided whether it is kept. */
export type ReceivedFile = KeptFile & { path: string };

export type KeepOptions = {
	/** A file of this size is taken, of one byte more is refused. */
	limitBytes: number;
	/** Looks at what was received; a refusal it throws leaves nothing behind. */
	inspect?: (file: ReceivedFile) => Promise<void>;
};

/** What partners give us, by its digest, outside of what is served. Several processes may share a folder. */
export type FileStore = {
	/** Resolves once the content stands under its digest and would survive a power cut. */
	keepFile: (stream: Readable, options: KeepOptions) => Promise<KeptFile>;
	/** Null where there is no such content. Its stream holds the file open, whatever happens to its name. */
	openFile: (digest: string) => Promise<{ sizeBytes: number; stream: Readable } | null>;
	/** The digest of what really stands there; null where nothing does. */
	recountDigest: (digest: string) => Promise<string | null>;
	/** Where the content of a digest stands, for what has to read here and there in it. */
	pathOf: (digest: string) => string;
};

/** Enough to tell every format by its beginning. */
const HEAD_BYTES = 4100;

/** What is still being received after this long will never be whole. */
const ABANDONED_AFTER_MS = 24 * 3_600_000;

/** The files under a folder, which is made when the first one comes, readable by us alone. */
export function openFileStore(folder: string): FileStore {
	const incoming = join(folder, 'incoming');
	const pathOf = (digest: string): string => {
		if (!/^[0-9a-f]{64}$/.test(digest)) throw new RangeError('not a digest');
		return join(folder, digest.slice(0, 2), digest);
	};

	async function keepFile(stream: Readable, options: KeepOptions): Promise<KeptFile> {
		await mkdir(incoming, { recursive: true, mode: 0o700 });
		const path = join(incoming, randomUUID());
		const handle = await open(path, 'wx', 0o600);
		try {
			await removeAbandoned(incoming, handle);
			const file = await receive(stream, handle, options.limitBytes);
			await options.inspect?.({ ...file, path });
			await handle.sync();
			await handle.close();
			await settle(path, file.digest);
			return file;
		} catch (error) {
			await handle.close();
			await rm(path, { force: true });
			throw error;
		}
	}

	/** Under its name at once and for good: the name, the folder of the name, and that folder's own name. */
	async function settle(path: string, digest: string): Promise<void> {
		const shard = join(folder, digest.slice(0, 2));
		await mkdir(shard, { recursive: true, mode: 0o700 });
		await rename(path, pathOf(digest));
		await syncFolder(shard);
		await syncFolder(folder);
	}

	async function openFile(digest: string): Promise<{ sizeBytes: number; stream: Readable } | null> {
		const handle = await openIfThere(pathOf(digest));
		if (!handle) return null;
		const { size } = await handle.stat();
		return { sizeBytes: size, stream: handle.createReadStream() };
	}

	async function recountDigest(digest: string): Promise<string | null> {
		const opened = await openFile(digest);
		if (!opened) return null;
		const hash = createHash('sha256');
		for await (const chunk of opened.stream) hash.update(chunk as Buffer);
		return hash.digest('hex');
	}

	return { keepFile, openFile, recountDigest, pathOf };
}

/** Writes the stream down while it is counted. One that is too large is heard to its end, so that the person gets an answer. */
async function receive(
	stream: Readable,
	handle: FileHandle,
	limitBytes: number
): Promise<KeptFile> {
	const hash = createHash('sha256');
	const head: Buffer[] = [];
	let sizeBytes = 0;
	for await (const piece of stream) {
		const chunk = piece as Buffer;
		const before = sizeBytes;
		sizeBytes += chunk.length;
		if (sizeBytes > limitBytes) continue;
		if (before < HEAD_BYTES) head.push(chunk.subarray(0, HEAD_BYTES - before));
		hash.update(chunk);
		await handle.writeFile(chunk);
	}
	if (sizeBytes > limitBytes) throw tooLarge(sizeBytes, limitBytes);
	return { digest: hash.digest('hex'), sizeBytes, head: Buffer.concat(head) };
}

/** Removes what processes that died were receiving. Now is when the file system wrote the newest file. */
async function removeAbandoned(incoming: string, newest: FileHandle): Promise<void> {
	const { mtimeMs: now } = await newest.stat();
	for (const name of await readdir(incoming)) {
		const path = join(incoming, name);
		const found = await stat(path).catch(() => null); // Another process was quicker.
		if (found && now - found.mtimeMs > ABANDONED_AFTER_MS) await rm(path, { force: true });
	}
}

/** Makes names survive a power cut. Windows knows no such thing and needs none. */
async function syncFolder(path: string): Promise<void> {
	if (process.platform === 'win32') return;
	const handle = await open(path);
	await handle.sync().finally(() => handle.close());
}

async function openIfThere(path: string): Promise<FileHandle | null> {
	try {
		return await open(path);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
		throw error;
	}
}
