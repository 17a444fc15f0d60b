import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDeliberationQuery } from '#lib/domain/deliberation-query.ts';
import { writeScdl } from '#lib/server/exports/write-scdl.ts';
import { setPublication } from '#lib/server/deliberations/set-publication.ts';
import type { Publication, SeenPublication } from '#lib/forms/publication.ts';
import { readDeliberationList } from '#lib/server/reports/deliberation-list.ts';
import {
	readPublicationList,
	readPublicationPage,
	readScdlLines
} from '#lib/server/reports/publication-list.ts';
import { openDesk, type Desk } from '../../support/declarations.ts';

let desk: Desk;

/** Name, day, theme and text of acts; the books of the desk hold one more, « acte ». */
const ACTS: [string, string, string | null, string][] = [
	[
		'habitat',
		'2021-03-25',
		'Habitat',
		'Approbation de la convention : l’été, 236 000 € pour l’hébergement d’œuvres sociales.'
	],
	[
		'voirie',
		'2021-03-25',
		'Voirie',
		'Réfection de la chaussée de la rue d’York. Convention avec le département, 494\u202f000\u00a0€.'
	],
	[
		'budget',
		'2022-06-30',
		null,
		'Le budget supplémentaire est approuvé à l’unanimité : 494\u00a0000 € par an.'
	]
];

beforeAll(async () => {
	desk = await openDesk();
	for (const [slug, sitting, theme, text] of ACTS) {
		await desk.owner.query(
			`insert into deliberations (slug, authority_id, sitting_on, theme, title, text, text_digest, entered_by)
			values ($1, $2, $3, $4, $5, $6::text, encode(sha256(convert_to($6::text, 'UTF8')), 'hex'), $7)`,
			[
				slug,
				desk.organisationId,
				sitting,
				theme,
				`Acte ${slug}`,
				text,
				desk.people.officer.actor.id
			]
		);
	}
});
afterAll(() => desk.close());

const read = (search: string, person = desk.people.officer) =>
	readDeliberationList(person, parseDeliberationQuery(new URLSearchParams(search)).query);
const found = async (search: string) =>
	(await read(search)).deliberations.map(({ slug }) => slug).join(' ');

describe('the list of acts', () => {
	it.each([
		['nothing asked: the latest sitting first', '', 'budget habitat voirie acte'],
		['a word, in another form', 'q=approuver', 'budget'],
		['a word without its accents', 'q=refection', 'voirie'],
		['a word in capitals with accents', 'q=HÉBERGEMENT', 'habitat'],
		['a word behind an apostrophe', 'q=york', 'voirie'],
		['a word with œ, typed as two letters', 'q=oeuvres', 'habitat'],
		['a figure as it is typed', 'q=494+000', 'budget voirie'],
		['a figure as it is shown', 'q=494\u202f000', 'budget voirie'],
		['a figure with its unit', 'q=«+494\u00a0000\u00a0€+»', 'budget voirie'],
		['two words, both of which must be there', 'q=convention+departement', 'voirie'],
		['one word or another', 'q=budget+or+voirie', 'budget voirie'],
		['a word that must not be there', 'q=convention+-rue', 'habitat'],
		['words in guillemets, to the letter', 'q=«+budget+supplémentaire+»', 'budget'],
		['words that stand nowhere', 'q=tramway', ''],
		['what is no search at all', "q='):*&|!((", ''],
		['days', 'du=2021-01-01&jusquau=2021-12-31', 'habitat voirie'],
		['a theme', 'theme=Voirie', 'voirie'],
		['a programme', 'programme=programme', 'acte'],
		['all of it together', 'q=convention&theme=Habitat&du=2021-03-25', 'habitat'],
		['what comes after', 'apres=2021-03-25.habitat', 'voirie acte']
	])('%s', async (_, search, expected) => expect(await found(search)).toBe(expected));

	it('counts all that was found, whatever the page, and shows the words around it', async () => {
		const list = await read('q=convention&apres=2021-03-25.habitat');
		expect(list.count).toBe(2);
		expect(list.deliberations[0]?.excerpt).toContainEqual({ text: 'Convention', isMatch: true });
		expect(list.themes).toEqual(['Habitat', 'Voirie']);
	});

	it('is searched by partners and elected officials too', async () => {
		for (const person of [desk.people.elected, desk.people.declarant, desk.people.admin]) {
			expect((await read('q=hebergement', person)).count).toBe(1);
		}
	});
});

