import { formatPeriod, type Period } from '#lib/domain/period.ts';
import { NO_BREAK_SPACE } from '#lib/domain/numeral.ts';
import { typeset } from '#lib/domain/typography.ts';

/** The words of a mail: what is asked, by when, where. Amounts only to whoever declared them. */
export type MailText = { subject: string; body: string };

/** From which installation it comes. */
export type Sender = {
	/** Where its pages are: `https://tenu.metropole.fr`. */
	origin: string;
	demonstration: boolean;
};

/** A declaration as mails call it. */
export type NamedDeclaration = {
	id: string;
	number: number;
	envelope: string;
	programme: string;
	organisation: string;
	period: Period;
};

/** `déclaration nº 12, 2e trimestre 2022`. */
export const nameOf = ({ number, period }: NamedDeclaration): string =>
	`déclaration nº${NO_BREAK_SPACE}${number}, ${formatPeriod(period)}`;

export const aboutOf = ({ envelope, programme }: NamedDeclaration): string =>
	`Enveloppe : ${envelope} (${programme})`;

export const linkTo = ({ origin }: Sender, { id }: { id: string }): string =>
	`${origin}/declarations/${id}`;

export const quoted = (text: string): string => `« ${text} »`;

/** What a person wrote, as it was written, each line marked as theirs. */
export const cite = (text: string): string =>
	text
		.trim()
		.split(/\r?\n/)
		.map((line) => `> ${line}`.trimEnd())
		.join('\n');

/** Puts paragraphs between a greeting and where one chooses what one gets. */
export function finish(
	{ origin, demonstration }: Sender,
	subject: string,
	paragraphs: readonly string[]
): MailText {
	const said = ['Bonjour,', ...paragraphs].map((one) => (isCited(one) ? one : typeset(one)));
	const foot = [
		'-- ',
		...(demonstration ? ['Démonstration : les montants et les personnes sont fictifs.'] : []),
		'Courriel envoyé par tenu, sans adresse de réponse.',
		typeset(`Choisir ce que vous recevez : ${origin}/compte#courriels`)
	].join('\n');
	return {
		subject: oneLine(typeset(`${demonstration ? '[démonstration] ' : ''}${subject}`)),
		body: `${[...said, foot].join('\n\n')}\n`
	};
}

const isCited = (paragraph: string): boolean => paragraph.startsWith('>');

/** A subject is one line, whatever the names in it hold. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
