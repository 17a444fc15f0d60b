import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GATE } from '#lib/domain/gate.ts';

/** The rules of the house about who may know whom, each as a sentence. A rule names what breaks it. */

type Module = { file: string; source: string; imports: Import[] };
type Import = { file: string; target: string; specifier: string; erased: boolean };

const modules = globSync('src/**/*.{ts,js,svelte}').sort().map(readModule);
const imports = modules.flatMap((module) => module.imports);

const DOMAIN = 'src/lib/domain/';
const FORMS = 'src/lib/forms/';
const SERVER = 'src/lib/server/';
const UI = 'src/lib/ui/';
const ROUTES = 'src/routes/';
const SCHEMA = 'src/lib/server/db/schema/';
const DRIVER = /^(pg|drizzle-orm)(\/|$)/;

describe('the layers', () => {
	it('the domain imports only the domain', () => {
		expect(
			from(DOMAIN)
				.filter(not(into(DOMAIN)))
				.map(say)
		).toEqual([]);
	});

	it('forms import only forms, the domain and what validates them', () => {
		const allowed = into(FORMS, DOMAIN, 'zod');
		expect(from(FORMS).filter(not(allowed)).map(say)).toEqual([]);
	});

	it('the server imports neither what people see nor the routes', () => {
		expect(from(SERVER).filter(into(UI, ROUTES)).map(say)).toEqual([]);
	});

	it('what people see imports only itself and the domain of ours, never the server', () => {
		const ours = from(UI).filter(into('src/'));
		expect(ours.filter(not(into(UI, DOMAIN))).map(say)).toEqual([]);
	});

	it('routes never import the schema nor the driver', () => {
		const forbidden = from(ROUTES).filter((one) => into(SCHEMA)(one) || DRIVER.test(one.target));
		expect(forbidden.map(say)).toEqual([]);
	});

	it('nothing but a route imports what stands beside a route', () => {
		const intoRoutes = imports.filter(into(ROUTES));
		expect(intoRoutes.filter(({ file }) => !file.startsWith(ROUTES)).map(say)).toEqual([]);
	});

	it('no modules import each other in a circle, types aside', () => {
		expect(findCircles()).toEqual([]);
	});
});

describe('the few places that touch the outside', () => {
	it('only the database folder imports the driver, and what a person runs as the owner', () => {
		const exceptions = [
			'src/commands/database.ts',
			'src/commands/prepare-database.ts',
			`${SERVER}demonstration/load-demonstration.ts`,
			`${SERVER}ledger/verify-books.ts`
		];
		const users = imports.filter(({ target, erased }) => /^pg(\/|$)/.test(target) && !erased);
		const others = users.filter(({ file }) => !file.startsWith(`${SERVER}db/`));
		expect(others.filter(({ file }) => !exceptions.includes(file)).map(say)).toEqual([]);
	});

	it('only config.ts reads the environment, apart from what a child process inherits and where one stands', () => {
		const exceptions = [
			'src/commands/read-act.ts',
			'src/lib/server/db/embedded/cluster.ts',
			'src/commands/built-application.ts',
			'src/commands/start.ts'
		];
		const readers = filesWith(/process\.env/).filter((file) => file !== `${SERVER}config.ts`);
		expect(readers.filter((file) => !exceptions.includes(file))).toEqual([]);
	});

	it('only hooks and commands ask what time it is', () => {
		const askers = filesWith(/new Date\(\)|\bDate\.now\b/);
		const allowed = /^src\/(hooks\.server\.ts|commands\/)/;
		expect(askers.filter((file) => !allowed.test(file))).toEqual([]);
	});

	it('only sessions.ts knows Lucia and what it needs', () => {
		const allowed = [`${SERVER}auth/sessions.ts`, `${SERVER}auth/session-adapter.ts`];
		const users = imports.filter(({ target }) => target === 'lucia');
		expect(users.filter(({ file }) => !allowed.includes(file)).map(say)).toEqual([]);
	});

	it('only post-entries.ts writes into the ledger, apart from what loads acts and demonstration', () => {
		// They write entries as they were recorded in the past, which no request may do.
		const loaders = /^src\/lib\/server\/(acts|demonstration)\//;
		const writers = filesWith(
			/\.insert\(\s*entries\s*\)|insert\s+into\s+entries\b|insertRows\(\s*tx,\s*entries\b/i
		);
		expect(writers.filter((file) => !loaders.test(file))).toEqual([
			`${SERVER}ledger/post-entries.ts`
		]);
	});

	it('nothing is imported from the virtual modules that SvelteKit 3 has left behind', () => {
		const gone = /^\$(lib(\/|$)|app\/(stores|environment)$|env\/)/;
		expect(imports.filter(({ specifier }) => gone.test(specifier)).map(say)).toEqual([]);
		expect(filesWith(/import \{[^}]*\bbase\b[^}]*\} from '\$app\/paths'/)).toEqual([]);
	});
});

