import type pg from 'pg';
import { SetupError } from '#lib/server/setup-error.ts';
import { findBinaries } from './binaries.ts';
import {
	initialise,
	lastWords,
	launch,
	readPassword,
	stop,
	type Cluster,
	type Transport
} from './cluster.ts';
import { findPlace } from './place.ts';
import { readPostmaster, type Postmaster } from './postmaster.ts';
import { announce, type Presence } from './presence.ts';

/** The PostgreSQL that tenu brings, running. */
export type EmbeddedDatabase = {
	/** The owner of the database `tenu`: migrations and commands. */
	owner: pg.ClientConfig;
	/** The administrator of the server, for tests and repairs. */
	superuser: pg.ClientConfig;
	/** Where the data is, which is not always under DATA_DIR (see place.ts). */
	dataFolder: string;
	/** False when a running server was found and used. */
	started: boolean;
	/** Leaves; the last tenu process to leave stops the server. */
	close: () => Promise<void>;
};

export type EmbeddedOptions = {
	/** DATA_DIR. */
	dataDir: string;
	/** Server settings on top of ours, for tests. */
	settings?: Readonly<Record<string, string>>;
	/** A socket, but for Windows. */
	transport?: Transport;
	/** Where root's server keeps what it can't reach under DATA_DIR: /var/lib/tenu, but for tests. */
	systemFolder?: string;
};

/** How long the server may take to answer, recovery after a power cut included. */
const PATIENCE_MS = 120_000;

const POLL_MS = 25;

/**
 * Attaches to the server that runs on this data, or starts one. Needs no lock of ours: of two processes that start
 * at once, PostgreSQL lets one in, and the other finds it. If the server dies while we use it, it is started again.
 */
export async function openEmbeddedDatabase(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
	const { dataFolder, account, copiesFolder } = findPlace(options.dataDir, options.systemFolder);
	const cluster: Cluster = {
		binaries: await findBinaries(account, copiesFolder),
		account,
		dataFolder,
		transport: options.transport ?? (process.platform === 'win32' ? 'tcp' : 'socket'),
		settings: options.settings ?? {}
	};
	await initialise(cluster);

	let closing = false;
	let session = await attachOrStart(cluster, whenLost);
	const { started } = session;

	function whenLost(): void {
		if (closing) return;
		attachOrStart(cluster, whenLost).then(
			(next) => {
				session = next;
				if (closing) void session.presence.end();
			},
			() => undefined // The pool's own errors, and /ready, say that the database is away.
		);
	}

	return {
		owner: { ...session.superuser, user: 'tenu', database: 'tenu' },
		superuser: session.superuser,
		dataFolder,
		started,
		close: async () => {
			if (closing) return;
			closing = true;
			await leave(cluster, session);
		}
	};
}

type Session = {
	postmaster: Postmaster;
	presence: Presence;
	superuser: pg.ClientConfig;
	started: boolean;
};

async function attachOrStart(cluster: Cluster, whenLost: () => void): Promise<Session> {
	const deadline = performance.now() + PATIENCE_MS;
	let launched: { hasEnded: () => boolean } | null = null;
	let launches = 0;
	let lastError: unknown;

	while (performance.now() < deadline) {
		const postmaster = readPostmaster(cluster.dataFolder);
		if (postmaster) {
			const superuser = connectionTo(cluster, postmaster);
			try {
				const presence = await announce(superuser, whenLost);
				return { postmaster, presence, superuser, started: launched?.hasEnded() === false };
			} catch (error) {
				lastError = error;
			}
		}
		if (!launched || launched.hasEnded()) {
			// A server that is stopping, or that another process starts, makes ours end: we look again.
			if (launches === 40) break;
			launches += 1;
			launched = await launch(cluster);
		}
		await new Promise((resolve) => setTimeout(resolve, launches > 1 ? 10 * POLL_MS : POLL_MS));
	}
	throw new SetupError(
		`Le PostgreSQL de ${cluster.dataFolder} ne répond pas : ${lastWords(cluster.dataFolder)}`,
		{ cause: lastError }
	);
}

function connectionTo(cluster: Cluster, postmaster: Postmaster): pg.ClientConfig {
	const { host, port } = postmaster;
	const password = host.startsWith('/') ? {} : { password: readPassword(cluster.dataFolder) };
	return { host, port, user: 'postgres', database: 'postgres', ...password };
}

async function leave(cluster: Cluster, session: Session): Promise<void> {
	try {
		const alone = await session.presence.leave();
		if (alone) await stop(cluster, session.postmaster.pid, session.postmaster.host);
	} catch {
		// The server is gone already: there is nothing to leave.
	}
	await session.presence.end().catch(() => undefined);
}
