/**
 * Measures tenu beside its goals: `npm run bench`, or `npm run bench -- --quick` without the million.
 * Everything is relative to something measured in the same run; seconds of one machine mean nothing.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { day } from '#lib/domain/day.ts';
import { encodeCursor } from '#lib/domain/ledger-order.ts';
import { openEmbeddedDatabase } from '#lib/server/db/embedded/embedded.ts';
import { buildApplication } from '../../src/commands/built-application.ts';
import { readFlags, step } from '../../src/commands/terminal.ts';
import { measureAccepting } from './accepting.ts';
import { buildBare, scriptBytes, startTenu, type Served } from './application.ts';
import { fillBooks, type BenchBooks } from './books.ts';
import { measureImporting } from './importing.ts';
import { ask, compare, median, type Target } from './load.ts';
import { measurePosting } from './posting.ts';
import { printTable, type Line } from './table.ts';

const { quick } = readFlags(['quick']);
const SIZES = quick ? [1_000, 20_000] : [1_000, 100_000, 1_000_000];
const ROUNDS = quick ? 3 : 7;
const MILLISECONDS = quick ? 700 : 1_500;

const folder = mkdtempSync(join(tmpdir(), 'tenu-bench-'));
chmodSync(folder, 0o755);
const server = await openEmbeddedDatabase({
	dataDir: join(folder, 'data'),
	settings: { max_connections: '200', shared_buffers: '256MB' }
});
const stops: (() => Promise<void> | void)[] = [];
const lines: Line[] = [];
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.once(signal, () => void cleanUp().finally(() => process.exit(130)));
}
try {
	await step('Construction de l’application', () => buildApplication());
	const bare = await step('Construction d’un SvelteKit nu', buildBare);
	stops.push(bare.remove);
	const books: BenchBooks[] = [];
	for (const size of SIZES) {
		const count = size.toLocaleString('fr-FR');
		books.push(
			await step(`Remplissage : ${count} écritures`, () => fillBooks(server.superuser, size))
		);
	}
	await measureStart(bare.start, books);
	await measurePages(bare.start, books);
	await step('Validation de déclarations', () => measureDeclarations(books));
	await step('Enregistrement d’écritures', () => measureLedger(books));
	await step('Lecture de tableurs de 50 000 lignes', () => measureSpreadsheets(books));
} finally {
	await cleanUp();
}
printTable(lines);

async function cleanUp(): Promise<void> {
	for (const stop of stops.splice(0).toReversed()) await stop();
	await server.close();
	rmSync(folder, { recursive: true, force: true });
}

async function measureStart(bare: () => Promise<Served>, books: BenchBooks[]): Promise<void> {
	const [small] = books;
	if (!small) return;
	await step('Démarrage, mémoire, scripts', async () => {
		const answers: { tenu: number; bare: number }[] = [];
		for (let round = 0; round < 4; round++) {
			const nothing = await bare();
			await nothing.stop();
			const tenu = await startTenu(small.owner);
			await tenu.stop();
			if (round > 0) answers.push({ tenu: tenu.firstAnswerMs, bare: nothing.firstAnswerMs });
		}
		const ratio = median(answers.map(({ tenu, bare: nothing }) => tenu / nothing));
		const ms = answers.map(({ tenu }) => Math.round(tenu)).join(', ');
		lines.push({
			what: 'Première réponse après le démarrage / SvelteKit nu',
			measured: `${ratio.toFixed(2)} × (${ms} ms)`,
			goal: '≤ 2 ×',
			met: ratio <= 2
		});

		const [nothing, tenu] = await Promise.all([bare(), startTenu(small.owner)]);
		await askOnce(nothing, '/');
		await askOnce(tenu, '/', small.cookie);
		await wait(3_000);
		const memory = tenu.memory() / nothing.memory();
		lines.push({
			what: 'Mémoire au repos / SvelteKit nu',
			measured: `${memory.toFixed(2)} × (${megabytes(tenu.memory())} / ${megabytes(nothing.memory())})`,
			goal: '≤ 1,5 ×',
			met: memory <= 1.5
		});
		const script = await scriptBytes(tenu.origin, '/', small.cookie);
		const bareScript = await scriptBytes(nothing.origin, '/');
		lines.push({
			what: 'JavaScript du tableau de bord, sans graphiques, gzip',
			measured: `${kilobytes(script)} (SvelteKit nu : ${kilobytes(bareScript)})`,
			goal: '≤ 60 ko',
			met: script <= 60_000
		});
		await Promise.all([nothing.stop(), tenu.stop()]);
	});
}

async function measurePages(bare: () => Promise<Served>, books: BenchBooks[]): Promise<void> {
	const nothing = await bare();
	stops.push(nothing.stop);
	const tenus: { tenu: Served; of: BenchBooks }[] = [];
	for (const of of books) {
		const tenu = await startTenu(of.owner);
		stops.push(tenu.stop);
		tenus.push({ tenu, of });
	}
	const [small, large] = [tenus[0], tenus.at(-1)];
	if (!small || !large) return;
	const hello: Target = { origin: nothing.origin, path: '/', gzip: true };
	const own: Target = { origin: large.tenu.origin, path: '/mentions-legales', gzip: true };
	const page = ({ tenu, of }: (typeof tenus)[number], path: Target['path']): Target => ({
		origin: tenu.origin,
		path,
		cookie: of.cookie,
		gzip: true
	});
	// A parameter that the page does not know makes each address a new one, of which nothing is kept.
	const fresh = (path: string) => (turn: number) =>
		`${path}${path.includes('?') ? '&' : '?'}mesure-de-vitesse=${turn}`;
	const [envelope = ''] = large.of.envelopes;
	const { id, effectiveOn } = large.of.lastPage;
	const cursor = encodeCursor({ sort: 'date', effectiveOn: day(effectiveOn), id });
	const ledger = `/enveloppes/${envelope}?au=2022-12-31`;

	const speed = await step('Pages, huit connexions', () =>
		compare(
			{
				hello,
				own,
				dashboard: page(large, fresh('/?au=2022-06-30')),
				kept: page(large, '/?au=2022-06-30'),
				first: page(large, fresh(ledger)),
				last: page(large, fresh(`${ledger}&apres=${cursor}`))
			},
			{ rounds: ROUNDS, connections: 8, milliseconds: MILLISECONDS }
		)
	);
	/** Beside the simplest page of the same application, which goes through the same hooks. */
	const against = (what: string, name: keyof typeof speed, goal: number | null) => {
		const ratio = speed[name].perSecond / speed.own.perSecond;
		const toBare = speed[name].perSecond / speed.hello.perSecond;
		lines.push({
			what,
			measured: `${ratio.toFixed(2)} (${Math.round(speed[name].perSecond)}/s ; ${toBare.toFixed(3)} d’un SvelteKit nu)`,
			goal: goal === null ? '–' : `≥ ${goal.toFixed(2).replace('.', ',')}`,
			met: goal === null ? null : ratio >= goal
		});
	};
	const size = large.of.entries.toLocaleString('fr-FR');
	against('La page la plus simple de tenu (/mentions-legales)', 'own', null);
	against(`Tableau de bord de 50 enveloppes, ${size} écritures, rien de gardé`, 'dashboard', 0.25);
	against('Tableau de bord quand rien n’a changé', 'kept', 1);
	against('Grand livre, première page de 50', 'first', 0.3);
	against('Grand livre, dernière page', 'last', 0.3);
	const deep = speed.last.perSecond / speed.first.perSecond;
	lines.push({
		what: 'Grand livre : dernière page / première',
		measured: deep.toFixed(2),
		goal: '–',
		met: null
	});

	for (const [day, what] of [
		['2022-06-30', 'à la fin d’un mois'],
		['2022-06-15', 'au milieu d’un mois']
	] as const) {
		await measureGrowth(
			`Attente du tableau de bord ${what}`,
			tenus.map((each) => ({
				entries: each.of.entries,
				target: page(each, fresh(`/?au=${day}`))
			}))
		);
	}
}

