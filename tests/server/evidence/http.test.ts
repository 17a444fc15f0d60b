import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LARGEST_EVIDENCE_BYTES } from '#lib/domain/evidence.ts';
import { DEMONSTRATION_PASSWORD } from '#lib/server/demonstration/accounts.ts';
import { openFileStore } from '#lib/server/evidence/file-store.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { testDatabase, testFilesDir, type TestDatabase } from '../../support/database.ts';
import { ask } from '../../support/people.ts';
import { visit, type Visitor } from '../../support/visitor.ts';
import * as samples from './samples.ts';

/** Two of the organisation that declares, one of another, and the others. */
const EMAILS = {
	partner: 'partenaire@demo.example',
	colleague: 'collegue@demo.example',
	stranger: 'etat@demo.example',
	finance: 'finances@demo.example',
	elected: 'elus@demo.example',
	admin: 'admin@demo.example'
};
type Name = keyof typeof EMAILS | 'nobody';

const NAMES: readonly Name[] = [
	'nobody',
	'partner',
	'colleague',
	'stranger',
	'finance',
	'elected',
	'admin'
];

let test: TestDatabase;
let app: TestApp;
const visitors = {} as Record<Name, Visitor>;
/** A draft of Action Logement, and a declaration of it that was sent, with a file. */
let draft: string;
let sent: { id: string; file: string };

beforeAll(async () => {
	test = await testDatabase({ demonstration: true });
	app = await startApp({ database: test });
	visitors.nobody = visit(app.origin);
	for (const [name, email] of Object.entries(EMAILS)) {
		const visitor = visit(app.origin);
		await visitor.signIn(email, DEMONSTRATION_PASSWORD);
		visitors[name as Name] = visitor;
	}
	const own = `d.organisation_id = (select organisation_id from users where email = '${EMAILS.partner}')`;
	draft = (
		await ask<{ id: string }>(
			test,
			`insert into declarations (envelope_id, organisation_id, period_starts_on, period_ends_on, created_by)
			select e.id, e.partner_id, e.starts_on + 1, e.starts_on + 2, u.id from envelopes e
			join users u on u.email = '${EMAILS.partner}' and u.organisation_id = e.partner_id
			order by e.id limit 1 returning id`
		)
	)[0]?.id as string;
	[sent] = (await ask<{ id: string; file: string }>(
		test,
		`select d.id, f.id as file from declarations d join declaration_files f on f.declaration_id = d.id
		where d.state in ('accepted', 'submitted') and f.removed_at is null and ${own} order by d.number limit 1`
	)) as [{ id: string; file: string }];
}, 180_000);
afterAll(async () => {
	await app?.stop();
	await test?.drop();
});

const page = (id = draft): string => `/declarations/${id}/justificatifs`;

const fileOf = (name: string, content: Buffer): File =>
	new File([new Uint8Array(content)], name, { type: 'application/octet-stream' });

/** Sends a form as a browser does. */
function send(
	visitor: Visitor,
	files: readonly File[],
	{ to = draft, row = '', headers = {} as Record<string, string> } = {}
): Promise<Response> {
	const body = new FormData();
	body.append('ligne', row);
	for (const file of files) body.append('fichier', file);
	return visitor.open(`${page(to)}?/joindre`, {
		method: 'POST',
		body,
		headers: { origin: app.origin, ...headers }
	});
}

const listed = async (): Promise<{ id: string; name: string; digest: string; size: string }[]> =>
	ask(
		test,
		`select id, name, digest, size_bytes as size from declaration_files
		where declaration_id = $1 and removed_at is null order by uploaded_at, name`,
		[draft]
	);

const fileId = async (name: string): Promise<string> =>
	(await listed()).find((file) => file.name === name)?.id ?? '';

const statuses = (address: string, init?: RequestInit): Promise<Record<Name, number>> =>
	Promise.all(
		NAMES.map(async (name) => [name, (await visitors[name].open(address, init)).status] as const)
	).then((entries) => Object.fromEntries(entries) as Record<Name, number>);

