import type pg from 'pg';
import type { FileDifference } from '#lib/domain/difference.ts';
import type { FileStore } from '#lib/server/evidence/file-store.ts';

type Kept = { declaration: string; file: string; digest: string; sizeBytes: string };

/** Every file that a declaration or a spreadsheet names, also what was taken off since: it was part of what was sent. */
export async function listKeptFiles(client: pg.Client): Promise<Kept[]> {
	const { rows } = await client.query<Kept>(
		`select d.number as declaration, f.name as file, f.digest, f.size_bytes as "sizeBytes"
		from declaration_files f join declarations d on d.id = f.declaration_id
		union all
		select d.number, i.file_name, i.file_digest, i.size_bytes
		from imports i join declarations d on d.id = i.declaration_id
		order by 1, 2, 3`
	);
	return rows;
}

/** Reads every file again, each content once, and names those that are missing or no longer what was given. */
export async function verifyEvidence(
	kept: readonly Kept[],
	store: FileStore
): Promise<FileDifference[]> {
	const differences: FileDifference[] = [];
	const namedBy = Map.groupBy(kept, ({ digest }) => digest);
	for (const [digest, files] of namedBy) {
		const found = await store.recountDigest(digest);
		if (found === digest) continue;
		const of = found === null ? 'file_missing' : 'file_changed';
		differences.push(
			...files.map(
				({ declaration, file }) => ({ of, declaration: Number(declaration), file }) as const
			)
		);
	}
	return differences;
}
