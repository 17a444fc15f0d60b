import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seenAs, spanNow, valueNow, type DeskProposal } from '#lib/domain/act/desk/desk.ts';
import type { ProposalValue } from '#lib/domain/act/desk/proposal.ts';
import { ROLES, type Role } from '#lib/domain/role.ts';
import type { Context } from '#lib/server/context.ts';
import type { Database } from '#lib/server/db/client.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { acceptProposals } from '#lib/server/readings/accept-proposals.ts';
import { changeProposal } from '#lib/server/readings/change-proposal.ts';
import { listProposals } from '#lib/server/readings/list-proposals.ts';
import { markPassage } from '#lib/server/readings/mark-passage.ts';
import { refuseProposal } from '#lib/server/readings/refuse-proposal.ts';
import { withdrawDecisions } from '#lib/server/readings/withdraw-decisions.ts';
import { readDesk } from '#lib/server/reports/reading-desk.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { addPerson, ask, openAsApplication } from '../../support/people.ts';
import { plantReading, type PlantedReading } from '../../support/readings.ts';

const TEXT = `Séance du 17 décembre 2020, convocation du 11 décembre 2020.
Vu la délibération du 30 mars 2017, l’État verse 494 000 € par an, soit 988 000 € en deux ans 😀.
**LE CONSEIL, APRÈS EN AVOIR DÉLIBÉRÉ, DÉCIDE :**
- **d’approuver** le versement de 15,2 M€ pour 2020-2022 et 52 % des dépenses.`;

const PER_YEAR: ProposalValue = {
	type: 'amount',
	cents: '49400000',
	precisionCents: '50',
	kind: 'amount',
	per: 'year',
	formula: null
};
const DERIVED: ProposalValue = {
	...PER_YEAR,
	cents: '98800000',
	per: null,
	kind: 'derived',
	formula: '494 000 € × 2 années'
};

let test: TestDatabase;
let db: Database;
let alice: Context;
let bruno: Context;
let reading: PlantedReading;

beforeAll(async () => {
	test = await testDatabase();
	db = openAsApplication(test);
	const [one, two] = [
		await addPerson(test, 'alice@demo.example'),
		await addPerson(test, 'bruno@demo.example')
	];
	alice = contextOf(one, 'finance', 'Alice');
	bruno = contextOf(two, 'finance', 'Bruno');
}, 60_000);

afterAll(async () => {
	await db?.close();
	await test?.drop();
});

beforeEach(async () => {
	reading = await plantReading(
		test,
		TEXT,
		[
			{
				key: 'sitting',
				role: 'sitting',
				quote: '17 décembre 2020',
				choice: null,
				section: 'header'
			},
			{ key: 'other', role: 'sitting', quote: '30 mars 2017', choice: null, section: 'header' },
			{ key: 'convened', role: 'convened', quote: '11 décembre 2020', choice: null },
			{ key: 'yearly', role: 'amount', quote: '494 000 €', value: PER_YEAR, choice: null },
			{ key: 'total', role: 'amount', quote: '988 000 €', value: DERIVED, choice: null },
			{ key: 'promised', role: 'amount', quote: '15,2 M€', choice: null, section: 'decision' }
		],
		{ by: alice.actor.id }
	);
});

const contextOf = (id: string, role: Role, name: string): Context => ({
	db,
	actor: { id, role, name, organisationId: null, organisationName: null },
	at: new Date('2026-11-22T10:00:00Z')
});

const list = (): Promise<DeskProposal[]> =>
	inTransaction(alice, (tx) => listProposals(tx, reading.id));

async function find(name: string): Promise<DeskProposal> {
	const found = (await list()).find(({ id }) => id === reading.key(name));
	if (!found) throw new Error(`no proposal ${name}`);
	return found;
}

async function asked(...names: string[]): Promise<{ id: string; seen: string }[]> {
	const proposals = await list();
	return names.map((name) => {
		const found = proposals.find(({ id }) => id === reading.key(name));
		return { id: reading.key(name), seen: found ? seenAs(found) : '' };
	});
}

const one = async (name: string) => (await asked(name))[0] ?? { id: '', seen: '' };

async function choices(): Promise<Record<string, string | null>> {
	const made = new Map((await list()).map(({ id, choice }) => [id, choice]));
	const names = ['sitting', 'other', 'convened', 'yearly', 'total', 'promised'];
	return Object.fromEntries(names.map((name) => [name, made.get(reading.key(name)) ?? null]));
}

const spanOf = (words: string) => ({
	start: TEXT.indexOf(words),
	end: TEXT.indexOf(words) + words.length
});

