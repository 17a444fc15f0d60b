import { SetupError } from '#lib/server/setup-error.ts';

/** A second Ctrl-C within this time is the same one: the terminal sends it to us, and npm hands it on. */
const SAME_SIGNAL_MS = 1_000;

/** From the first step of a command that serves until the last thing it opened is closed. */
export type Lifetime = {
	/** Aborted when someone asks to stop, so that a step under way can give up. */
	signal: AbortSignal;
	/** Ends when someone asks to stop: Ctrl-C, SIGTERM or a closed terminal. */
	asked: Promise<void>;
	/** Remembers what to close; the last opened is closed first. */
	add: (close: () => Promise<unknown>) => void;
	end: () => Promise<void>;
};

/** Begins to listen for signals. Asked again while it closes, the process leaves at once. */
export function beginLifetime(): Lifetime {
	const controller = new AbortController();
	const closers: (() => Promise<unknown>)[] = [];
	const asked = new Promise<void>((resolve) => {
		controller.signal.addEventListener('abort', () => resolve());
	});
	let askedAt = 0;
	const ask = () => {
		if (controller.signal.aborted && performance.now() - askedAt > SAME_SIGNAL_MS)
			process.exit(130);
		if (controller.signal.aborted) return;
		askedAt = performance.now();
		controller.abort(new SetupError('Arrêté avant la fin du démarrage.'));
	};
	for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, ask);
	return {
		signal: controller.signal,
		asked,
		add: (close) => closers.unshift(close),
		end: async () => {
			for (const close of closers.splice(0)) await close();
		}
	};
}
