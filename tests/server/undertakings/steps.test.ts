import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day } from '#lib/domain/day.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { UndertakingStep } from '#lib/domain/undertaking.ts';
import { databaseErrorOf, inTransaction } from '#lib/server/db/transaction.ts';
import {
	findUndertaking,
	listUndertakingEvents,
	listUndertakingFiles
} from '#lib/server/undertakings/queries.ts';
import { recordStep } from '#lib/server/undertakings/record-step.ts';
import { openPromises, type Promises, type Someone } from '../../support/undertakings.ts';
import { records } from '../../support/table.ts';

/**
 * Who may say what of an undertaking. This is the whole of it: every cell is tried with the real command.
 *
 *   yes   it stands in the log     no   never this person, who sees it     none   it does not exist for them
 */
const STEPS = records(`
	action   | whose     | officer | keeper | colleague | stranger | outsider | elected | admin
	note     | kept      | yes     | yes    | yes       | no       | none     | no      | no
	note     | strangers | yes     | no     | no        | yes      | none     | no      | no
	note     | nobodys   | yes     | yes    | yes       | yes      | none     | no      | no
	propose  | kept      | no      | yes    | yes       | no       | none     | no      | no
	propose  | strangers | no      | no     | no        | yes      | none     | no      | no
	propose  | nobodys   | no      | yes    | yes       | yes      | none     | no      | no
	confirm  | kept      | yes     | no     | no        | none     | none     | none    | no
	confirm  | nobodys   | yes     | no     | no        | none     | none     | none    | no
	refuse   | kept      | yes     | no     | no        | none     | none     | none    | no
	decide   | kept      | yes     | no     | no        | no       | none     | no      | no
	assign   | kept      | yes     | no     | no        | no       | none     | no      | no
	schedule | kept      | yes     | no     | no        | no       | none     | no      | no
`);
const PEOPLE: Someone[] = [
	'officer',
	'keeper',
	'colleague',
	'stranger',
	'outsider',
	'elected',
	'admin'
];

const FACT = { occurredOn: day('2022-05-01'), text: 'Réunion tenue' };
const DIGEST = 'ab'.repeat(32);

let promises: Promises;
beforeAll(async () => {
	promises = await openPromises();
});
afterAll(() => promises.close());

let count = 0;

/** A proposal of the keeper that nobody has answered. */
const propose = (id: string, who: Someone = 'keeper'): Promise<string> =>
	recordStep(promises.people[who], id, {
		...FACT,
		action: 'propose',
		status: 'under_way',
		text: `Proposition ${++count}`
	});

async function stepOf(action: string, id: string): Promise<UndertakingStep> {
	const text = `Dit ${++count}`;
	switch (action) {
		case 'note':
			return { ...FACT, action, text };
		case 'propose':
		case 'decide':
			return { ...FACT, action, status: 'kept', text };
		case 'confirm':
		case 'refuse':
			return { action, proposalId: await propose(id), text };
		case 'assign':
			return { action, ownerId: promises.organisations.keeper };
		case 'schedule':
			return { action, reviewOn: day('2022-12-31') };
		default:
			throw new Error(action);
	}
}

async function outcome(who: Someone, id: string, step: UndertakingStep): Promise<string> {
	try {
		await recordStep(promises.people[who], id, step);
		return 'yes';
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		return error.kind === 'not-found' ? 'none' : error.kind === 'forbidden' ? 'no' : error.kind;
	}
}

describe('who may say what of an undertaking', () => {
	it.each(STEPS)('$action on $whose', async ({ action = '', whose = '', ...expected }) => {
		const id = promises[whose as 'kept' | 'strangers' | 'nobodys'];
		for (const who of PEOPLE) {
			const said = await outcome(who, id, await stepOf(action, id));
			expect.soft(`${who} ${said}`).toBe(`${who} ${expected[who]}`);
		}
	});

	it('is held by the database against statements of one’s own', async () => {
		const attempts: [Someone, string, string][] = [
			['keeper', promises.kept, "'decide', '2022-05-01', 'kept'"],
			['keeper', promises.strangers, "'propose', '2022-05-01', 'kept'"],
			['officer', promises.kept, "'propose', '2022-05-01', 'kept'"],
			['elected', promises.kept, "'note', '2022-05-01', null"],
			['admin', promises.kept, "'note', '2022-05-01', null"]
		];
		for (const [who, id, values] of attempts) {
			const context = promises.people[who];
			const attempt = inTransaction(context, (tx) =>
				tx.execute(
					`insert into undertaking_events (undertaking_id, actor_id, action, occurred_on, status, text)
					select '${id}', '${context.actor.id}', v.*, 'mots' from (values (${values})) as v (a, o, s)`.replace(
						'v.*',
						'v.a, v.o::date, v.s'
					)
				)
			);
			const code = await attempt.then(
				() => 'done',
				(error: unknown) => databaseErrorOf(error)?.code
			);
			expect.soft(`${who} ${values} ${code}`).toBe(`${who} ${values} 42501`);
		}
	});
});

