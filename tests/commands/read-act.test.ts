import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT } from '../support/step.ts';

const TEXTS = join(PROJECT, 'src/lib/server/acts/texts');
const FIRST = '2020-12-17-action-logement.txt';
const SECOND = '2021-09-30-logement-d-abord.txt';

let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'act-'));
});

afterAll(() => rm(folder, { recursive: true }));

type Ended = { code: number; stdout: string; stderr: string };

/** Runs `npm run act:read` as npm does, called from a folder. */
function readAct(from: string, ...files: string[]): Promise<Ended> {
	return new Promise((done) => {
		execFile(
			process.execPath,
			['--import', './src/commands/require-node-24.js', 'src/commands/read-act.ts', ...files],
			{
				cwd: PROJECT,
				env: { PATH: process.env.PATH, INIT_CWD: from },
				maxBuffer: 100_000_000
			},
			(error, stdout, stderr) => done({ code: Number(error?.code ?? 0), stdout, stderr })
		);
	});
}

async function read(content: string | Uint8Array) {
	await writeFile(join(folder, 'acte.txt'), content);
	const { code, stdout, stderr } = await readAct(folder, 'acte.txt');
	expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
	return JSON.parse(stdout);
}

/** The names that others rely on, in the order in which they were promised. */
const NAMES = [
	...['authority', 'number', 'sitting', 'convened', 'president', 'secretary', 'theme', 'title'],
	...['attendance', 'vote', 'decisions', 'amounts', 'counts', 'percentages', 'lost', 'checks']
];

const NOTHING = {
	authority: null,
	number: null,
	sitting: null,
	convened: null,
	president: null,
	secretary: null,
	theme: null,
	title: null,
	attendance: {
		in_office: null,
		present: null,
		represented: null,
		proxies: null,
		absent: null,
		voting: null
	},
	vote: null,
	decisions: [],
	amounts: [],
	counts: [],
	percentages: [],
	lost: [],
	checks: []
};

describe('npm run act:read', () => {
	it.each([
		[FIRST, '2020-12-17', 74, 2, '3000000000'],
		[SECOND, '2021-09-30', 75, 3, '49400000']
	])('prints what it reads in %s', async (file, sitting, present, decisions, amount) => {
		const { code, stdout } = await readAct(TEXTS, file);
		const json = JSON.parse(stdout);
		expect(code).toBe(0);
		expect(Object.keys(json)).toEqual(expect.arrayContaining(NAMES));
		expect(json).toMatchObject({
			sitting,
			attendance: { in_office: 86, present, represented: null },
			vote: { for: 83, against: 0, abstention: 0, not_voting: 0, implied: false }
		});
		expect(json.decisions).toHaveLength(decisions);
		expect(json.amounts.map(({ cents }: { cents: string }) => cents)).toContain(amount);
	});

	it('reads as much from older encodings and behind a mark of Unicode', async () => {
		const text = await readFile(join(TEXTS, SECOND), 'utf8');
		const expected = await read(text);
		expect(await read(`\uFEFF${text}`)).toEqual(expected);
		expect(await read(Buffer.from(`\uFEFF${text}`, 'utf16le'))).toEqual(expected);
		const older = text.replaceAll('\u0153', 'oe').replaceAll(/[^\n -\u00FF]/gu, '-');
		expect((await read(Buffer.from(older, 'latin1'))).title).toContain('accéléré');
	});

	it.each<[string, string | Uint8Array]>([
		['nothing', ''],
		['a shopping list', '- 2 baguettes\n- 3 yaourts nature\n- du lait\n'],
		['a picture', Uint8Array.from({ length: 20_000 }, (_, place) => (place * 7919) % 256)]
	])('answers with nulls and empty lists to %s', async (_what, content) => {
		expect(await read(content)).toMatchObject(NOTHING);
	});

	it('says in a sentence why a file does not open, and ends with 1', async () => {
		const missing = await readAct(folder, 'absent.txt');
		expect(missing).toEqual({
			code: 1,
			stdout: '',
			stderr: '«\u00A0absent.txt\u00A0» ne s’ouvre pas\u00A0: ce fichier n’existe pas.\n'
		});
		expect((await readAct(folder, '.')).stderr).toContain('c’est un dossier');
		expect(await readAct(folder)).toMatchObject({ code: 1, stdout: '' });
	});

	it('reads five megabytes, start and all, without its time blowing up', async () => {
		const text = await readFile(join(TEXTS, FIRST), 'utf8');
		const start = performance.now();
		await read(text.repeat(Math.ceil(5_000_000 / text.length)));
		// It takes two seconds: this is for a machine on which ten things run at once.
		expect(performance.now() - start).toBeLessThan(25_000);
	});
});
