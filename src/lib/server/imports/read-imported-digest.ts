import { createHash } from 'node:crypto';
import type { ImportedCells } from '#lib/domain/import-sum.ts';

/** SHA-256, in hexadecimal, of what a person looks over before it is taken: each field, and what stood there. */
export const readImportedDigest = ({ cells, replaced }: ImportedCells): string =>
	createHash('sha256')
		.update(JSON.stringify([[...cells], replaced.map(({ key, before }) => [key, before])]))
		.digest('hex');
