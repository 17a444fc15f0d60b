import { Agent, get } from 'node:http';

/** An address that is asked for again and again; with a turn, so that it can differ each time. */
export type Target = {
	origin: string;
	path: string | ((turn: number) => string);
	cookie?: string;
	/** Asks as a browser does, which takes compressed answers. */
	gzip?: true;
};

export type LoadFigures = { perSecond: number; medianMs: number };

/** Asks for a page over some connections for a while. An answer other than 200 ends the bench. */
export async function load(
	target: Target,
	connections: number,
	milliseconds: number
): Promise<LoadFigures> {
	const agent = new Agent({ keepAlive: true, maxSockets: connections });
	const times: number[] = [];
	const start = performance.now();
	await Promise.all(
		Array.from({ length: connections }, async () => {
			while (performance.now() - start < milliseconds) {
				const begun = performance.now();
				await ask(target, agent);
				times.push(performance.now() - begun);
			}
		})
	);
	const seconds = (performance.now() - start) / 1000;
	agent.destroy();
	return { perSecond: times.length / seconds, medianMs: median(times) };
}

/**
 * Measures targets in turns, so that what slows the machine slows them all, and returns for each the
 * median of its rounds. The first round warms up and is left out.
 */
export async function compare<Name extends string>(
	targets: Record<Name, Target>,
	options: { rounds: number; connections: number; milliseconds: number }
): Promise<Record<Name, LoadFigures>> {
	const names = Object.keys(targets) as Name[];
	const figures = new Map<Name, LoadFigures[]>(names.map((name) => [name, []]));
	for (let round = 0; round <= options.rounds; round++) {
		for (const name of names) {
			const measured = await load(targets[name], options.connections, options.milliseconds);
			if (round > 0) figures.get(name)?.push(measured);
		}
	}
	return Object.fromEntries(
		[...figures].map(([name, rounds]) => [
			name,
			{
				perSecond: median(rounds.map(({ perSecond }) => perSecond)),
				medianMs: median(rounds.map(({ medianMs }) => medianMs))
			}
		])
	) as Record<Name, LoadFigures>;
}

export function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? Number.NaN;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

let turns = 0;

export function ask(
	{ origin, path, cookie, gzip }: Target,
	agent?: Agent
): Promise<{ body: string; headers: Record<string, string | string[] | undefined> }> {
	const address = origin + (typeof path === 'string' ? path : path(++turns));
	return new Promise((resolve, reject) => {
		const request = get(
			address,
			{
				...(agent ? { agent } : {}),
				headers: { ...(cookie ? { cookie } : {}), ...(gzip ? { 'accept-encoding': 'gzip' } : {}) }
			},
			(response) => {
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.on('error', reject);
				response.on('end', () => {
					if (response.statusCode !== 200) {
						reject(new Error(`${address} answered ${response.statusCode}`));
					} else
						resolve({ body: Buffer.concat(chunks).toString('utf8'), headers: response.headers });
				});
			}
		);
		request.on('error', reject);
	});
}