describe('a form with files', () => {
	it('attaches several at once, each content once', async () => {
		const files = [fileOf('a.pdf', samples.pdf('a')), fileOf('photo.png', samples.png())];
		const answer = await send(visitors.partner, files);
		expect(answer.status).toBe(303);
		expect(answer.headers.get('location')).toBe(`${page()}?joints=2&deja=0`);
		const again = await send(visitors.colleague, [fileOf('autre-nom.pdf', samples.pdf('a'))]);
		expect(again.headers.get('location')).toBe(`${page()}?joints=0&deja=1`);
		const html = await (await visitors.partner.open(`${page()}?joints=0&deja=1`)).text();
		expect(html).toContain('1 fichier était déjà joint');
		expect((await listed()).map(({ name }) => name).sort()).toEqual(['a.pdf', 'photo.png']);
	});

	it('says which files were refused and why, and keeps the others', async () => {
		const answer = await send(visitors.partner, [
			fileOf('programme.pdf', samples.exe()),
			fileOf('<img src=x onerror=alert(1)>.html', Buffer.from('<script>1</script>')),
			fileOf('bon.pdf', samples.pdf('bon'))
		]);
		expect(answer.status).toBe(400);
		const html = await answer.text();
		expect(html).toContain('2 erreurs sont à corriger');
		expect(html).toContain('est un programme, quel que soit son nom');
		expect(html).not.toContain('<img src=x');
		expect(html).toContain('1 fichier est joint');
		expect(await fileId('bon.pdf')).not.toBe('');
	});

	it('without a file is told to choose one', async () => {
		for (const files of [[], [new File([], '')]]) {
			const answer = await send(visitors.partner, files);
			expect(answer.status).toBe(400);
			expect(await answer.text()).toContain('Choisissez au moins un fichier');
		}
	});

	it('takes 20 Mo exactly, and refuses one byte more with both sizes', async () => {
		const content = Buffer.concat([samples.pdf(), randomBytes(LARGEST_EVIDENCE_BYTES)]);
		const exact = content.subarray(0, LARGEST_EVIDENCE_BYTES);
		const over = content.subarray(0, LARGEST_EVIDENCE_BYTES + 1);
		expect((await send(visitors.partner, [fileOf('juste.pdf', exact)])).status).toBe(303);
		const answer = await send(visitors.partner, [
			fileOf('trop.pdf', over),
			fileOf('apres.pdf', samples.pdf('après'))
		]);
		expect(answer.status).toBe(413);
		expect(await answer.text()).toMatch(
			/trop\.pdf.*un peu plus de 20.Mo, et un fichier fait 20.Mo/s
		);
		const files = await listed();
		expect(files.find(({ name }) => name === 'juste.pdf')).toMatchObject({
			size: String(LARGEST_EVIDENCE_BYTES),
			digest: createHash('sha256').update(exact).digest('hex')
		});
		expect(files.map(({ name }) => name)).toContain('apres.pdf');
		expect(files.map(({ name }) => name)).not.toContain('trop.pdf');
	});

	it('answers a script in the form that it reads', async () => {
		const headers = { accept: 'application/json', 'x-sveltekit-action': 'true' };
		const good = await send(visitors.partner, [fileOf('script.pdf', samples.pdf('s'))], {
			headers
		});
		expect(await good.json()).toMatchObject({
			type: 'redirect',
			location: expect.stringMatching(/joints=1/)
		});
		const bad = await send(visitors.partner, [fileOf('x.pdf', samples.exe())], { headers });
		expect(await bad.json()).toMatchObject({ type: 'failure', status: 400 });
		const out = await send(visitors.nobody, [fileOf('x.pdf', samples.pdf())], { headers });
		expect(await out.json()).toMatchObject({
			type: 'redirect',
			location: expect.stringMatching(/^\/connexion/)
		});
	});

	it('never holds a file in memory: 200 Mo in one form', async () => {
		const before = peakMemoryKb(app.pid);
		const files = Array.from({ length: 10 }, (_, index) => {
			const content = Buffer.alloc(LARGEST_EVIDENCE_BYTES, index + 1);
			samples.pdf().copy(content);
			return fileOf(`gros-${index}.pdf`, content);
		});
		const answer = await send(visitors.partner, files);
		expect(answer.headers.get('location')).toBe(`${page()}?joints=10&deja=0`);
		expect(peakMemoryKb(app.pid) - before).toBeLessThan(120_000);
	}, 60_000);

	it('of which the connection breaks at any moment leaves nothing, and the application goes on', async () => {
		for (let tries = 0; tries < 30; tries++) await breakOff(5 * tries);
		expect(await fileId('coupe.pdf')).toBe('');
		expect((await visitors.partner.open(page())).status).toBe(200);
		expect(app.output()).not.toMatch(/unhandled|uncaught/i);
	}, 30_000);
});

