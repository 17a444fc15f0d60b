import { asc, sql } from 'drizzle-orm';
import { periodBefore, samePeriodLastYear } from '#lib/domain/compared-period.ts';
import { dayInParis, earlierDay, type Day } from '#lib/domain/day.ts';
import { declaredKind, leftToDeclare } from '#lib/domain/declaration.ts';
import { declaredTotal, type Finding } from '#lib/domain/declaration-unusual.ts';
import { explainFourEyes, listRights } from '#lib/domain/declaration-standing.ts';
import { isIdentifier } from '#lib/domain/identifier.ts';
import { subtractCents, type Cents } from '#lib/domain/money.ts';
import { dueOn } from '#lib/domain/period.ts';
import { todayOf } from '#lib/domain/today.ts';
import type { Context } from '#lib/server/context.ts';
import { entries } from '#lib/server/db/schema/index.ts';
import { inTransaction, type Transaction } from '#lib/server/db/transaction.ts';
import {
	findDeclaration,
	lastSubmission,
	listDeclarationEvents,
	listEvidence,
	type DeclarationRecord,
	type EvidenceFile
} from '#lib/server/declarations/queries.ts';
import { listSentEvidence } from '#lib/server/evidence/queries.ts';
import { comparedWith, listBooked, type ComparedPeriod } from '#lib/server/reports/compared.ts';
import {
	buildHistory,
	listMessages,
	listRemarks,
	type Message,
	type Remark,
	type Step
} from '#lib/server/reports/declaration-history.ts';
import { buildRows, type DeclaredRow } from '#lib/server/reports/declared-rows.ts';
import { judge, linesOf } from '#lib/server/reports/judgement.ts';
import { readSent } from '#lib/server/reports/sent-declarations.ts';
import { findSettings } from '#lib/server/settings/queries.ts';

export type DeclaredEntry = Awaited<ReturnType<typeof listBecome>>[number];

/** A declaration as both sides read it. */
export type DeclarationPage = {
	declaration: DeclarationRecord;
	today: Day;
	/** The day on which it was sent last; in a demonstration never after its day. */
	sentOn: Day | null;
	dueOn: Day | null;
	rows: DeclaredRow[];
	totalCents: Cents | null;
	/** The period before, and the same a year before where that is another one. */
	compared: ComparedPeriod[];
	/** What the envelope has left now, and after this where it is not in the ledger yet. */
	left: { promisedCents: Cents; nowCents: Cents; afterCents: Cents | null } | null;
	/** What is unusual, for those who decide. */
	findings: Finding[];
	/**
	 * Evidence of the declaration as a whole: for its organisation what stands there, for others what it was sent
	 * with, also where it was taken off since.
	 */
	files: EvidenceFile[];
	remarks: Remark[];
	messages: Message[];
	history: Step[];
	/** What it became in the ledger. */
	entries: DeclaredEntry[];
	rights: ReturnType<typeof listRights>;
	/** Why nothing can be decided here by this person, where it is that they took part. */
	fourEyes: string | null;
	/** Whether accepting it needs finance’s own reason. */
	asksOverrunReason: boolean;
	/** The one that has waited longest after this one. */
	nextWaiting: { id: string; number: number } | null;
};

