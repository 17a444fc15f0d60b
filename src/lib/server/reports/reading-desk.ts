import { eq } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { checkDesk } from '#lib/domain/act/desk/desk-checks.ts';
import {
	countDecided,
	inOrderOfWork,
	isKept,
	isToDecide,
	listRivals,
	listSure,
	nextToDecide,
	seenAs,
	spanNow,
	valueNow,
	type DeskItem,
	type DeskProposal
} from '#lib/domain/act/desk/desk.ts';
import { findLostAmounts } from '#lib/domain/act/figures/lost-amounts.ts';
import { passageAround, type Passage } from '#lib/domain/act/passage.ts';
import { PROPOSAL_STEPS, type ProposalStep } from '#lib/domain/act/desk/proposal.ts';
import { readSections } from '#lib/domain/act/sections.ts';
import { openText, type Span } from '#lib/domain/act/text.ts';
import { listPages, pageAt } from '#lib/domain/act/text-window.ts';
import { isIdentifier } from '#lib/domain/identifier.ts';
import { canEnterActs } from '#lib/domain/policy.ts';
import type { Context } from '#lib/server/context.ts';
import { deliberations, readings, users } from '#lib/server/db/schema/index.ts';
import { inTransaction, type Transaction } from '#lib/server/db/transaction.ts';
import { listProposals } from '#lib/server/readings/list-proposals.ts';

/** What is asked of the desk by its address; what cannot be read is left out. */
export type DeskView = {
	proposalId: string | null;
	step: string | null;
	/** The proposal that was just decided, and is said so. */
	doneId: string | null;
	/** The page of the text, from 1. */
	page: number | null;
};

/** How many lost amounts are told of: more say that the text is no act. */
const MOST_LOST = 20;

/** How many proposals of a step lie open at once: a very long act has thousands. */
const MOST_AT_ONCE = 60;

/** A place of the text on the page shown, as the act is set with it. Offsets are those of the whole text. */
export type DeskSpan = Span & Pick<DeskProposal, 'id' | 'step' | 'role' | 'choice' | 'readValue'>;

export type StepCount = { step: ProposalStep; total: number; left: number };

export type ReadingDesk = NonNullable<Awaited<ReturnType<typeof readDesk>>>;

/** The desk of one reading: the act with what was read in it, and one step of the work. Null where there is none. */
export async function readDesk(context: Context, readingId: string, view: DeskView) {
	if (!canEnterActs(context.actor) || !isIdentifier(readingId)) return null;
	const found = await inTransaction(context, async (tx) => {
		const [reading, proposals] = await Promise.all([
			findReading(tx, readingId),
			listProposals(tx, readingId)
		]);
		return reading && { reading, proposals };
	});
	if (!found) return null;
	const { text, ...reading } = found.reading;
	const proposals = inOrderOfWork(found.proposals);
	const selected = select(proposals, view, reading.state === 'open');
	const step = selected?.step ?? stepOf(view) ?? 'identity';
	return {
		reading,
		title: titleOf(proposals),
		...buildStep(text, proposals, step, selected),
		steps: countSteps(proposals),
		progress: countDecided(proposals),
		text: buildPage(text, proposals, view, selected),
		selectedId: selected?.id ?? null,
		nextId: nextToDecide(proposals, selected?.id ?? null)?.id ?? null,
		done: buildDone(proposals, view),
		checks: checkDesk(text, proposals)
	};
}

/** Which proposal is to be decided after this one, in the order of work; null when all are. */
export async function findNextToDecide(
	context: Context,
	readingId: string,
	afterId: string
): Promise<string | null> {
	const proposals = await inTransaction(context, (tx) => listProposals(tx, readingId));
	return nextToDecide(inOrderOfWork(proposals), afterId)?.id ?? null;
}

/** What was just decided, with all that was decided in the same go: it can be taken back in one go. */
function buildDone(proposals: readonly DeskProposal[], { doneId }: DeskView) {
	const done = proposals.find(({ id }) => id === doneId);
	if (!done) return null;
	const together = decidedWith(proposals, done).filter(({ choice }) => choice === done.choice);
	const others = decidedWith(proposals, done).filter(({ choice }) => choice !== done.choice);
	return {
		id: done.id,
		role: done.role,
		choice: done.choice,
		value: valueNow(done),
		count: together.length,
		/** Candidates that were refused with it. */
		refused: others.filter(({ choice }) => choice === 'refused').length,
		asked: decidedWith(proposals, done).map((one) => ({ id: one.id, seen: seenAs(one) }))
	};
}

/** The proposals decided in one go with this one, so that they can be taken back in one go. */
const decidedWith = (
	proposals: readonly DeskProposal[],
	{ decidedAt }: DeskProposal
): DeskProposal[] =>
	proposals.filter((one) => decidedAt && one.decidedAt?.getTime() === decidedAt.getTime());