describe('names', () => {
	it('no folder or file is called after a drawer that collects everything', () => {
		const drawers = /^(utils?|helpers?|common|shared|misc|managers?|services?)$/i;
		const paths = globSync('{src,tests}/**/*').map((path) => path.replaceAll('\\', '/'));
		const words = (path: string) => path.split(/[/.\-_]|(?<=[a-z])(?=[A-Z])/);
		expect(paths.filter((path) => words(path).some((word) => drawers.test(word)))).toEqual([]);
	});

	it('no module only passes on what others export, but the schema', () => {
		const passing = filesWith(/^export (\*|type \{[^}]*\}|\{[^}]*\}) from /m);
		const indexes = modules.map(({ file }) => file).filter((file) => /\/index\.ts$/.test(file));
		expect([...new Set([...passing, ...indexes])]).toEqual([`${SCHEMA}index.ts`]);
	});

	it('what is ours is imported with its extension', () => {
		const ours = imports.filter(({ specifier }) => /^(#lib\/|\.)/.test(specifier));
		const whole = /\.(ts|js|svelte|css|html)(\?\w+)?$|^\.\/\$types$/;
		expect(ours.filter(({ specifier }) => !whole.test(specifier)).map(say)).toEqual([]);
	});

	it('a folder of the server holds queries and verbs, one a file', () => {
		// These are made of other things than a noun’s queries and verbs: connections, requests, answers, reports.
		const workshops =
			/^(acts|api|auth|db|demonstration|evidence|exports|http|imports|jobs|mail|reports|spreadsheets|texts)\//;
		const verbs =
			/^(accept|apply|attach|begin|change|close|count|create|deactivate|detach|discard|end|enter|find|invite|list|load|mark|match|post|read|record|refuse|remove|reopen|return|reverse|save|send|set|sign|submit|verify|withdraw|write)-/;
		const files = modules.map(({ file }) => file).filter((file) => file.startsWith(SERVER));
		const inFolders = files
			.map((file) => file.slice(SERVER.length))
			.filter((file) => file.includes('/'));
		const others = inFolders.filter((file) => !workshops.test(file));
		expect(
			others.filter((file) => basename(file) !== 'queries.ts' && !verbs.test(basename(file)))
		).toEqual([]);
	});
});

describe('the gate', () => {
	const routeIds = globSync('src/routes/**/+{page.svelte,page.ts,page.server.ts,server.ts}')
		.map((file) => dirname(file).replaceAll('\\', '/').slice('src/routes'.length) || '/')
		.filter((routeId, index, all) => all.indexOf(routeId) === index)
		.sort();

	it('knows every address of the application', () => {
		expect(routeIds.filter((routeId) => !Object.hasOwn(GATE, routeId))).toEqual([]);
	});

	it('knows no address that is not there', () => {
		expect(Object.keys(GATE).filter((routeId) => !routeIds.includes(routeId))).toEqual([]);
	});
});

function readModule(path: string): Module {
	const file = path.replaceAll('\\', '/');
	const source = readFileSync(file, 'utf8');
	const statement =
		/^\s*(?:import|export)\s+(type\s)?(?:[\w*{}\s,$]+?\s+from\s+)?['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/gm;
	const found = [...source.matchAll(statement)].map(([, type, fixed, late]) => {
		const specifier = fixed ?? late ?? '';
		return { file, specifier, target: resolveTarget(file, specifier), erased: Boolean(type) };
	});
	return { file, source, imports: found };
}

function resolveTarget(file: string, specifier: string): string {
	if (specifier.startsWith('#lib/')) return `src/lib/${specifier.slice('#lib/'.length)}`;
	if (specifier.startsWith('.')) return join(dirname(file), specifier).replaceAll('\\', '/');
	return specifier;
}

function from(folder: string): Import[] {
	return imports.filter(({ file }) => file.startsWith(folder));
}

function into(...places: string[]): (one: Import) => boolean {
	return ({ target }) => places.some((place) => target === place || target.startsWith(place));
}

function not<Value>(holds: (value: Value) => boolean): (value: Value) => boolean {
	return (value) => !holds(value);
}

function say({ file, specifier }: Import): string {
	return `${file} imports ${specifier}`;
}

function filesWith(pattern: RegExp): string[] {
	return modules.filter(({ source }) => pattern.test(source)).map(({ file }) => file);
}

function findCircles(): string[] {
	const next = new Map(
		modules.map(({ file, imports: own }) => [
			file,
			own.filter(({ erased }) => !erased).map(({ target }) => target)
		])
	);
	const done = new Set<string>();
	const circles: string[] = [];
	const walk = (file: string, path: readonly string[]): void => {
		if (path.includes(file)) {
			circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
			return;
		}
		if (done.has(file)) return;
		for (const target of next.get(file) ?? []) walk(target, [...path, file]);
		done.add(file);
	};
	for (const { file } of modules) walk(file, []);
	return circles;
}
