import { createHash } from 'node:crypto';
import { buildSentText, type SentDeclaration } from '#lib/domain/sent-text.ts';

type Said = Pick<SentDeclaration, 'nothing' | 'comment' | 'overrunReason' | 'lines'>;

/** SHA-256, in hexadecimal, of what a declaration would say if it were sent now, files included. */
export const readSentDigest = (
	declaration: Omit<SentDeclaration, keyof Said | 'files'>,
	said: Said,
	files: SentDeclaration['files']
): string =>
	createHash('sha256')
		.update(
			buildSentText({ ...declaration, ...said, submission: declaration.submission + 1, files })
		)
		.digest('hex');
