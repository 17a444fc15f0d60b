import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { CellKey } from '#lib/domain/declaration-cell.ts';
import type { DeclarationShape } from '#lib/domain/declaration.ts';
import { readDraft, type Draft } from '#lib/forms/declaration.ts';
import {
	declarationCells,
	declarationCounts,
	declarationFiles,
	declarationLines,
	declarations
} from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';
import { readSentDigest } from '#lib/server/declarations/read-sent-digest.ts';
import type { InventedFile } from '#lib/server/demonstration/evidence.ts';
import { idOf } from '#lib/server/demonstration/id-of.ts';
import type { DeclarationStory, Step } from '#lib/server/demonstration/step.ts';

/** An invented declaration as far as its story has been entered. */
export type Told = {
	id: string;
	number: number;
	story: DeclarationStory;
	shape: DeclarationShape;
	submission: number;
	cells: Map<CellKey, string>;
	files: { digest: string; name: string; rowKey: string | null }[];
};

/** Who took part, and which files there are. */
export type Cast = {
	people: ReadonlyMap<string, string>;
	files: ReadonlyMap<string, InventedFile>;
};

export type Details = Record<string, string | number | boolean | null>;

/**
 * Enters what somebody did, as the declaration then stands. Answers what the history adds to it; null
 * where the history says nothing of it.
 */
export async function enterStep(
	tx: Transaction,
	told: Told,
	step: Step,
	cast: Cast
): Promise<Details | null> {
	const actorId = idOf(cast.people, step.by);
	switch (step.action) {
		case 'type':
			await typeCells(tx, told, step, actorId);
			return null;
		case 'attach':
			return attach(tx, told, step, actorId, cast);
		case 'submit':
			return submit(tx, told, step, actorId);
		case 'return':
		case 'reopen': {
			const state = step.action === 'return' ? 'returned' : 'reopened';
			await decide(tx, told, { state, reason: step.text, decidedBy: actorId, decidedAt: step.at });
			return {};
		}
		case 'accept': {
			await decide(tx, told, { state: 'accepted', decidedBy: actorId, decidedAt: step.at });
			return { movedTo: null, overrunReason: null };
		}
		default:
			return {};
	}
}

async function typeCells(
	tx: Transaction,
	told: Told,
	{ at, cells }: Extract<Step, { action: 'type' }>,
	updatedBy: string
): Promise<void> {
	for (const [key, value] of cells) told.cells.set(key, value);
	await tx
		.insert(declarationCells)
		.values(
			cells.map(([key, value]) => ({
				declarationId: told.id,
				key,
				value,
				updatedBy,
				updatedAt: at
			}))
		)
		.onConflictDoUpdate({
			target: [declarationCells.declarationId, declarationCells.key],
			set: { value: sql`excluded.value`, updatedBy, updatedAt: at }
		});
}

async function attach(
	tx: Transaction,
	told: Told,
	step: Extract<Step, { action: 'attach' }>,
	uploadedBy: string,
	{ files }: Cast
): Promise<Details> {
	const file = files.get(step.file);
	if (!file) throw new Error(`no file is called ${step.file}`);
	const { digest, name, sizeBytes } = file;
	const rowKey = step.rowKey ?? null;
	const attached = { ...file, declarationId: told.id, rowKey, uploadedBy, uploadedAt: step.at };
	await tx.insert(declarationFiles).values(attached);
	told.files.push({ digest, name, rowKey });
	return { name, digest, sizeBytes };
}

/** What is sent is read from what was typed, by the rules that hold for everybody. */
async function submit(
	tx: Transaction,
	told: Told,
	{ at }: Step,
	submittedBy: string
): Promise<Details> {
	const draft = readDraft(told.shape, told.cells);
	const [problem] = draft.problems;
	if (problem) throw new Error(`${problem.key}: ${problem.message}`);
	const { story, id, files } = told;
	const { startsOn: periodStartsOn, endsOn: periodEndsOn } = story.period;
	const digest = readSentDigest({ ...told, ...story, periodStartsOn, periodEndsOn }, draft, files);
	const submission = ++told.submission;
	await tx
		.update(declarations)
		.set({
			state: 'submitted',
			submission,
			digest,
			nothingToDeclare: draft.nothing,
			comment: draft.comment,
			overrunReason: draft.overrunReason,
			submittedBy,
			submittedAt: at
		})
		.where(eq(declarations.id, id));
	await enterLines(tx, told, draft);
	const { lines, totalCents } = draft;
	return { digest, amountCents: String(totalCents), lines: lines.length, files: files.length };
}

async function enterLines(tx: Transaction, told: Told, { lines }: Draft): Promise<void> {
	const rows = lines.map((line) => ({ ...line, id: randomUUID() }));
	await tx.insert(declarationLines).values(
		rows.map(({ newOperation, corrects, ...line }, index) => ({
			...line,
			declarationId: told.id,
			envelopeId: told.story.envelopeId,
			submission: told.submission,
			position: index + 1,
			newOperationName: newOperation?.name,
			newOperationLandlord: newOperation?.landlord,
			newOperationCommune: newOperation?.communeCode,
			correctsFrom: corrects?.startsOn,
			correctsTo: corrects?.endsOn
		}))
	);
	const counts = rows.flatMap(({ id: lineId, counts: own }) =>
		own.map((count) => ({ ...count, lineId }))
	);
	if (counts.length > 0) await tx.insert(declarationCounts).values(counts);
}

async function decide(
	tx: Transaction,
	{ id }: Told,
	decision: Partial<typeof declarations.$inferInsert>
): Promise<void> {
	await tx.update(declarations).set(decision).where(eq(declarations.id, id));
}