describe('accepting', () => {
	it('keeps what was read, with who decided and when', async () => {
		await acceptProposals(alice, reading.id, await asked('promised'));
		const promised = await find('promised');
		expect(promised).toMatchObject({ choice: 'accepted', keptValue: null, keptSpan: null });
		expect(promised.decidedBy).toBe('Personne finance');
		expect(promised.decidedAt).toBeInstanceOf(Date);
	});

	it('takes several at once, all or none', async () => {
		await acceptProposals(alice, reading.id, await asked('convened', 'yearly', 'promised'));
		expect(await choices()).toMatchObject({
			convened: 'accepted',
			yearly: 'accepted',
			promised: 'accepted'
		});
	});

	it('of several candidates keeps one, and refuses those that say otherwise', async () => {
		const answer = await acceptProposals(alice, reading.id, await asked('sitting'));
		expect(answer).toEqual({ accepted: 1, refused: [reading.key('other')] });
		expect(await choices()).toMatchObject({ sitting: 'accepted', other: 'refused' });
	});

	it('changes one’s mind between candidates', async () => {
		await acceptProposals(alice, reading.id, await asked('sitting'));
		await acceptProposals(alice, reading.id, await asked('other'));
		expect(await choices()).toMatchObject({ sitting: 'refused', other: 'accepted' });
	});

	it('chooses nothing among candidates when several are accepted at once', async () => {
		const all = await asked('sitting', 'convened');
		await expect(acceptProposals(alice, reading.id, all)).rejects.toThrow(/choisissez d’abord/);
		expect(await choices()).toMatchObject({ sitting: null, other: null, convened: null });
	});

	it('never accepts what is reckoned as though it were written', async () => {
		const total = await one('total');
		const message = /Ce montant est calculé/;
		await expect(acceptProposals(alice, reading.id, [total])).rejects.toThrow(message);
		const correction = { ...total, value: PER_YEAR, place: null };
		await expect(changeProposal(alice, reading.id, correction)).rejects.toThrow(message);
		await expect(refuseProposal(alice, reading.id, total)).rejects.toThrow(message);
	});
});

describe('correcting', () => {
	const value: ProposalValue = { ...PER_YEAR, cents: '49500000' };

	it('keeps the correction beside what was read', async () => {
		await changeProposal(alice, reading.id, { ...(await one('yearly')), value, place: null });
		expect(await find('yearly')).toMatchObject({
			choice: 'corrected',
			readValue: PER_YEAR,
			keptValue: value,
			keptSpan: spanOf('494 000 €'),
			readSpan: spanOf('494 000 €')
		});
	});

	it('keeps another place beside the one that was read, by its words', async () => {
		const place = { first: "l'etat verse", last: 'PAR AN', occurrence: null };
		await changeProposal(alice, reading.id, { ...(await one('yearly')), value: PER_YEAR, place });
		const yearly = await find('yearly');
		expect(yearly.readSpan).toEqual(spanOf('494 000 €'));
		expect(yearly.keptSpan).toEqual(spanOf('l’État verse 494 000 € par an'));
	});

	it('calls it an acceptance when it says what was read', async () => {
		const same = { ...(await one('yearly')), value: PER_YEAR, place: null };
		await changeProposal(alice, reading.id, same);
		expect(await find('yearly')).toMatchObject({ choice: 'accepted', keptValue: null });
	});

	it('settles candidates as choosing one does', async () => {
		const day: ProposalValue = { type: 'day', day: '2020-12-18' as never };
		await changeProposal(alice, reading.id, { ...(await one('sitting')), value: day, place: null });
		expect(await choices()).toMatchObject({ sitting: 'corrected', other: 'refused' });
	});

	it.each([
		['outside of the text', { start: 10, end: TEXT.length + 1 }],
		['before the text', { start: -1, end: 5 }],
		['backwards', { start: 9, end: 3 }],
		['of nothing but spaces', { start: TEXT.indexOf('\n'), end: TEXT.indexOf('\n') + 1 }],
		['between places', { start: 1.5, end: 4 }],
		['through a character', { start: TEXT.indexOf('😀') + 1, end: TEXT.indexOf('😀') + 3 }]
	])('refuses a span %s', async (_, place) => {
		const correction = { ...(await one('yearly')), value, place };
		await expect(changeProposal(alice, reading.id, correction)).rejects.toMatchObject({
			name: 'Refusal',
			field: 'first'
		});
		expect((await find('yearly')).choice).toBe(null);
	});

	it('refuses a value of another nature', async () => {
		const correction = {
			...(await one('yearly')),
			value: { type: 'words' } as const,
			place: null
		};
		await expect(changeProposal(alice, reading.id, correction)).rejects.toThrow(/nature/);
	});
});