describe('the publication of acts', () => {
	const GIVEN = {
		siret: '24210041000016',
		number: '2021-31; "bis"',
		matterCode: '8.5',
		matterName: 'Habitat, logement',
		prefectureId: 'PREF021',
		prefectureOn: null,
		budgetYear: null,
		budgetName: null,
		url: null
	};
	const NOTHING: SeenPublication = { at: null, siret: null, withoutSiret: false };

	/** What the page of an act shows when it is opened. */
	async function see(key: string): Promise<SeenPublication> {
		const shown = await readPublicationPage(desk.people.officer, key);
		return { at: shown!.act.givenAt, siret: shown!.act.siret, withoutSiret: false };
	}
	const give = async (key: string, given: Publication) =>
		setPublication(desk.people.officer, key, given, await see(key));

	it('says of each act what is missing, and takes into the file those that lack nothing', async () => {
		const { officer } = desk.people;
		const before = await readPublicationList(officer);
		expect(before.map(({ problems }) => problems.map(({ column }) => column).join(' '))).toEqual(
			before.map(() => 'COLL_SIRET DELIB_ID DELIB_MATIERE_CODE')
		);
		expect(writeScdl(await readScdlLines(officer)).split('\r\n')).toHaveLength(2);

		await give('habitat', GIVEN);
		const after = await readPublicationList(officer);
		// The SIRET is that of the authority, and counts for all of its acts.
		expect(after.map(({ slug, problems }) => `${slug} ${problems.length}`)).toEqual([
			'budget 2',
			'habitat 0',
			'voirie 2',
			'acte 2'
		]);
		const [, line] = writeScdl(await readScdlLines(officer)).split('\r\n');
		expect(line).toBe(
			'Métropole,24210041000016,"2021-31; ""bis""",2021-03-25,8.5,"Habitat, logement",Acte habitat,,,PREF021,,,,,,,'
		);
	});

	it('is given again, leaves the act as it is, and is told in the journal', async () => {
		await give('habitat', { ...GIVEN, number: '2021-32' });
		const { rows } = await desk.owner.query(
			`select d.number, p.number as given, (select count(*)::int from audit_events where action = 'set_publication') as told
			from deliberations d join deliberation_publications p on p.deliberation_id = d.id`
		);
		expect(rows).toEqual([{ number: null, given: '2021-32', told: 2 }]);
	});

	it('is not written over unaware: who comes second is told what stands there', async () => {
		const { officer } = desk.people;
		const opened = await see('voirie');
		const [first, second] = await Promise.allSettled([
			setPublication(officer, 'voirie', { ...GIVEN, number: 'V-1' }, opened),
			setPublication(officer, 'voirie', { ...GIVEN, number: 'V-2' }, opened)
		]);
		const refused = [first, second].filter((one) => one.status === 'rejected');
		expect(refused).toHaveLength(1);
		expect(refused[0]?.reason).toMatchObject({ kind: 'conflict' });
		expect(String(refused[0]?.reason)).toMatch(/a changé cette publication .* numéro «\sV-[12]\s»/);
		await give('voirie', { ...GIVEN, number: 'V-3' });
	});

	it('leaves a SIRET that somebody else gives meanwhile for another act', async () => {
		const { officer } = desk.people;
		const siret = async () => (await see('habitat')).siret;
		const opened = await see('budget');
		await desk.owner.query(
			"update organisations set siret = '73282932000074' where siret is not null"
		);
		await setPublication(officer, 'budget', GIVEN, opened);
		expect(await siret()).toBe('73282932000074');
		await expect(
			setPublication(
				officer,
				'habitat',
				{ ...GIVEN, siret: null },
				{ ...(await see('habitat')), siret: opened.siret, withoutSiret: true }
			)
		).rejects.toMatchObject({ kind: 'conflict' });
		await give('budget', GIVEN);
		expect(await siret()).toBe(GIVEN.siret);
	});

	it('takes the SIRET from all acts only where that is said', async () => {
		const { officer } = desk.people;
		const without = { ...GIVEN, siret: null };
		await expect(give('habitat', without)).rejects.toMatchObject({ field: 'siret' });
		expect((await see('habitat')).siret).toBe(GIVEN.siret);
		await setPublication(officer, 'habitat', without, {
			...(await see('habitat')),
			withoutSiret: true
		});
		expect((await see('budget')).siret).toBeNull();
		await give('habitat', GIVEN);
	});

	it('is for finance alone, and refuses a SIRET of somebody else', async () => {
		for (const person of [desk.people.elected, desk.people.declarant, desk.people.admin]) {
			await expect(setPublication(person, 'habitat', GIVEN, NOTHING)).rejects.toMatchObject({
				kind: 'forbidden'
			});
		}
		await desk.owner.query("update organisations set siren = '242100410' where name = 'Métropole'");
		await expect(give('habitat', { ...GIVEN, siret: '73282932000074' })).rejects.toMatchObject({
			field: 'siret'
		});
		await expect(
			setPublication(desk.people.officer, 'nulle-part', GIVEN, NOTHING)
		).rejects.toMatchObject({
			kind: 'not-found'
		});
	});
});

/** Last of all: what is entered stays. */
describe('long acts', () => {
	it('are searched to their last word, and entered whatever their length', async () => {
		const text = (words: number) =>
			Array.from({ length: words }, (_, index) => `m${(index * 7919).toString(36)}`).join(' ');
		const enter = async (slug: string, content: string) =>
			desk.owner.query(
				`insert into deliberations (slug, authority_id, sitting_on, title, text, text_digest, entered_by)
				values ($1, $2, '1999-01-01', $1, $3::text, encode(sha256(convert_to($3::text, 'UTF8')), 'hex'), $4)`,
				[slug, desk.organisationId, content, desk.people.officer.actor.id]
			);
		await enter('longue', `${'La métropole approuve la convention. '.repeat(30_000)}Tramway`);
		await enter('foisonnante', `Funiculaire ${text(130_000)}`);
		expect(await found('q=tramway')).toBe('longue');
		expect(await found('q=funiculaire')).toBe('foisonnante');
	});
});
