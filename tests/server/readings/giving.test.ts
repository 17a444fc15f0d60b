import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashPassword } from '#lib/server/auth/password.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { openFileStore } from '#lib/server/evidence/file-store.ts';
import { beginCiting } from '#lib/server/readings/begin-citing.ts';
import { beginFromFile, beginFromText, type Given } from '#lib/server/readings/begin-from-file.ts';
import { findReading } from '#lib/server/readings/queries.ts';
import { setAsideReading } from '#lib/server/readings/set-aside-reading.ts';
import { readGivingPage } from '#lib/server/reports/giving-page.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { openDesk, type Desk } from '../../support/declarations.ts';
import { PASSWORD } from '../../support/people.ts';
import { visit, type Visitor } from '../../support/visitor.ts';
import { docx, odt, paragraph, pdf } from '../texts/documents.ts';

let desk: Desk;
let app: TestApp;
let officer: Visitor;
const folder = mkdtempSync(join(tmpdir(), 'tenu-acts-'));
const store = openFileStore(folder);

beforeAll(async () => {
	desk = await openDesk();
	app = await startApp({ database: desk.database });
	officer = visit(app.origin);
	await desk.owner.query('update users set password_hash = $2 where id = $1', [
		desk.people.officer.actor.id,
		await hashPassword(PASSWORD)
	]);
	await officer.signIn('finances@demo.example');
}, 180_000);
afterAll(async () => {
	await app?.stop();
	await desk?.close();
	rmSync(folder, { recursive: true, force: true });
});

const WORDS =
	'service public habitants quartier chantier énergie mobilité jeunesse culture équipement bailleur jardin patrimoine réseau accueil rivière commerce artisan école crèche sport santé musée tribune pompier archive marché forêt vallée place pont tunnel fontaine lavoir halle théâtre orchestre navette vélo piéton'.split(
		' '
	);

/** An act of its own, by its subject: what is said of it is said of no other. */
function act(subject: string): string {
	let state = [...subject].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 65_521;
	const said = Array.from({ length: 60 }, () => {
		state = (state * 75 + 74) % 65_537;
		return WORDS[state % WORDS.length];
	});
	return `Séance du 17 décembre 2020

OBJET : ${subject}

Considérant ${said.join(' ')},

DÉCIDE
- d’approuver le versement de 15 000 € à l’association pour ${subject} ;
- d’autoriser le Président à signer.`;
}

const give = (name: string, content: Buffer): Promise<Given> =>
	beginFromFile(desk.people.officer, store, { name, stream: Readable.from([content]) });
const begun = (given: Given) => {
	if (given.known) throw new Error('the text is known');
	return given;
};
const read = (id: string) => inTransaction(desk.people.officer, (tx) => findReading(tx, id));
const keptFiles = (): string[] =>
	readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map(({ name }) => name);

describe('an act in a file', () => {
	it.each<[string, () => Buffer | Promise<Buffer>]>([
		['txt', () => Buffer.from(act('la lecture publique'))],
		[
			'docx',
			() =>
				docx(
					act('la rénovation des écoles')
						.split('\n')
						.map((line) => paragraph(line))
						.join('')
				)
		],
		[
			'odt',
			() =>
				odt(
					act('le tramway des faubourgs')
						.split('\n')
						.map((line) => `<text:p>${line}</text:p>`)
						.join('')
				)
		],
		['pdf', () => pdf([(page) => page.text(act('l’accueil des gens du voyage'))])]
	])('is kept as it was given, and read: .%s', async (source, make) => {
		const content = await make();
		const { readingId } = begun(await give(`Acte 4.${source}`, content));
		const reading = await read(readingId);
		expect(reading).toMatchObject({ source, fileName: `Acte 4.${source}`, state: 'open' });
		expect(reading?.text).toContain('15 000 €');
		expect(reading?.text.length).toBeGreaterThan(300);
		expect(reading?.proposals).toBeGreaterThan(0);
		expect(keptFiles()).toContain(reading?.fileDigest);
		const again = await give('un autre nom.bin', content);
		expect(again.known).toMatchObject({ kind: 'reading', id: readingId });
	});

	it('that is refused leaves nothing behind, whoever gives it', async () => {
		const before = keptFiles();
		await expect(give('acte.pdf', Buffer.from('%PDF-1.7 rien'))).rejects.toMatchObject({
			field: 'fichier'
		});
		for (const person of [desk.people.declarant, desk.people.elected, desk.people.admin]) {
			const stream = Readable.from([Buffer.from(act('le budget'))]);
			await expect(beginFromFile(person, store, { name: 'a.txt', stream })).rejects.toMatchObject({
				kind: 'forbidden'
			});
		}
		expect(keptFiles()).toEqual(before);
	});
});

