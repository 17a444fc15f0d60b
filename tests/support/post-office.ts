import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as it went over the wire. */
export type Delivery = {
	/** The envelope: for whom it really was. */
	to: string[];
	headers: Map<string, string>;
	/** The text, decoded. */
	text: string;
	raw: string;
	/** Whether it came through TLS. */
	secure: boolean;
};

/** A real SMTP server of a test. */
export type TestPostOffice = {
	url: string;
	port: number;
	deliveries: Delivery[];
	/** Addresses that it refuses. */
	refused: Set<string>;
	close: () => Promise<void>;
};

/** Listens on 127.0.0.1; `port` brings one back where it was. */
export async function openPostOffice(
	options: SMTPServerOptions & { host?: string; port?: number; answerAfterMs?: number } = {}
): Promise<TestPostOffice> {
	const { host = '127.0.0.1', port = 0, answerAfterMs = 0, ...rest } = options;
	const deliveries: Delivery[] = [];
	const refused = new Set<string>();
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		logger: false,
		closeTimeout: 500,
		onRcptTo: ({ address }, _, callback) => {
			if (!refused.has(address)) return callback();
			callback(Object.assign(new Error('boîte inconnue'), { responseCode: 550 }));
		},
		onData: (stream, session, callback) => {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			stream.on('end', () => {
				const raw = Buffer.concat(chunks).toString('utf8');
				const to = session.envelope.rcptTo.map(({ address }) => address);
				deliveries.push({ to, raw, secure: session.secure, ...readMail(raw) });
				setTimeout(callback, answerAfterMs);
			});
		},
		...rest
	});
	server.on('error', () => undefined); // Of a client that was killed.
	server.listen(port, host);
	await once(server.server, 'listening');
	const listening = (server.server.address() as AddressInfo).port;
	return {
		url: `smtp://${host}:${listening}`,
		port: listening,
		deliveries,
		refused,
		close: () => new Promise((done) => server.close(() => done()))
	};
}

/** Reads a mail of one part as RFC 5322, 2047 and 2045 write it. */
function readMail(raw: string): Pick<Delivery, 'headers' | 'text'> {
	const [head = '', ...body] = raw.split('\r\n\r\n');
	const lines = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
	const headers = new Map(
		lines.map((line) => {
			const colon = line.indexOf(':');
			return [line.slice(0, colon).toLowerCase(), decodeWords(line.slice(colon + 1).trim())];
		})
	);
	return { headers, text: decodeQuotedPrintable(body.join('\r\n\r\n')).replaceAll('\r\n', '\n') };
}

const decodeWords = (text: string): string =>
	text
		.replaceAll(/(\?=)\s+(=\?)/g, '$1$2')
		.replaceAll(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_, how: string, word: string) =>
			how.toUpperCase() === 'B'
				? Buffer.from(word, 'base64').toString('utf8')
				: decodeQuotedPrintable(word.replaceAll('_', ' '))
		);

function decodeQuotedPrintable(text: string): string {
	const bytes = text
		.replaceAll(/=\r\n/g, '')
		.replaceAll(/=([0-9A-F]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
	return Buffer.from(bytes, 'latin1').toString('utf8');
}
