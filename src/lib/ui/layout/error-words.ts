import { typeset } from '#lib/domain/typography.ts';

/** What an error page says: what happened, and what one can do. */
export type ErrorWords = { title: string; advice: string };

const WORDS: Readonly<Record<number, ErrorWords>> = {
	400: {
		title: 'Cette demande ne peut pas être lue',
		advice: 'Revenez à la page d’avant et recommencez ; une adresse recopiée a pu être coupée.'
	},
	403: {
		title: 'Cette page ne vous est pas ouverte',
		advice:
			'Si vous en avez besoin, demandez l’accès à l’administratrice ou à l’administrateur de tenu dans votre collectivité.'
	},
	404: {
		title: 'Cette page n’existe pas',
		advice:
			'L’adresse a pu changer, ou ce qu’elle montre n’est pas ouvert à votre compte. Repartez de l’une de ces pages.'
	},
	405: {
		title: 'Rien ne s’envoie à cette adresse',
		advice: 'Cette page ne fait que se lire. Revenez à la page d’avant et recommencez.'
	},
	409: {
		title: 'Quelqu’un est passé avant vous',
		advice: 'Ce que vous vouliez changer a changé entre-temps. Relisez-le, puis recommencez.'
	},
	413: {
		title: 'C’est trop long pour être reçu',
		advice: 'Revenez à la page d’avant, raccourcissez ce que vous avez saisi, puis recommencez.'
	},
	429: {
		title: 'Trop d’essais en peu de temps',
		advice: 'Attendez quelques minutes, puis recommencez.'
	},
	503: {
		title: 'Le service ne répond pas pour l’instant',
		advice: 'Rien n’est perdu. Réessayez dans quelques secondes.'
	}
};

const UNEXPECTED: ErrorWords = {
	title: 'Quelque chose n’a pas fonctionné',
	advice:
		'La faute est de notre côté. Réessayez ; si cela se répète, écrivez à votre administratrice ou administrateur en donnant la référence ci-dessous.'
};

/** The words for a status; what is not foreseen is our fault. */
export function wordsOfError(status: number): ErrorWords {
	const { title, advice } = WORDS[status] ?? UNEXPECTED;
	return { title, advice: typeset(advice) };
}

/** What SvelteKit says by itself, of an address it cannot read or a request it does not take. */
const ENGLISH =
	/^(Malformed|Bad Request|Not Found|.* method not allowed|Content|Unsupported|Internal)/i;

/** What the server says beyond the title, if it is ours to show. */
export const detailOfError = (message: string | undefined, title: string): string | null =>
	message && !message.startsWith(title) && !ENGLISH.test(message) ? message : null;