describe('an act that is known', () => {
	it('to the letter is said at once, and is not read twice', async () => {
		const text = act('la médiathèque');
		const { readingId } = begun(await beginFromText(desk.people.officer, text));
		const again = await beginFromText(desk.people.officer, text.replaceAll('\n', '\r\n'));
		expect(again.known).toMatchObject({ kind: 'reading', id: readingId });
		await setAsideReading(desk.people.officer, readingId);
		expect((await beginFromText(desk.people.officer, text)).known).toBeNull();

		const { rows } = await desk.owner.query<{ text: string }>('select text from deliberations');
		const known = await beginFromText(desk.people.officer, rows[0]?.text ?? '');
		expect(known.known).toMatchObject({ kind: 'deliberation', href: '/deliberations/acte' });
	});

	it('by likeness is asked about; one on another subject is not', async () => {
		const { officer: person } = desk.people;
		const first = begun(await beginFromText(person, act('la piscine du Carrousel')));
		const other = begun(await beginFromText(person, act('un jumelage avec la ville de Prague')));
		const second = begun(
			await beginFromText(person, act('la piscine du Carrousel').toUpperCase().replaceAll('É', 'E'))
		);
		expect([other.isAlike, second.isAlike]).toEqual([false, true]);
		const page = await readGivingPage(person, second.readingId);
		expect(page.given?.alike.map(({ id }) => id)).toEqual([first.readingId]);
		expect(page.open.map(({ id }) => id)).toContain(other.readingId);
	});
});

describe('an act opened again to cite more of it', () => {
	it('is read in its very text, once at a time, without what it says of itself, and never changes', async () => {
		const { officer: person } = desk.people;
		const id = await beginCiting(person, 'acte');
		expect(await beginCiting(person, desk.deliberationId)).toBe(id);
		await setAsideReading(person, id);
		const atOnce = [1, 2, 3].map(() => beginCiting(person, 'acte'));
		const [again = '', ...others] = await Promise.all(atOnce);
		expect(others).toEqual([again, again]);
		const reading = await read(again);
		expect(reading).toMatchObject({ deliberationId: desk.deliberationId, source: 'paste' });
		const { rows } = await desk.owner.query<{ text: string; steps: string[] }>(
			`select d.text, array(select distinct step from reading_proposals where reading_id = $1) as steps
			from deliberations d where d.id = $2`,
			[again, desk.deliberationId]
		);
		expect(reading?.text).toBe(rows[0]?.text);
		for (const step of ['identity', 'attendance', 'vote'])
			expect(rows[0]?.steps).not.toContain(step);
		await expect(beginCiting(desk.people.elected, 'acte')).rejects.toMatchObject({
			kind: 'forbidden'
		});
	});

	it('proposes nothing that is cited already', async () => {
		const { officer: person } = desk.people;
		const text = act('la patinoire');
		const { rows } = await desk.owner.query<{ id: string }>(
			`insert into deliberations (slug, authority_id, sitting_on, title, text, text_digest, entered_by)
			values ('patinoire', $1, '2020-12-17', 'La patinoire', $2::text, encode(sha256(convert_to($2::text, 'UTF8')), 'hex'), $3)
			returning id`,
			[desk.organisationId, text, person.actor.id]
		);
		const amounts = async (readingId: string) =>
			(
				await desk.owner.query(
					"select from reading_proposals where reading_id = $1 and role = 'amount'",
					[readingId]
				)
			).rowCount;
		const before = await beginCiting(person, 'patinoire');
		expect(await amounts(before)).toBe(1);
		await setAsideReading(person, before);
		const start = text.indexOf('15 000 €');
		await desk.owner.query(
			`insert into citations (deliberation_id, start_offset, end_offset, quote, kind, section, amount_cents, precision_cents)
			values ($1, $2, $3, '15 000 €', 'amount', 'decision', 1500000, 0)`,
			[rows[0]?.id, start, start + '15 000 €'.length]
		);
		expect(await amounts(await beginCiting(person, 'patinoire'))).toBe(0);
	});
});