/**
 * The wait for one reader, against the size of the ledger. Below a hundred thousand entries most months
 * are empty and the page itself is smaller: what grows with the ledger alone is the last step.
 */
async function measureGrowth(
	what: string,
	sizes: { entries: number; target: Target }[]
): Promise<void> {
	const names = sizes.map(({ entries }) => String(entries));
	const latency = await step(what, () =>
		compare(Object.fromEntries(sizes.map(({ target }, index) => [names[index] ?? '', target])), {
			rounds: ROUNDS,
			connections: 1,
			milliseconds: MILLISECONDS
		})
	);
	const waits = names.map((name) => latency[name]?.medianMs ?? Number.NaN);
	const growth = (waits.at(-1) ?? Number.NaN) / (waits[0] ?? Number.NaN);
	const lastStep = (waits.at(-1) ?? Number.NaN) / (waits.at(-2) ?? Number.NaN);
	lines.push({
		what: `${what}, ${names.join(' → ')} écritures`,
		measured: `${growth.toFixed(2)} × (${waits.map((wait) => wait.toFixed(1)).join(' → ')} ms)`,
		goal: '≤ 1,10 ×',
		met: growth <= 1.1
	});
	// The goal is of the whole way: a part of it is told, not judged.
	if (names.length > 2) {
		lines.push({
			what: `${what}, ${names.slice(-2).join(' → ')} écritures`,
			measured: `${lastStep.toFixed(2)} ×`,
			goal: '–',
			met: null
		});
	}
}