describe('refusing and taking back', () => {
	it('keeps what was read, refused', async () => {
		await refuseProposal(alice, reading.id, await one('promised'));
		expect(await find('promised')).toMatchObject({ choice: 'refused', keptValue: null });
	});

	it('takes a correction back to what was read', async () => {
		const value: ProposalValue = { ...PER_YEAR, cents: '1' };
		await changeProposal(alice, reading.id, { ...(await one('yearly')), value, place: null });
		await withdrawDecisions(bruno, reading.id, await asked('yearly'));
		expect(await find('yearly')).toMatchObject({
			choice: null,
			keptValue: null,
			keptSpan: null,
			decidedBy: null,
			decidedAt: null,
			readValue: PER_YEAR
		});
	});

	it('takes back in one go what was decided in one go', async () => {
		await acceptProposals(alice, reading.id, await asked('sitting'));
		const desk = await readDesk(alice, reading.id, viewOf({ doneId: reading.key('sitting') }));
		expect(desk?.done).toMatchObject({ count: 1, refused: 1, choice: 'accepted' });
		await withdrawDecisions(alice, reading.id, desk?.done?.asked ?? []);
		expect(await choices()).toMatchObject({ sitting: null, other: null });
	});

	it('takes a mark away for good', async () => {
		const { id } = await markPassage(alice, reading.id, {
			role: 'percentage',
			place: spanOf('52 %'),
			value: null
		});
		const marked = (await list()).find((proposal) => proposal.id === id);
		await withdrawDecisions(alice, reading.id, [{ id, seen: marked ? seenAs(marked) : '' }]);
		expect((await list()).map((proposal) => proposal.id)).not.toContain(id);
	});
});

describe('marking by hand', () => {
	it.each([
		['percentage', '52 %', { type: 'percentage', number: 52, precision: 0.5, of: null }],
		['period', '2020-2022', { type: 'period', startsOn: '2020-01-01', endsOn: '2022-12-31' }],
		['day', '30 mars 2017', { type: 'day', day: '2017-03-30' }],
		['words', '**d’approuver** le versement', { type: 'words' }],
		[
			'decision',
			'**d’approuver** le versement',
			{ type: 'decision', verb: 'approuver', text: 'le versement' }
		]
	] as const)('reads a %s from its words', async (role, words, value) => {
		const { id } = await markPassage(alice, reading.id, {
			role,
			place: spanOf(words),
			value: null
		});
		const marked = (await list()).find((proposal) => proposal.id === id);
		expect(marked).toMatchObject({ choice: 'marked', readValue: null, keptSpan: spanOf(words) });
		expect(marked && valueNow(marked)).toEqual(value);
	});

	it('says in which part of the act it stands, and drops the spaces around it', async () => {
		const { start, end } = spanOf('52 %');
		const place = { start: start - 1, end: end + 1 };
		const { id } = await markPassage(alice, reading.id, { role: 'percentage', place, value: null });
		const marked = (await list()).find((proposal) => proposal.id === id);
		expect(marked?.section).toBe('decision');
		expect(marked && spanNow(marked)).toEqual({ start, end });
	});

	it('asks for a value that its words do not say', async () => {
		const mark = { role: 'amount', place: spanOf('par an'), value: null } as const;
		await expect(markPassage(alice, reading.id, mark)).rejects.toMatchObject({ field: 'value' });
		const { isNew } = await markPassage(alice, reading.id, { ...mark, value: PER_YEAR });
		expect(isNew).toBe(true);
	});

	it('marks nothing twice', async () => {
		const mark = { role: 'amount', place: spanOf('15,2 M€'), value: null } as const;
		expect(await markPassage(alice, reading.id, mark)).toEqual({
			id: reading.key('promised'),
			isNew: false
		});
	});

	it('marks as something else what was read, which is refused', async () => {
		const insteadOf = await one('convened');
		const place = spanOf('11 décembre 2020');
		const mark = { role: 'day', place, value: null, insteadOf } as const;
		const { id } = await markPassage(alice, reading.id, mark);
		expect((await find('convened')).choice).toBe('refused');
		expect((await list()).find((proposal) => proposal.id === id)?.role).toBe('day');
	});
});

