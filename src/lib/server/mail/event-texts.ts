import { formatInstant } from '#lib/domain/instant.ts';
import { cents, formatEuros } from '#lib/domain/money.ts';
import { NO_BREAK_SPACE } from '#lib/domain/numeral.ts';
import { formatPeriod } from '#lib/domain/period.ts';
import {
	aboutOf,
	cite,
	finish,
	linkTo,
	nameOf,
	quoted,
	type MailText,
	type NamedDeclaration,
	type Sender
} from '#lib/server/mail/mail-text.ts';

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
		// Why finance accepted more than was left is finance’s to say: it stands on the page.
		...(decision.action === 'accept' || decision.reason === null ? [] : [cite(decision.reason)]),
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

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
