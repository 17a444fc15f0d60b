import { plural } from '#lib/domain/numeral.ts';

/** What was done with the files that were sent, in a sentence; null where nothing was. */
export function describeDone({
	attached,
	known
}: {
	attached: number;
	known: number;
}): string | null {
	const sentences = [
		attached > 0 && `${attached} ${plural(attached, 'fichier est joint', 'fichiers sont joints')}.`,
		known > 0 &&
			`${known} ${plural(known, 'fichier était déjà joint', 'fichiers étaient déjà joints')}\u00a0: il n’y figure qu’une fois.`
	];
	return sentences.filter(Boolean).join(' ') || null;
}
