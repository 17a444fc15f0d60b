import { expect, it } from 'vitest';
import { isOwnHost } from '#lib/server/http/host.ts';

it.each(['localhost:3000', 'LOCALHOST', '127.0.0.1:3000', '[::1]:3000', '[::1]'])(
	'answers at %s',
	(host) => expect(isOwnHost(host, 'localhost')).toBe(true)
);

it.each([
	'tenu.exemple.fr',
	'localhost.exemple.fr',
	'127.0.0.1.exemple.fr',
	'localhost:3000@exemple.fr',
	'localhost/',
	'localhost:',
	'192.168.1.10:3000',
	'',
	undefined
])('turns %s away when no ORIGIN says that it is ours', (host) =>
	expect(isOwnHost(host, 'localhost')).toBe(false)
);

it('answers at the address it was told to listen on', () => {
	expect(isOwnHost('192.168.1.10:3000', '192.168.1.10')).toBe(true);
	expect(isOwnHost('[fd00::1]:3000', 'fd00::1')).toBe(true);
});
