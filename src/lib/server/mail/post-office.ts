import { createTransport } from 'nodemailer';
import type { Config } from '#lib/server/config.ts';

/** The only place that knows nodemailer. It is loaded when the first mail leaves. */

export type OutgoingMail = {
	id: string;
	name: string;
	email: string;
	subject: string;
	body: string;
	createdAt: Date;
};

/** What became of a mail: taken, refused for itself, or not tried since the server is not to be reached. */
export type Outcome = { kind: 'taken' } | { kind: 'refused' | 'away'; reason: string };

export type PostOffice = {
	/** Gives up after this time; whether the mail was taken is then not known. */
	send: (mail: OutgoingMail, longestMs: number) => Promise<Outcome>;
	close: () => void;
};

/** Silence of the server for longer than this is an absence. */
const SILENCE_MS = 10_000;

/** The SMTP server of the installation, with one connection for all mails of a run. */
export function openPostOffice(smtpUrl: string, mailFrom: string): PostOffice {
	const transport = createTransport({
		url: withSafePassword(smtpUrl),
		pool: true,
		maxConnections: 1,
		connectionTimeout: SILENCE_MS,
		greetingTimeout: SILENCE_MS,
		socketTimeout: SILENCE_MS
	});
	transport.on('error', () => undefined); // Of a connection that nobody uses any more.
	const domain = /@([^>\s]+)>?$/.exec(mailFrom)?.[1] ?? 'tenu';
	return {
		send: async ({ id, name, email, subject, body, createdAt }, longestMs) => {
			const sending = transport.sendMail({
				// The same for every attempt: a server or a reader knows a mail that came twice by it.
				messageId: `<${id}@${domain}>`,
				date: createdAt,
				from: mailFrom,
				to: { name, address: email },
				subject,
				text: body,
				textEncoding: 'quoted-printable',
				headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': 'fr' },
				disableFileAccess: true,
				disableUrlAccess: true
			});
			try {
				await withinTime(sending, longestMs);
				return { kind: 'taken' };
			} catch (error) {
				return outcomeOf(error as SmtpError);
			}
		},
		close: () => transport.close()
	};
}

type SmtpError = Error & { code?: string; responseCode?: number; response?: string };

/** A code of the server about this mail is a refusal; anything else says that the server is away. */
function outcomeOf(error: SmtpError): Outcome {
	const aboutMail = ['EENVELOPE', 'EMESSAGE', 'EDATA'].includes(error.code ?? '');
	const isRefusal = aboutMail && error.responseCode !== undefined && error.responseCode !== 421;
	const reason = (error.response ?? error.message).replace(/\s+/g, ' ').slice(0, 500);
	return { kind: isRefusal ? 'refused' : 'away', reason };
}

function withinTime(sending: Promise<unknown>, longestMs: number): Promise<unknown> {
	sending.catch(() => undefined);
	let timer: NodeJS.Timeout | undefined;
	const limit = new Promise((_, reject) => {
		timer = setTimeout(() => reject(new Error('no answer in time')), longestMs);
	});
	return Promise.race([sending, limit]).finally(() => clearTimeout(timer));
}

/** A password never crosses a network in the clear: a server that is not this machine must offer TLS first. */
function withSafePassword(smtpUrl: string): string {
	const url = new URL(smtpUrl);
	const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
	if (url.protocol === 'smtp:' && url.username && !isHere) {
		url.searchParams.set('requireTLS', 'true');
	}
	return url.href;
}

/** Whether mails leave, and how; null where they only wait. */
export const postOfficeOf = (config: Config): PostOffice | null =>
	config.smtpUrl && config.mailFrom ? openPostOffice(config.smtpUrl, config.mailFrom) : null;