/** Three amounts and a count each, 32 at a time, with rights, rules, totals, values, history and journal. */
async function measureDeclarations(books: BenchBooks[]): Promise<void> {
	const large = books.at(-1);
	if (!large) return;
	const accepting = await measureAccepting(large, quick ? 2 : 5, quick ? 200 : 600);
	lines.push({
		what: 'Insertion nue des sept lignes d’une validation, 32 clients',
		measured: `1,00 (${Math.round(accepting.plainPerSecond)}/s)`,
		goal: '–',
		met: null
	});
	for (const [where, { perSecond, ratio }] of [
		['une enveloppe', accepting.oneEnvelope],
		['cinquante enveloppes', accepting.fiftyEnvelopes]
	] as const) {
		lines.push({
			what: `Déclarations validées, ${where}`,
			measured: `${ratio.toFixed(3)} (${Math.round(perSecond)}/s)`,
			goal: '–',
			met: null
		});
	}
}

async function measureLedger(books: BenchBooks[]): Promise<void> {
	const large = books.at(-1);
	if (!large) return;
	const posting = await measurePosting(large, quick ? 2 : 5, MILLISECONDS);
	lines.push(
		{
			what: 'Insertion nue, 32 clients',
			measured: `1,00 (${Math.round(posting.plainPerSecond)}/s)`,
			goal: '–',
			met: null
		},
		{
			what: 'Écriture avec droits, règles, totaux et journal, une enveloppe',
			measured: posting.oneEnvelope.toFixed(2),
			goal: '≥ 0,25',
			met: posting.oneEnvelope >= 0.25
		},
		{
			what: 'La même sur cinquante enveloppes',
			measured: posting.fiftyEnvelopes.toFixed(2),
			goal: '≥ 0,25',
			met: posting.fiftyEnvelopes >= 0.25
		},
		{
			what: 'Dépassé quand 32 clients pressent une limite',
			measured: `${posting.overspentCents} centime (${posting.refusals} refus)`,
			goal: '0 centime',
			met: posting.overspentCents === 0n && posting.refusals > 0
		}
	);
	for (const { entries, secondsToFill } of books) {
		lines.push({
			what: `Reprise de ${entries.toLocaleString('fr-FR')} écritures par les mêmes règles`,
			measured: `${Math.round(entries / secondsToFill).toLocaleString('fr-FR')} par seconde`,
			goal: '–',
			met: null
		});
	}
}

/** From the first byte of a file to its last line, understood and written down; against COPY of these lines. */
async function measureSpreadsheets(books: BenchBooks[]): Promise<void> {
	const [small] = books;
	if (!small) return;
	const figures = await measureImporting(small, server.superuser, quick ? 3 : 7);
	const perSecond = (speed: number) => Math.round(speed).toLocaleString('fr-FR');
	for (const kind of ['csv', 'xlsx'] as const) {
		const { ratio, perSecond: speed } = figures[kind];
		lines.push({
			what: `Tableur .${kind} de 50 000 lignes / COPY des mêmes lignes`,
			measured: `${ratio.toFixed(2)} (${perSecond(speed)}/s ; COPY : ${perSecond(figures.copyPerSecond)}/s)`,
			goal: '≥ 0,50',
			met: ratio >= 0.5
		});
	}
	lines.push({
		what: 'Mémoire au plus haut pendant ces lectures, au-dessus du repos',
		measured: megabytes(figures.overIdleBytes),
		goal: '≤ 64 Mo',
		met: figures.overIdleBytes <= 64 * 1024 * 1024
	});
}

function askOnce(served: Served, path: string, cookie?: string): Promise<unknown> {
	return ask({ origin: served.origin, path, ...(cookie ? { cookie } : {}) });
}

function megabytes(bytes: number): string {
	return `${Math.round(bytes / 1024 / 1024)} Mo`;
}

function kilobytes(bytes: number): string {
	return `${Math.round(bytes / 1000)} ko`;
}
