import { randomUUID } from 'node:crypto';
import { addDays } from '#lib/domain/day.ts';
import { buildDeclaredEntries, labelReopening } from '#lib/domain/declared-entry.ts';
import { buildDeclaredValues } from '#lib/domain/declared-value.ts';
import {
	findDeclaration,
	findShape,
	listSentCounts,
	listSentLines
} from '#lib/server/declarations/queries.ts';
import {
	enterStep,
	type Cast,
	type Details,
	type Told
} from '#lib/server/demonstration/enter-steps.ts';
import { idOf } from '#lib/server/demonstration/id-of.ts';
import {
	atWork,
	OPENS_ON,
	takenBack,
	type Movement,
	type Movements
} from '#lib/server/demonstration/movement.ts';
import type { DeclarationStory, Step } from '#lib/server/demonstration/step.ts';
import { declarationEvents, declarations, mailProgress } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

type Event = typeof declarationEvents.$inferInsert & { at: Date };

export type EnteredDeclarations = Movements & {
	/** When each step of it is due: what was accepted is reopened once all before is posted, and not earlier. */
	reopenings: { at: Date; reopen: () => Promise<unknown> }[];
};

/**
 * Enters invented declarations step by step, as the owner: only the owner may say when they happened.
 * Answers with what their acceptances post, which goes into the ledger in its turn.
 */
export async function enterDeclarations(
	tx: Transaction,
	stories: readonly DeclarationStory[],
	cast: Cast
): Promise<EnteredDeclarations> {
	const entered: EnteredDeclarations = { movements: [], measurements: [], reopenings: [] };
	const events: Event[] = [];
	for (const story of stories.toSorted((a, b) => Number(begunAt(a)) - Number(begunAt(b)))) {
		const told = await begin(tx, story, cast);
		let posted: Movement[] = [];
		for (const step of story.steps) {
			if (step.action === 'reopen') {
				entered.movements.push(...posted.map((movement) => reversed(movement, told, step)));
				entered.reopenings.push({ at: step.at, reopen: () => enterStep(tx, told, step, cast) });
				events.push(eventOf(told, step, cast, { entries: posted.length, movedTo: null }));
				continue;
			}
			const details = await enterStep(tx, told, step, cast);
			if (step.action === 'accept') {
				const accepted = await listPosted(tx, told, step.at);
				posted = accepted.movements;
				entered.movements.push(...accepted.movements);
				entered.measurements.push(...accepted.measurements);
			}
			if (details) events.push(eventOf(told, step, cast, details));
		}
	}
	const inOrder = events.toSorted((a, b) => Number(a.at) - Number(b.at));
	const rows = await tx
		.insert(declarationEvents)
		.values(inOrder)
		.returning({ id: declarationEvents.id, at: declarationEvents.at });
	await skipOldMails(tx, rows);
	return entered;
}

/** Mails follow from the last ten days alone: those of the years before would all be written today. */
async function skipOldMails(
	tx: Transaction,
	events: readonly { id: bigint; at: Date }[]
): Promise<void> {
	const since = atWork(addDays(OPENS_ON, -10));
	const last = events.findLast(({ at }) => at < since);
	if (last) await tx.update(mailProgress).set({ eventsThrough: last.id });
}

const begunAt = ({ steps }: DeclarationStory): Date | undefined => steps[0]?.at;

async function begin(tx: Transaction, story: DeclarationStory, cast: Cast): Promise<Told> {
	const [first] = story.steps;
	if (!first) throw new Error('a declaration begins with a step');
	const { envelopeId, organisationId, period } = story;
	const days = { periodStartsOn: period.startsOn, periodEndsOn: period.endsOn };
	const shape = await findShape(tx, { envelopeId, ...days });
	const [row] = await tx
		.insert(declarations)
		.values({
			id: randomUUID(),
			envelopeId,
			organisationId,
			...days,
			createdBy: idOf(cast.people, first.by),
			createdAt: first.at
		})
		.returning({ id: declarations.id, number: declarations.number });
	if (!row) throw new Error('a declaration was begun');
	return { ...row, story, shape, submission: 0, cells: new Map(), files: [] };
}

function eventOf(told: Told, step: Step, { people }: Cast, details: Details): Event {
	return {
		declarationId: told.id,
		at: step.at,
		actorId: idOf(people, step.by),
		action: step.action === 'type' ? 'create' : step.action,
		submission: told.submission,
		rowKey: 'rowKey' in step ? step.rowKey : null,
		text: 'text' in step ? step.text : null,
		details: Object.keys(details).length > 0 ? details : null
	};
}

/** What the acceptance of a declaration posts: the same that it posts for everybody. */
async function listPosted(tx: Transaction, told: Told, recordedAt: Date): Promise<Movements> {
	const [declaration, lines, counts] = await Promise.all([
		findDeclaration(tx, told.id),
		listSentLines(tx, told.id, told.submission),
		listSentCounts(tx, told.id, told.submission)
	]);
	if (!declaration) throw new Error('what is accepted is there');
	const about = lines.map((line) => ({ ...line, about: operationOf(line) }));
	const entries = buildDeclaredEntries(declaration, about, []);
	return {
		movements: entries.map(({ fiscalYear: _own, ...entry }) => ({
			...entry,
			label: `${entry.label} (fictif)`,
			recordedAt
		})),
		measurements: buildDeclaredValues(declaration, about, counts).map(
			({ fictitious: _always, ...value }) => ({ ...value, recordedAt })
		)
	};
}

function operationOf(line: Awaited<ReturnType<typeof listSentLines>>[number]) {
	const { operationId: id, landlordId, operationCommune: communeCode } = line;
	return id && landlordId && communeCode ? { id, landlordId, communeCode } : null;
}

const reversed = (
	movement: Movement,
	told: Told,
	{ at, text }: Extract<Step, { action: 'reopen' }>
): Movement => takenBack(movement, `${labelReopening(told, text)} (fictif)`, at);
