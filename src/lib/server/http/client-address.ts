import type { IncomingMessage } from 'node:http';

/**
 * The address a request comes from, for throttling and the journal. Behind proxies it is read from the header they
 * set: with x-forwarded-for, the entry that the outermost of our own proxies wrote (XFF_DEPTH counts them from the
 * end), since whatever stands before it was written by the visitor. Where the header is absent, as when a health check
 * reaches us directly, it is the address of the connection.
 */
export function clientAddress(
	request: IncomingMessage,
	addressHeader: string | null,
	forwardedDepth: number
): string {
	const direct = request.socket.remoteAddress ?? '';
	if (!addressHeader) return direct;
	const header = request.headers[addressHeader];
	const value = Array.isArray(header) ? header.join(',') : header;
	if (!value) return direct;
	if (addressHeader !== 'x-forwarded-for') return value.trim();
	return value.split(',').at(-forwardedDepth)?.trim() || direct;
}