describe('the page on which an act is given', () => {
	const post = (body: FormData, action = 'donner') =>
		officer.open(`/deliberations/nouvelle?/${action}`, {
			method: 'POST',
			body,
			headers: { origin: app.origin, accept: 'text/html' }
		});
	const form = (text: string, ...files: [string, Buffer][]): FormData => {
		const body = new FormData();
		body.append('texte', text);
		for (const [name, content] of files) {
			body.append('fichier', new File([new Uint8Array(content)], name));
		}
		return body;
	};

	it('leads to the reading, whose file is saved under its name and never shown', async () => {
		const content = docx(
			act('les jardins partagés')
				.split('\n')
				.map((line) => paragraph(line))
				.join('')
		);
		const answer = await post(form('', ['../../Délib "n° 4".hta', content]));
		expect(answer.status).toBe(303);
		const address = answer.headers.get('location') ?? '';
		expect(address).toMatch(/^\/deliberations\/lectures\/[0-9a-f-]{36}$/);
		const file = await officer.open(`${address}/original`);
		expect(Buffer.from(await file.arrayBuffer()).equals(content)).toBe(true);
		expect(file.headers.get('content-disposition')).toMatch(/^attachment; .*\.hta\.docx/);
		expect(file.headers.get('x-content-type-options')).toBe('nosniff');
	});

	it('keeps what was typed where it is refused, and shows a script as text', async () => {
		const typed = `${act('la voirie')} <script>alert(1)</script>`;
		const both = await post(form(typed, ['acte.txt', Buffer.from('Un acte')]));
		expect(both.status).toBe(400);
		const page = await both.text();
		expect(page).toContain('gardez l’un des deux');
		expect(page).toContain('&lt;script>alert(1)&lt;/script>');
		expect(page).not.toContain('<script>alert(1)');
		for (const [files, expected] of [
			[[], 'Collez le texte'],
			[[['acte.docx', Buffer.from('PK\x03\x04 rien')]], 'abîmé']
		] as [[string, Buffer][], string][]) {
			const answer = await post(form('', ...files));
			expect([answer.status, (await answer.text()).includes(expected)]).toEqual([400, true]);
		}
	});

	it('refuses a text of more than two million letters, and a file of more than 20 Mo', async () => {
		const long = await post(form('mot '.repeat(600_000)));
		expect([long.status, (await long.text()).includes('sans ses annexes')]).toEqual([400, true]);
		const large = await post(form('', ['acte.pdf', Buffer.alloc(20 * 1024 * 1024 + 1)]));
		expect(large.status).toBe(413);
	});

	it('sets a reading aside, and leads nowhere but to our acts', async () => {
		const { readingId } = begun(
			await beginFromText(desk.people.officer, act('le réseau de chaleur'))
		);
		const body = (connu: string) => {
			const data = new FormData();
			data.append('lecture', readingId);
			data.append('connu', connu);
			return data;
		};
		const known = await post(body('/deliberations/acte'), 'ecarter');
		expect(known.headers.get('location')).toBe('/deliberations/acte');
		const elsewhere = await post(body('//ailleurs.example'), 'ecarter');
		expect(elsewhere.headers.get('location')).toBe('/deliberations/nouvelle?ecartee');
		expect((await read(readingId))?.state).toBe('set_aside');
	});
});