/** Begins to send a file, and hangs up after so long. */
async function breakOff(afterMs: number): Promise<void> {
	const controller = new AbortController();
	const endless = new ReadableStream<Uint8Array>({
		start(stream) {
			const head =
				'--x\r\nContent-Disposition: form-data; name="fichier"; filename="coupe.pdf"\r\n\r\n%PDF-1.4';
			stream.enqueue(new TextEncoder().encode(head));
			setTimeout(() => controller.abort(), afterMs);
		}
	});
	const broken = visitors.partner.open(`${page()}?/joindre`, {
		method: 'POST',
		body: endless,
		signal: controller.signal,
		headers: { origin: app.origin, 'content-type': 'multipart/form-data; boundary=x' },
		duplex: 'half'
	} as RequestInit);
	await expect(broken).rejects.toThrow();
}

describe('a file', () => {
	it('is saved as it was given, never shown and never kept by a cache', async () => {
		const content = samples.pdf('à lire');
		const name = 'Facture n° 4 “été” (€); x="1".pdf';
		await send(visitors.partner, [fileOf(name, content)]);
		const [row] = await ask<{ id: string; name: string }>(
			test,
			'select id, name from declaration_files where digest = $1',
			[createHash('sha256').update(content).digest('hex')]
		);
		const address = `/declarations/${draft}/fichiers/${row?.id}`;
		const answer = await visitors.partner.open(address);
		expect(answer.status).toBe(200);
		expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true);
		const headers = Object.fromEntries(answer.headers);
		expect(headers).toMatchObject({
			'content-type': 'application/pdf',
			'content-length': String(content.length),
			'cache-control': 'private, no-store',
			'content-security-policy': "sandbox; default-src 'none'",
			'x-content-type-options': 'nosniff',
			'x-frame-options': 'DENY'
		});
		const disposition = headers['content-disposition'] ?? '';
		expect(disposition).toMatch(
			/^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''[\w%.-]+$/
		);
		const given = decodeURIComponent(/UTF-8''(.+)$/.exec(disposition)?.[1] ?? '');
		expect(given).toBe(row?.name);
		const head = await visitors.partner.open(address, { method: 'HEAD' });
		expect([head.status, head.headers.get('content-length')]).toEqual([
			200,
			String(content.length)
		]);
		expect(await head.text()).toBe('');
	});

	it('may be broken off while it is saved, and nobody else notices', async () => {
		const address = `/declarations/${draft}/fichiers/${await fileId('juste.pdf')}`;
		for (let tries = 0; tries < 10; tries++) {
			const controller = new AbortController();
			const answer = await visitors.partner.open(address, { signal: controller.signal });
			expect(answer.status).toBe(200);
			await answer.body?.getReader().read();
			controller.abort();
		}
		const whole = await visitors.colleague.open(address);
		expect((await whole.arrayBuffer()).byteLength).toBe(LARGEST_EVIDENCE_BYTES);
		expect(app.output()).not.toMatch(/unhandled|uncaught|"level":50/i);
	});

	it('that was not restored with the database is said to be missing, in a sentence', async () => {
		const content = samples.pdf('perdu');
		await send(visitors.partner, [fileOf('perdu.pdf', content)]);
		await rm(
			openFileStore(testFilesDir()).pathOf(createHash('sha256').update(content).digest('hex'))
		);
		const address = `/declarations/${draft}/fichiers/${await fileId('perdu.pdf')}`;
		const answer = await visitors.partner.open(address);
		expect(answer.status).toBe(503);
		expect(await answer.text()).toContain('Le contenu de ce fichier manque sur le serveur');
		// What it logs comes by another way than what it answers.
		await expect.poll(() => app.output()).toContain('the content of a file is missing');
	});

	it('is not found once it was taken off', async () => {
		await send(visitors.partner, [fileOf('retire.pdf', samples.pdf('retire'))]);
		const id = await fileId('retire.pdf');
		const address = `/declarations/${draft}/fichiers/${id}`;
		expect((await visitors.partner.open(address)).status).toBe(200);
		const answer = await visitors.colleague.submit(`${page()}?/retirer`, { fichier: id });
		expect(answer.status).toBe(303);
		expect((await visitors.partner.open(address)).status).toBe(404);
		const again = await visitors.partner.submit(`${page()}?/retirer`, { fichier: id });
		expect(again.status).toBe(404);
	});
});

