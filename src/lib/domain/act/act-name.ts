import { NO_BREAK_SPACE } from '#lib/domain/numeral.ts';

/** How a text that is being read came. */
export const SOURCE_LABELS = {
	paste: 'texte collé',
	txt: 'texte',
	docx: 'Word',
	odt: 'OpenDocument',
	pdf: 'PDF'
} as const;

export type ActSource = keyof typeof SOURCE_LABELS;

const LONGEST = 90;

/** What an act is called while it is read: its title, else how its text begins, cut between words. */
export function nameOfAct({
	title,
	beginning
}: {
	title: string | null;
	beginning: string;
}): string {
	const words = (title ?? beginning).replace(/[*#\s]+/g, ' ').trim();
	if (words === '') return 'Acte sans titre';
	if (title !== null || words.length <= LONGEST) return words;
	return `${words.slice(0, LONGEST).replace(/ [^ ]*$/, '')}${NO_BREAK_SPACE}…`;
}

const FORMATS: Record<Exclude<ActSource, 'paste'>, { ending: string; mediaType: string }> = {
	txt: { ending: 'txt', mediaType: 'text/plain' },
	docx: {
		ending: 'docx',
		mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
	},
	odt: { ending: 'odt', mediaType: 'application/vnd.oasis.opendocument.text' },
	pdf: { ending: 'pdf', mediaType: 'application/pdf' }
};

/** A file is saved under the name it was given, with the ending of what it is: whoever opens it opens it as that. */
export function nameOfOriginal({ name, source }: { name: string; source: ActSource }): {
	name: string;
	mediaType: string;
} {
	const { ending, mediaType } = FORMATS[source === 'paste' ? 'txt' : source];
	const agrees = name.toLowerCase().endsWith(`.${ending}`);
	return { name: agrees ? name : `${name}.${ending}`, mediaType };
}
