import { attendanceOf, readAttendance } from '#lib/domain/act/attendance.ts';
import type { PlanPassage } from '#lib/domain/act/plan/plan-passage.ts';
import type { ProposalRole, ProposalValue } from '#lib/domain/act/desk/proposal.ts';
import { readSections } from '#lib/domain/act/sections.ts';
import { openText } from '#lib/domain/act/text.ts';
import { UNTOUCHED_BOOKS } from '#lib/domain/act/plan/touched-books.ts';
import { readVote } from '#lib/domain/act/vote.ts';
import type { Day } from '#lib/domain/day.ts';
import { ACTION_LOGEMENT } from '#lib/server/acts/action-logement.ts';
import type { DeliberationHead, Passage, Party, ShippedAct } from '#lib/server/acts/act.ts';
import { enterAct } from '#lib/server/acts/enter-act.ts';
import type { EnteredProgramme } from '#lib/server/acts/enter-programme.ts';
import { LOGEMENT_D_ABORD } from '#lib/server/acts/logement-d-abord.ts';
import { readAct, type ReadAct, type ReadPassage } from '#lib/server/acts/read-act.ts';
import { entries } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

/** In whose name acts are entered, for whom, and at what instant given the day of their sitting. */
export type EnteringActs = {
	by: string;
	at: (sittingOn: Day) => Date;
	parties: Record<Party, string>;
};

export type EnteredActs = { actionLogement: EnteredProgramme; logementDAbord: EnteredProgramme };

/** Enters the two deliberations word for word, and the programmes that come from them. Nothing here is fictitious. */
export async function enterActs(tx: Transaction, entering: EnteringActs): Promise<EnteredActs> {
	return {
		actionLogement: await enterShipped(tx, ACTION_LOGEMENT, entering),
		logementDAbord: await enterShipped(tx, LOGEMENT_D_ABORD, entering)
	};
}

async function enterShipped(
	tx: Transaction,
	shipped: ShippedAct,
	{ by, at, parties }: EnteringActs
): Promise<EnteredProgramme> {
	const { act, plan } = shipped;
	const read = readAct(act);
	const head = headOf(shipped, read, parties['Dijon Métropole']);
	const { programme } = await enterAct(
		tx,
		{
			head,
			decisions: read.decisions,
			passages: [...read.passages].map(([name, passage]) => planPassageOf(name, passage)),
			plan,
			books: UNTOUCHED_BOOKS
		},
		{ by, parties, shownAt: at, recordedAt: at }
	);
	if (!programme) throw new Error('an act that we ship promises money');
	const recordedAt = at(head.sittingOn);
	await tx
		.insert(entries)
		.values(programme.entries.map((entry) => ({ ...entry, recordedAt, recordedBy: by })));
	return programme;
}

function headOf({ act }: ShippedAct, read: ReadAct, authorityId: string): DeliberationHead {
	const text = openText(read.text);
	const sections = readSections(text);
	const attendance = readAttendance(text, sections);
	const vote = readVote(text, sections);
	return {
		slug: act.slug,
		authorityId,
		sittingOn: dayOf(read, 'sitting'),
		convenedOn: dayOf(read, 'convened'),
		president: act.president,
		secretary: act.secretary,
		theme: act.theme,
		title: act.title,
		text: read.text,
		textDigest: read.textDigest,
		...attendanceOf(attendance),
		namesCounted: attendance.present.counted,
		votesFor: vote?.for ?? null,
		votesAgainst: vote?.against ?? null,
		abstentions: vote?.abstention ?? null,
		notVoting: vote?.notVoting ?? null
	};
}

function dayOf(read: ReadAct, name: string): Day {
	const day = read.passages.get(name)?.day;
	if (!day) throw new Error(`the act has no passage ${name} with a day`);
	return day;
}

/** A passage of an act that we ship, as one that somebody kept at the desk. */
function planPassageOf(key: string, passage: ReadPassage): PlanPassage {
	const { startOffset, endOffset, quote, section, kind, partOf } = passage;
	return {
		key,
		role: ROLES[kind],
		section,
		start: startOffset,
		end: endOffset,
		quote,
		value: valueOf(passage),
		partOf: partOf ?? null,
		promise: null
	};
}

const ROLES: Record<Passage['kind'], ProposalRole> = {
	amount: 'amount',
	count: 'count',
	percentage: 'percentage',
	date: 'day',
	words: 'words'
};

function valueOf({
	kind,
	amountCents,
	precisionCents,
	number,
	precision,
	day
}: ReadPassage): ProposalValue {
	if (kind === 'amount') {
		const worth = { cents: String(amountCents), precisionCents: String(precisionCents) };
		return { type: 'amount', ...worth, kind: 'amount', per: null, formula: null };
	}
	if (kind === 'count') return { type: 'count', number: number ?? 0, of: null };
	if (kind === 'percentage') {
		return { type: 'percentage', number: number ?? 0, precision: precision ?? 0, of: null };
	}
	return day ? { type: 'day', day } : { type: 'words' };
}