/** Read it as a page of rules. */
describe('who may do what to whose evidence', () => {
	it('a draft is of its organisation alone', async () => {
		await send(visitors.partner, [fileOf('regles.pdf', samples.pdf('règles'))]);
		const id = await fileId('regles.pdf');
		const draftIs = { nobody: 303, partner: 200, colleague: 200, stranger: 404, admin: 404 };
		expect(await statuses(`/declarations/${draft}/fichiers/${id}`)).toEqual({
			...draftIs,
			finance: 404,
			elected: 403
		});
		expect(await statuses(page())).toEqual({ ...draftIs, finance: 403, elected: 403, admin: 403 });
	});

	it('what was sent is read by finance and administrators too, and changed by nobody', async () => {
		expect(await statuses(`/declarations/${sent.id}/fichiers/${sent.file}`)).toEqual({
			nobody: 303,
			partner: 200,
			colleague: 200,
			stranger: 404,
			finance: 200,
			elected: 403,
			admin: 200
		});
		expect((await visitors.partner.open(page(sent.id))).status).toBe(303);
		const statusesOf = async (visitor: Visitor) => [
			(await send(visitor, [fileOf('x.pdf', samples.pdf())], { to: sent.id })).status,
			(await visitor.submit(`${page(sent.id)}?/retirer`, { fichier: sent.file })).status
		];
		// A page that has nothing to change leads to the declaration.
		expect(await statusesOf(visitors.partner)).toEqual([303, 303]);
		expect(await statusesOf(visitors.stranger)).toEqual([404, 404]);
		expect(await statusesOf(visitors.finance)).toEqual([403, 403]);
		const headers = { accept: 'application/json', 'x-sveltekit-action': 'true' };
		const told = await send(visitors.partner, [fileOf('x.pdf', samples.pdf())], {
			to: sent.id,
			headers
		});
		expect(await told.json()).toMatchObject({ type: 'failure', status: 409 });
	});

	it('nobody adds to, takes from or reads the draft of another organisation', async () => {
		const before = await listed();
		for (const name of ['stranger', 'finance', 'elected', 'admin', 'nobody'] as const) {
			const visitor = visitors[name];
			const expected = name === 'nobody' ? 303 : name === 'stranger' ? 404 : 403;
			const added = await send(visitor, [fileOf('intrus.pdf', samples.pdf('intrus'))]);
			expect(added.status, name).toBe(expected);
			const removed = await visitor.submit(`${page()}?/retirer`, { fichier: before[0]?.id ?? '' });
			expect(removed.status, name).toBe(expected);
		}
		expect(await listed()).toEqual(before);
		const digest = createHash('sha256').update(samples.pdf('intrus')).digest('hex');
		const rows = await ask(test, 'select from declaration_files where digest = $1', [digest]);
		expect(rows).toHaveLength(0);
	});

	it('an address that was guessed is not found', async () => {
		for (const id of ['x', '%00', '..%2F..%2Fetc', "'%20or%201=1", sent.id]) {
			const answer = await visitors.partner.open(`/declarations/${draft}/fichiers/${id}`);
			expect([400, 404], id).toContain(answer.status);
		}
		const swapped = `/declarations/${draft}/fichiers/${sent.file}`;
		expect((await visitors.partner.open(swapped)).status).toBe(404);
	});
});

function peakMemoryKb(pid: number): number {
	return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}
