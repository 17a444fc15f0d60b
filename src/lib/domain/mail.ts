import type { Role } from '#lib/domain/role.ts';
import { typeset } from '#lib/domain/typography.ts';

/** What a mail is about. */
export type MailKind =
	'opened' | 'due_soon' | 'late' | 'weekly' | 'receipt' | 'arrived' | 'decided' | 'message';

/** How the list of mails calls each kind. */
export const MAIL_KIND_LABELS: Record<MailKind, string> = {
	opened: 'Ouverture d’une période',
	due_soon: 'Rappel avant l’échéance',
	late: 'Relance',
	weekly: 'Point de la semaine',
	receipt: 'Accusé de réception',
	arrived: 'Déclaration reçue',
	decided: 'Décision',
	message: 'Message'
};

/** A kind of mail that a person may do without, in the words of who gets it. */
export type MailChoice = { kind: MailKind; label: string };

/**
 * What each role may refuse. The receipt of what one sent is not among them: it is the proof that it was
 * sent, and goes to whoever sent it.
 */
export const MAIL_CHOICES: Record<Role, readonly MailChoice[]> = {
	partner: [
		choice('opened', 'Une période s’ouvre : il y a quelque chose à déclarer'),
		choice('due_soon', 'Sept jours avant l’échéance, si rien n’est transmis'),
		choice('late', 'Une déclaration est en retard : le lendemain, puis chaque semaine'),
		choice('decided', 'Une déclaration est validée, renvoyée ou rouverte'),
		choice('message', 'La métropole nous écrit au sujet d’une déclaration')
	],
	finance: [
		choice('arrived', 'Un partenaire transmet une déclaration'),
		choice('message', 'Un partenaire écrit au sujet d’une déclaration'),
		choice('weekly', 'Le lundi : ce qui est en retard et ce qui attend, s’il y en a')
	],
	elected: [],
	admin: []
};

function choice(kind: MailKind, label: string): MailChoice {
	return { kind, label: typeset(label) };
}

/** Where a mail stands: sent, waiting to be, or tried in vain and waiting to be tried again. */
export type MailState = 'sent' | 'waiting' | 'failed';

export const MAIL_STATE_LABELS: Record<MailState, string> = {
	sent: 'parti',
	waiting: 'en attente',
	failed: 'en échec'
};

export const stateOfMail = (mail: { sentAt: Date | null; lastError: string | null }): MailState =>
	mail.sentAt ? 'sent' : mail.lastError === null ? 'waiting' : 'failed';

/** A mail that was not taken is tried again for this long, then left where it can be read. */
export const DAYS_TRIED = 30;

/** What is asked of the list of mails. */
export type MailQuery = {
	state: MailState | null;
	/** Where the page begins: older than this mail. */
	before: string | null;
};

/** How the address says each state. */
export const MAIL_STATE_PARAMETERS: Record<string, MailState> = {
	partis: 'sent',
	attente: 'waiting',
	echecs: 'failed'
};

/** Reads the address of the list. What cannot be read is left out, and said. */
export function parseMailQuery(parameters: URLSearchParams): {
	query: MailQuery;
	notes: string[];
} {
	const state = (parameters.get('etat') ?? '').trim();
	const before = (parameters.get('avant') ?? '').trim();
	const known = Object.hasOwn(MAIL_STATE_PARAMETERS, state);
	const isMail = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(before);
	const notes = [
		...(state !== '' && !known ? ['etat'] : []),
		...(before !== '' && !isMail ? ['avant'] : [])
	].map((name) =>
		typeset(`Dans l’adresse, « ${name} » n’a pas été compris et n’est pas appliqué.`)
	);
	return {
		query: {
			state: known ? (MAIL_STATE_PARAMETERS[state] ?? null) : null,
			before: isMail ? before : null
		},
		notes
	};
}