async function findReading(tx: Transaction, readingId: string) {
	const beginner = alias(users, 'beginner');
	const [row] = await tx
		.select({
			id: readings.id,
			state: readings.state,
			source: readings.source,
			fileName: readings.fileName,
			text: readings.text,
			revision: readings.revision,
			createdAt: readings.createdAt,
			createdBy: beginner.name,
			updatedAt: readings.updatedAt,
			updatedBy: users.name,
			deliberation: deliberations.slug
		})
		.from(readings)
		.innerJoin(users, eq(users.id, readings.updatedBy))
		.innerJoin(beginner, eq(beginner.id, readings.createdBy))
		.leftJoin(deliberations, eq(deliberations.id, readings.deliberationId))
		.where(eq(readings.id, readingId));
	return row ?? null;
}

/** What the address names; else the first to decide, of the step that the address names or of all. */
function select(
	proposals: readonly DeskProposal[],
	view: DeskView,
	isOpen: boolean
): DeskProposal | null {
	const named = proposals.find(({ id }) => id === view.proposalId);
	if (named) return named;
	const step = stepOf(view);
	const among = step ? proposals.filter((proposal) => proposal.step === step) : proposals;
	if (!isOpen) return step ? (among[0] ?? null) : null;
	return among.find(isToDecide) ?? among[0] ?? null;
}

const stepOf = ({ step }: DeskView): ProposalStep | null =>
	PROPOSAL_STEPS.find((known) => known === step) ?? null;

function buildStep(
	text: string,
	proposals: readonly DeskProposal[],
	step: ProposalStep,
	selected: DeskProposal | null
) {
	const ofStep = proposals.filter((proposal) => proposal.step === step);
	const rivals = listRivals(ofStep);
	const sure = new Set(listSure(ofStep, rivals).map(({ id }) => id));
	const place = Math.max(0, selected ? ofStep.indexOf(selected) : 0);
	const first = Math.floor(place / MOST_AT_ONCE) * MOST_AT_ONCE;
	const shown = ofStep.slice(first, first + MOST_AT_ONCE);
	return {
		step,
		items: shown.map((proposal): DeskItem => ({
			...proposal,
			readQuote: quoteAt(text, proposal.readSpan),
			quote: quoteAt(text, spanNow(proposal)),
			passage: passageOf(text, spanNow(proposal)),
			seen: seenAs(proposal),
			isSure: sure.has(proposal.id),
			isRival: rivals.has(proposal.role) && proposal.choice !== 'refused'
		})),
		/** Of how many in the step these are, and the ends of the pages before and after. */
		stepRange: { first, total: ofStep.length },
		previousId: ofStep[first - 1]?.id ?? null,
		followingId: ofStep[first + MOST_AT_ONCE]?.id ?? null
	};
}

const quoteAt = (text: string, span: Span | null): string | null =>
	span && text.slice(span.start, span.end);

/** How much of a paragraph is shown before and after its passage. */
const AROUND = 160;

function passageOf(text: string, span: Span | null): Passage | null {
	if (!span) return null;
	const { before, quote, after } = passageAround(text, span.start, span.end);
	return {
		before: before.length > AROUND ? `…${before.slice(-AROUND)}` : before,
		quote,
		after: after.length > AROUND ? `${after.slice(0, AROUND)}…` : after
	};
}

const countSteps = (proposals: readonly DeskProposal[]): StepCount[] =>
	PROPOSAL_STEPS.map((step) => {
		const ofStep = proposals.filter((proposal) => proposal.step === step);
		return { step, total: ofStep.length, left: ofStep.filter(isToDecide).length };
	});

/** What the act is called as far as it is known: what was kept, else what alone was read. */
function titleOf(proposals: readonly DeskProposal[]): string | null {
	const titles = proposals.filter(({ role, choice }) => role === 'title' && choice !== 'refused');
	const [title] = [...titles.filter(isKept), ...titles];
	const value = title && valueNow(title);
	return value?.type === 'text' ? value.text : null;
}

/** The page of the text that the address names, or the one on which the selected sentence stands. */
function buildPage(
	text: string,
	proposals: readonly DeskProposal[],
	view: DeskView,
	selected: DeskProposal | null
) {
	const pages = listPages(text);
	const span = selected && spanNow(selected);
	const asked = view.page ?? (span ? pageAt(pages, span.start) : 1);
	const number = Math.min(Math.max(1, asked), pages.length);
	const page = pages[number - 1] ?? { start: 0, end: text.length };
	const spans = proposals.flatMap((proposal): DeskSpan[] => {
		const place = spanNow(proposal);
		if (!place || place.end <= page.start || place.start >= page.end) return [];
		const { id, step, role, choice, readValue } = proposal;
		return [{ ...place, id, step, role, choice, readValue }];
	});
	const opened = openText(text);
	const { header, decision, ballot, statement } = readSections(opened);
	return {
		body: text.slice(page.start, page.end),
		start: page.start,
		number,
		pages: pages.length,
		length: text.length,
		spans,
		/** Amounts whose figures the transcription lost, in the whole act. */
		lost: findLostAmounts(opened).slice(0, MOST_LOST),
		parts: { header, statement, decision, ballot }
	};
}