describe('two people at one desk', () => {
	it('decide about different things without a word', async () => {
		const [mine, theirs] = [await asked('promised'), await asked('yearly')];
		await Promise.all([
			acceptProposals(alice, reading.id, mine),
			acceptProposals(bruno, reading.id, theirs)
		]);
		expect(await choices()).toMatchObject({ promised: 'accepted', yearly: 'accepted' });
	});

	it('are told when the other decided the same thing first, and nothing is replaced', async () => {
		const [mine, theirs] = [await one('promised'), await one('promised')];
		await refuseProposal(bruno, reading.id, theirs);
		const late = acceptProposals(alice, reading.id, [mine]);
		await expect(late).rejects.toMatchObject({ kind: 'conflict' });
		await expect(late).rejects.toThrow(/Personne finance en a décidé entre-temps \(refusé\)/);
		expect((await find('promised')).choice).toBe('refused');
	});

	it('never both decide the same thing at the same moment', async () => {
		const mine = await one('promised');
		const answers = await Promise.allSettled([
			acceptProposals(alice, reading.id, [mine]),
			refuseProposal(bruno, reading.id, mine)
		]);
		expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
	});

	it('count every change', async () => {
		await acceptProposals(alice, reading.id, await asked('promised'));
		await withdrawDecisions(bruno, reading.id, await asked('promised'));
		const rows = await ask(test, 'select revision, updated_by from readings where id = $1', [
			reading.id
		]);
		expect(rows).toEqual([{ revision: 2, updated_by: bruno.actor.id }]);
	});
});

describe('a reading that is not open', () => {
	it.each(['entered', 'set_aside'])('is %s, and does not change', async (state) => {
		const mine = await one('promised');
		const deliberation =
			state === 'entered' ? ', deliberation_id = (select id from deliberations limit 1)' : '';
		if (state === 'entered') await plantAct();
		await ask(test, `update readings set state = $2${deliberation} where id = $1`, [
			reading.id,
			state
		]);
		const runs = [
			acceptProposals(alice, reading.id, [mine]),
			refuseProposal(alice, reading.id, mine),
			withdrawDecisions(alice, reading.id, [mine]),
			changeProposal(alice, reading.id, { ...mine, value: PER_YEAR, place: null }),
			markPassage(alice, reading.id, { role: 'words', place: spanOf('l’État'), value: null })
		];
		for (const run of await Promise.allSettled(runs)) {
			expect(run).toMatchObject({ status: 'rejected', reason: { kind: 'conflict' } });
		}
		expect((await readDesk(alice, reading.id, viewOf()))?.reading.state).toBe(state);
	});
});

describe('whoever is not of finance', () => {
	it.each(ROLES.filter((role) => role !== 'finance'))('as %s finds nothing', async (role) => {
		const other = contextOf(alice.actor.id, role, 'Autre');
		const mine = await one('promised');
		expect(await readDesk(other, reading.id, viewOf())).toBe(null);
		const runs = [
			acceptProposals(other, reading.id, [mine]),
			refuseProposal(other, reading.id, mine),
			withdrawDecisions(other, reading.id, [mine]),
			changeProposal(other, reading.id, { ...mine, value: PER_YEAR, place: null }),
			markPassage(other, reading.id, { role: 'words', place: spanOf('l’État'), value: null })
		];
		for (const run of await Promise.allSettled(runs)) {
			expect(run).toMatchObject({ status: 'rejected', reason: { kind: 'not-found' } });
		}
	});

	it('neither does finance find what is of another reading, or of none', async () => {
		const stranger = await plantReading(test, TEXT, [], { by: alice.actor.id });
		const mine = await one('promised');
		await expect(acceptProposals(alice, stranger.id, [mine])).rejects.toThrow(/plus là/);
		await expect(acceptProposals(alice, 'autre', [mine])).rejects.toThrow(/n’existe pas/);
		await expect(acceptProposals(alice, reading.id, [{ id: 'autre', seen: '' }])).rejects.toThrow(
			/plus là/
		);
	});
});

const viewOf = (view: Partial<Parameters<typeof readDesk>[2]> = {}) => ({
	proposalId: null,
	step: null,
	page: null,
	doneId: null,
	...view
});

async function plantAct(): Promise<void> {
	await ask(
		test,
		`with authority as (insert into organisations (name, kind) values ('Métropole', 'authority') returning id)
		insert into deliberations (slug, authority_id, sitting_on, title, text, text_digest, entered_by)
		select 'acte', id, '2020-12-17', 'Acte', $2::text, encode(sha256(convert_to($2::text, 'UTF8')), 'hex'), $1
		from authority`,
		[alice.actor.id, TEXT]
	);
}