/** Reads a declaration that the person may see in two trips; null where there is none. */
export async function readDeclarationPage(
	context: Context,
	id: string
): Promise<DeclarationPage | null> {
	if (!isIdentifier(id)) return null;
	const { actor } = context;
	return inTransaction(context, async (tx) => {
		const [declaration, settings, events, files, become, nextWaiting] = await Promise.all([
			findDeclaration(tx, id),
			findSettings(tx),
			listDeclarationEvents(tx, id),
			actor.role === 'partner'
				? listEvidence(tx, id)
				: listSentEvidence(tx, id, lastSubmission(id)),
			listBecome(tx, id),
			actor.role === 'finance' ? findNextWaiting(tx, id) : null
		]);
		if (!declaration) return null;
		const { periodStartsOn: startsOn, periodEndsOn: endsOn, circuit } = declaration;
		const period = { startsOn, endsOn };
		const earlier = [periodBefore(period), samePeriodLastYear(period)].filter(
			(other, index, all) => index === 0 || other.startsOn !== all[0]?.startsOn
		);
		const [books, ...booked] = await Promise.all([
			readSent(tx, [declaration]),
			...earlier.map((other) => listBooked(tx, declaration, other))
		]);
		const today = todayOf(settings, context.at);
		const asked = books.envelopes.get(declaration.envelopeId);
		const totalCents = declaredTotal(linesOf(books, id, declaration.submission));
		const compared = earlier.map((other, index) =>
			comparedWith(declaration, other, books, booked[index] ?? [])
		);
		const remarks = listRemarks(events, declaration.submission);
		const left = leftOf(declaration, asked?.totals ?? null, totalCents);
		const findings = actor.role === 'finance' ? judge(declaration, books, today) : [];
		const rows = buildRows({
			declaration,
			books,
			compared,
			findings,
			files,
			remarks
		});
		const keys = new Set(rows.map(({ key }) => key));
		return {
			declaration,
			today,
			sentOn: declaration.submittedAt && earlierDay(dayInParis(declaration.submittedAt), today),
			dueOn: asked?.dueDays ? dueOn(period, { dueDays: asked.dueDays }) : null,
			rows,
			totalCents,
			compared,
			left,
			findings,
			files: files.filter(({ rowKey }) => rowKey === null || !keys.has(rowKey)),
			remarks,
			messages: listMessages(events),
			history: buildHistory(declaration, events, books),
			entries: become,
			rights: listRights(actor, declaration),
			fourEyes: explainFourEyes(actor, declaration),
			asksOverrunReason:
				declaredKind(circuit) === 'disbursement' &&
				declaration.state === 'submitted' &&
				(totalCents ?? 0n) > 0n &&
				(left?.afterCents ?? 0n) < 0n,
			nextWaiting
		};
	});
}

/** What is left counts what is accepted; what waits for a decision would still take its part. */
function leftOf(
	{ circuit, state }: DeclarationRecord,
	totals: Parameters<typeof leftToDeclare>[1] | null,
	totalCents: Cents | null
): DeclarationPage['left'] {
	if (!totals) return null;
	const nowCents = leftToDeclare(circuit, totals);
	const isAwaited = state === 'submitted' && totalCents !== null;
	return {
		promisedCents: totals.promisedCents,
		nowCents,
		afterCents: isAwaited ? subtractCents(nowCents, totalCents) : null
	};
}

/** The entries that were posted for a declaration and those that took them back, in the order of recording. */
function listBecome(tx: Transaction, declarationId: string) {
	return tx
		.select({
			id: entries.id,
			kind: entries.kind,
			amountCents: entries.amountCents,
			effectiveOn: entries.effectiveOn,
			fiscalYear: entries.fiscalYear,
			reversesEntryId: entries.reversesEntryId
		})
		.from(entries)
		.where(
			sql`${entries.id} in (
				select entries_of_declaration((
					select d.number from declarations d where d.id = ${declarationId}
				))
			)`
		)
		.orderBy(asc(entries.id));
}

/** The one that waits after a declaration, in the order of the inbox; after the last comes the first. */
async function findNextWaiting(tx: Transaction, declarationId: string) {
	const { rows } = await tx.execute<{ id: string; number: string }>(sql`
		select w.id, w.number from declarations w
		left join declarations d on d.id = ${declarationId}
		where w.state = 'submitted' and w.id <> ${declarationId}
		order by (w.submitted_at, w.id) < (d.submitted_at, d.id), w.submitted_at, w.id
		limit 1`);
	const [row] = rows;
	return row ? { id: row.id, number: Number(row.number) } : null;
}
