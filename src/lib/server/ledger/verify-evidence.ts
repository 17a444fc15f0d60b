import type pg from 'pg';
import type { FileDifference } from '#lib/domain/difference.ts';
import type { FileStore } from '#lib/server/evidence/file-store.ts';

type Kept = { namedBy: string; file: string; digest: string };

/** Every file that something names: declarations, also what was taken off since, spreadsheets, undertakings and acts. */
export async function listKeptFiles(client: pg.Client): Promise<Kept[]> {
	const { rows } = await client.query<Kept>(
		`select 'Déclaration nº ' || d.number as "namedBy", f.name as file, f.digest
		from declaration_files f join declarations d on d.id = f.declaration_id
		union all
		select 'Déclaration nº ' || d.number, i.file_name, i.file_digest
		from imports i join declarations d on d.id = i.declaration_id
		union all
		select 'Engagement nº ' || u.position || ' de « ' || p.name || ' »', f.name, f.digest
		from undertaking_files f join undertaking_events e on e.id = f.event_id
		join undertakings u on u.id = e.undertaking_id join programmes p on p.id = u.programme_id
		union all
		select 'Délibération « ' || d.title || ' »', d.file_name, d.file_digest
		from deliberations d where d.file_digest is not null
		union all
		select 'Lecture d’acte du ' || to_char(r.created_at, 'DD/MM/YYYY'), r.file_name, r.file_digest
		from readings r where r.file_digest is not null and r.state <> 'entered'
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
	const contents = Map.groupBy(kept, ({ digest }) => digest);
	for (const [digest, files] of contents) {
		const found = await store.recountDigest(digest);
		if (found === digest) continue;
		const of = found === null ? 'file_missing' : 'file_changed';
		differences.push(...files.map(({ namedBy, file }) => ({ of, namedBy, file }) as const));
	}
	return differences;
}
