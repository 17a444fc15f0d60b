import { plural } from '#lib/domain/numeral.ts';

/** What was done with the files that were sent, in a sentence; null where nothing was. */
export function describeDone({
	attached,
	known,
	removed = 0
}: {
	attached: number;
	known: number;
	removed?: number;
}): string | null {
	const sentences = [
		removed > 0 && 'Le fichier est retiré. Joignez-le de nouveau si c’était une erreur.',
		attached > 0 && `${attached} ${plural(attached, 'fichier est joint', 'fichiers sont joints')}.`,
		known > 0 &&
			`${known} ${plural(known, 'fichier était déjà joint', 'fichiers étaient déjà joints')}\u00a0: il n’y figure qu’une fois.`
	];
	return sentences.filter(Boolean).join(' ') || null;
}
