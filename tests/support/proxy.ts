import { once } from 'node:events';
import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';
import type { ClientConfig } from 'pg';

/** What stands between the application and its database, and may cut. */
export type Proxy = {
	/** The same connection, through the proxy. */
	connection: ClientConfig;
	/** Cuts the wires that are open now: `reset` as a router that forgot them, `end` as a server that leaves. */
	cut: (how: 'reset' | 'end', many?: number) => number;
	/** Loses the answer to the next statements that end like this, and cuts: the database has done them. */
	loseAnswersTo: (command: 'COMMIT' | 'INSERT', times: number) => void;
	/** Stops passing anything on, without a word, until it is told to go on. */
	freeze: (frozen: boolean) => void;
	/** Answers lost so far. */
	lost: () => number;
	close: () => Promise<void>;
};

/** Listens on 127.0.0.1 and passes everything on to the server of that connection. */
export async function openProxy(target: ClientConfig): Promise<Proxy> {
	const wires = new Set<{ near: Socket; far: Socket }>();
	let losing: { command: string; times: number } | null = null;
	let lost = 0;

	const server = createServer((near) => {
		const far = target.host?.startsWith('/')
			? createConnection(`${target.host}/.s.PGSQL.${target.port ?? 5432}`)
			: createConnection(Number(target.port), target.host);
		const wire = { near, far };
		wires.add(wire);
		near.on('data', (chunk) => far.write(chunk));
		far.on('data', (chunk) => {
			if (losing && losing.times > 0 && chunk.includes(`${losing.command}`)) {
				losing.times -= 1;
				lost += 1;
				near.resetAndDestroy();
				return;
			}
			near.write(chunk);
		});
		const close = () => {
			wires.delete(wire);
			near.destroy();
			far.destroy();
		};
		for (const socket of [near, far]) socket.on('close', close).on('error', close);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');

	return {
		connection: { ...target, host: '127.0.0.1', port: (server.address() as AddressInfo).port },
		cut: (how, many = Infinity) => {
			let cuts = 0;
			const open = [...wires].sort(() => Math.random() - 0.5);
			for (const { near, far } of open) {
				if (cuts === many) break;
				cuts += 1;
				if (how === 'reset') near.resetAndDestroy();
				else near.end();
				far.destroy();
			}
			return cuts;
		},
		loseAnswersTo: (command, times) => {
			losing = { command, times };
		},
		freeze: (frozen) => {
			for (const { near, far } of wires) {
				for (const socket of [near, far]) {
					if (frozen) socket.pause();
					else socket.resume();
				}
			}
		},
		lost: () => lost,
		close: async () => {
			for (const { near, far } of wires) {
				near.destroy();
				far.destroy();
			}
			server.close();
			await once(server, 'close');
		}
	};
}