describe('the log of an undertaking', () => {
	const read = (who: Someone, id: string) =>
		inTransaction(promises.people[who], async (tx) => ({
			undertaking: await findUndertaking(tx, id),
			events: await listUndertakingEvents(tx, id),
			files: await listUndertakingFiles(tx, id)
		}));

	it('tells how it stands: the latest fact that finance confirmed, whenever it was said', async () => {
		const id = promises.strangers;
		const decide = (status: 'kept' | 'under_way', on: string) =>
			recordStep(promises.people.officer, id, {
				action: 'decide',
				status,
				occurredOn: day(on),
				text: 'Constaté'
			});
		await decide('kept', '2022-06-01');
		await decide('under_way', '2021-06-01');
		expect((await read('officer', id)).undertaking?.status).toBe('kept');
		const proposal = await recordStep(promises.people.stranger, id, {
			action: 'propose',
			status: 'not_kept',
			occurredOn: day('2022-06-15'),
			text: 'Abandonné'
		});
		expect((await read('officer', id)).undertaking?.status).toBe('kept');
		await recordStep(promises.people.officer, id, {
			action: 'confirm',
			proposalId: proposal,
			text: null
		});
		expect((await read('elected', id)).undertaking?.status).toBe('not_kept');
	});

	it('shows a partner what it said and what finance says, elected officials what was confirmed', async () => {
		const id = promises.nobodys;
		const said = async (who: Someone) =>
			(await read(who, id)).events.filter(({ text }) => text?.startsWith('Vu ')).map((e) => e.text);
		const note = (who: Someone, text: string) =>
			recordStep(promises.people[who], id, { ...FACT, action: 'note', text });
		await note('keeper', 'Vu par qui tient');
		await note('stranger', 'Vu par un autre');
		await note('officer', 'Vu par les finances');
		const proposal = await recordStep(promises.people.stranger, id, {
			...FACT,
			action: 'propose',
			status: 'kept',
			text: 'Vu comme tenu'
		});
		const own = ['Vu par qui tient', 'Vu par les finances'];
		expect(await said('keeper')).toEqual(own);
		expect(await said('elected')).toEqual(['Vu par les finances']);
		expect(await said('outsider')).toEqual([]);
		await recordStep(promises.people.officer, id, {
			action: 'confirm',
			proposalId: proposal,
			text: null
		});
		expect(await said('keeper')).toEqual(own);
		expect(await said('elected')).toEqual(['Vu par les finances', 'Vu comme tenu']);
		expect(await said('admin')).toHaveLength(4);
	});

	it('keeps evidence with what it proves, for those who see it', async () => {
		const id = promises.kept;
		const file = {
			digest: DIGEST,
			name: 'compte-rendu.pdf',
			mediaType: 'application/pdf' as const,
			sizeBytes: 12
		};
		await recordStep(promises.people.keeper, id, { ...FACT, action: 'note', text: 'Avec pièce' }, [
			file
		]);
		const names = async (who: Someone) => (await read(who, id)).files.map(({ name }) => name);
		expect(await names('colleague')).toEqual(['compte-rendu.pdf']);
		expect(await names('officer')).toEqual(['compte-rendu.pdf']);
		expect(await names('stranger')).toEqual([]);
		expect(await names('elected')).toEqual([]);
	});

	it('takes evidence only together with what it proves', async () => {
		const event = await recordStep(promises.people.keeper, promises.kept, {
			...FACT,
			action: 'note',
			text: 'Sans pièce'
		});
		const late = inTransaction(promises.people.keeper, (tx) =>
			tx.execute(`insert into undertaking_files (event_id, digest, name, media_type, size_bytes)
				values ('${event}', '${DIGEST}', 'tard.pdf', 'application/pdf', 1)`)
		);
		await expect(late).rejects.toSatisfy((error) => databaseErrorOf(error)?.code === '42501');
	});

	it('takes the same step sent several times, also at once and with its evidence, as one', async () => {
		const { people, kept } = promises;
		const file = {
			digest: 'cd'.repeat(32),
			name: 'preuve.pdf',
			mediaType: 'application/pdf' as const,
			sizeBytes: 12
		};
		for (const files of [[], [file]]) {
			const step = { ...FACT, action: 'note' as const, text: `Une fois, ${files.length} pièce` };
			const ids = await Promise.all(
				Array.from({ length: 5 }, () => recordStep(people.keeper, kept, step, files))
			);
			expect(new Set(ids).size).toBe(1);
			expect(await recordStep(people.keeper, kept, step, files)).toBe(ids[0]);
		}
		const again = { ...FACT, action: 'note' as const, text: 'Une fois, 1 pièce' };
		const other = { ...file, digest: 'ef'.repeat(32) };
		const log = (await read('officer', kept)).events.length;
		await recordStep(people.keeper, kept, again, [other]);
		expect((await read('officer', kept)).events).toHaveLength(log + 1);
	});

	it('answers a proposal once, and never by whoever made it or belongs to them', async () => {
		const { owner, people, kept } = promises;
		const proposal = await propose(kept);
		await recordStep(people.officer, kept, { action: 'refuse', proposalId: proposal, text: 'Non' });
		expect(
			await outcome('second', kept, { action: 'confirm', proposalId: proposal, text: null })
		).toBe('conflict');

		const turned = await propose(kept, 'colleague');
		await owner.query("update users set role = 'finance' where id = $1", [
			people.colleague.actor.id
		]);
		const asFinance = {
			...people.colleague,
			actor: { ...people.colleague.actor, role: 'finance' as const }
		};
		const answer = inTransaction(asFinance, (tx) =>
			tx.execute(`insert into undertaking_events (undertaking_id, actor_id, action, occurred_on, status, proposal_id)
				values ('${kept}', '${asFinance.actor.id}', 'confirm', '${FACT.occurredOn}', 'under_way', '${turned}')`)
		);
		await expect(answer).rejects.toSatisfy(
			(error) => databaseErrorOf(error)?.constraint === 'undertaking_events_four_eyes'
		);
		await owner.query("update users set role = 'partner' where id = $1", [
			people.colleague.actor.id
		]);
	});

	it('refuses a fact dated after today, in a sentence', async () => {
		const late = recordStep(promises.people.keeper, promises.kept, {
			action: 'note',
			occurredOn: day('2022-07-01'),
			text: 'Demain'
		});
		await expect(late).rejects.toThrow('30\u00A0juin 2022');
	});
});
