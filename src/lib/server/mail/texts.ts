import { formatDay, type Day } from '#lib/domain/day.ts';
import { formatInstant } from '#lib/domain/instant.ts';
import { cents, formatEuros } from '#lib/domain/money.ts';
import { NO_BREAK_SPACE } from '#lib/domain/numeral.ts';
import { formatPeriod, type Period } from '#lib/domain/period.ts';
import type { Reminder } from '#lib/domain/reminder.ts';
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

export function writeReminder(
	sender: Sender,
	{ kind, periods }: Reminder,
	{ envelope, programme }: { envelope: string; programme: string }
): MailText {
	const [asked] = periods;
	if (!asked) throw new Error('A reminder is of a period at least.');
	const period = formatPeriod(asked.period);
	const by = formatDay(asked.dueOn);
	const about = `Enveloppe : ${envelope} (${programme})`;
	const many = periods.length > 1;
	const subject = {
		opened: `À déclarer : ${period}, ${envelope}`,
		due_soon: `À transmettre avant le ${by} : ${period}, ${envelope}`,
		late: many
			? `${periods.length} déclarations en retard : ${envelope}`
			: `Déclaration en retard : ${period}, ${envelope}`
	}[kind];
	const asks = {
		opened: `La période ${quoted(period)} peut être déclarée : dites ce qui a été versé.`,
		due_soon: `La déclaration ${quoted(period)} ${standing(asked.state)}.`,
		late: many
			? `Ces déclarations étaient attendues et ne sont pas transmises :`
			: `La déclaration ${quoted(period)} était attendue le ${by} et ${standing(asked.state)}.`
	}[kind];
	return finish(sender, subject, [
		asks,
		...(many ? [listOf(periods)] : []),
		about,
		...(kind === 'late' ? [] : [`À transmettre au plus tard le ${by}.`]),
		`Déclarer : ${sender.origin}/declarations`,
		'Rien n’a été versé ? C’est aussi une déclaration : cochez « Rien à déclarer ».'
	]);
}

const listOf = (periods: Reminder['periods']): string =>
	periods
		.map(
			({ period, dueOn, state }) =>
				`- ${formatPeriod(period)}, attendue le ${formatDay(dueOn)}${state === 'returned' || state === 'reopened' ? ' (à corriger)' : ''}`
		)
		.join('\n');

function standing(state: Reminder['periods'][number]['state']): string {
	if (state === 'returned' || state === 'reopened') return 'est revenue : elle est à corriger';
	return state === 'draft' ? 'est commencée, pas encore transmise' : 'n’est pas encore transmise';
}

/** To whoever sent it: the proof. */
export function writeReceipt(
	sender: Sender,
	declaration: NamedDeclaration,
	sent: { at: Date; submission: number; digest: string | null; amountCents: string | null }
): MailText {
	return finish(sender, `Reçue : ${nameOf(declaration)}`, [
		`Votre déclaration est bien arrivée. Gardez ce courriel : il en est l’accusé de réception.`,
		[
			`${capital(nameOf(declaration))}${sent.submission > 1 ? ` (envoi nº${NO_BREAK_SPACE}${sent.submission})` : ''}`,
			aboutOf(declaration),
			`Transmise le ${formatInstant(sent.at)}`,
			...(sent.amountCents === null ? [] : [`Montant : ${formatEuros(cents(sent.amountCents))}`]),
			...(sent.digest === null ? [] : [`Empreinte (SHA-256) : ${sent.digest}`])
		].join('\n'),
		'La direction des finances la lit, puis la valide ou vous la renvoie avec un motif.',
		`Accusé de réception à imprimer : ${linkTo(sender, declaration)}/recu`
	]);
}

/** To finance: something waits. */
export function writeArrival(
	sender: Sender,
	declaration: NamedDeclaration,
	sent: { submission: number }
): MailText {
	const again = sent.submission > 1 ? ' de nouveau' : '';
	return finish(sender, `À examiner : ${nameOf(declaration)}, ${declaration.organisation}`, [
		`${declaration.organisation} a transmis${again} sa déclaration ${quoted(formatPeriod(declaration.period))}.`,
		aboutOf(declaration),
		`L’examiner : ${linkTo(sender, declaration)}`
	]);
}

