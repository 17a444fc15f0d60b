import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { clientAddress } from '#lib/server/http/client-address.ts';

const from = (headers: Record<string, string>) =>
	({ headers, socket: { remoteAddress: '10.0.0.1' } }) as unknown as IncomingMessage;

it('is that of the connection when no proxy was announced, whatever headers claim', () => {
	expect(clientAddress(from({ 'x-forwarded-for': '1.2.3.4' }), null, 1)).toBe('10.0.0.1');
});

it('is what our outermost proxy wrote, never what the visitor wrote before it', () => {
	const request = from({ 'x-forwarded-for': '6.6.6.6, 203.0.113.7, 10.0.0.2' });
	expect(clientAddress(request, 'x-forwarded-for', 1)).toBe('10.0.0.2');
	expect(clientAddress(request, 'x-forwarded-for', 2)).toBe('203.0.113.7');
});

it('is that of the connection when the proxies’ header is absent or too short', () => {
	expect(clientAddress(from({}), 'x-forwarded-for', 1)).toBe('10.0.0.1');
	expect(clientAddress(from({ 'x-forwarded-for': '1.2.3.4' }), 'x-forwarded-for', 2)).toBe(
		'10.0.0.1'
	);
});

it('is read from any other header as it stands', () => {
	expect(clientAddress(from({ 'x-real-ip': '203.0.113.7' }), 'x-real-ip', 1)).toBe('203.0.113.7');
});