/** To the people who declared: what became of it. */
export function writeDecision(
	sender: Sender,
	declaration: NamedDeclaration,
	decision: { action: 'accept' | 'return' | 'reopen'; reason: string | null }
): MailText {
	const name = nameOf(declaration);
	const { subject, said, asks } = {
		accept: {
			subject: `Validée : ${name}`,
			said: 'Votre déclaration est validée : ce qu’elle dit est dans les comptes.',
			asks: 'Rien d’autre ne vous est demandé.'
		},
		return: {
			subject: `À corriger : ${name}`,
			said: 'Votre déclaration vous est renvoyée, avec ce motif :',
			asks: 'Corrigez-la, puis transmettez-la de nouveau.'
		},
		reopen: {
			subject: `Rouverte : ${name}`,
			said: 'Votre déclaration, qui était validée, est rouverte, avec ce motif :',
			asks: 'Corrigez-la, puis transmettez-la de nouveau.'
		}
	}[decision.action];
	return finish(sender, subject, [
		said,
		...(decision.reason === null ? [] : [cite(decision.reason)]),
		aboutOf(declaration),
		asks,
		`La voir : ${linkTo(sender, declaration)}`
	]);
}

/** To the other side of a conversation. */
export function writeMessage(
	sender: Sender,
	declaration: NamedDeclaration,
	message: { author: string; text: string }
): MailText {
	return finish(sender, `Message : ${nameOf(declaration)}, ${declaration.organisation}`, [
		`${message.author} vous écrit au sujet de la déclaration ${quoted(formatPeriod(declaration.period))} :`,
		cite(message.text),
		aboutOf(declaration),
		`Répondre sur la page, pas à ce courriel : ${linkTo(sender, declaration)}`
	]);
}

/** To finance, on Mondays. Null where nothing is late and nothing waits. */
export function writeSummary(
	sender: Sender,
	week: Day,
	{ late, waiting }: { late: LateDeclaration[]; waiting: WaitingDeclaration[] }
): MailText | null {
	if (late.length === 0 && waiting.length === 0) return null;
	const counted = [
		...(waiting.length > 0 ? [`${waiting.length} à examiner`] : []),
		...(late.length > 0 ? [`${late.length} en retard`] : [])
	];
	return finish(sender, `Déclarations : ${counted.join(', ')}`, [
		`Semaine du ${formatDay(week)}.`,
		...section(
			'À examiner',
			waiting.map(
				(one) =>
					`- ${one.organisation}, ${formatPeriod(one.period)}, ${one.envelope}, transmise le ${formatInstant(one.at)}\n  ${linkTo(sender, one)}`
			)
		),
		...section(
			'En retard',
			late.map(
				(one) =>
					`- ${one.organisation}, ${formatPeriod(one.period)}, ${one.envelope}, attendue le ${formatDay(one.dueOn)}`
			)
		),
		`Toutes les déclarations reçues : ${sender.origin}/declarations/recues`
	]);
}

/** What finance has not yet looked at, and since when. */
export type WaitingDeclaration = NamedDeclaration & { at: Date };

export type LateDeclaration = {
	organisation: string;
	envelope: string;
	period: Period;
	dueOn: Day;
};

const section = (title: string, lines: string[]): string[] =>
	lines.length === 0 ? [] : [`${title} :\n${lines.join('\n')}`];

const nameOf = ({ number, period }: NamedDeclaration): string =>
	`déclaration nº${NO_BREAK_SPACE}${number}, ${formatPeriod(period)}`;

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const aboutOf = ({ envelope, programme }: NamedDeclaration): string =>
	`Enveloppe : ${envelope} (${programme})`;

const linkTo = ({ origin }: Sender, { id }: { id: string }): string =>
	`${origin}/declarations/${id}`;

const quoted = (text: string): string => `« ${text} »`;

/** What a person wrote, as it was written, each line marked as theirs. */
const cite = (text: string): string =>
	text
		.trim()
		.split(/\r?\n/)
		.map((line) => `> ${line}`.trimEnd())
		.join('\n');

const isCited = (paragraph: string): boolean => paragraph.startsWith('>');

function finish(
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

/** A subject is one line, whatever the names in it hold. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
