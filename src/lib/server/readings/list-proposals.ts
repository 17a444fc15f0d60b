import { and, asc, eq, inArray } from 'drizzle-orm';
import type { DeskProposal } from '#lib/domain/act/desk/desk.ts';
import type { Span } from '#lib/domain/act/text.ts';
import { readingProposals, users } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

/** What was read in an act and marked by hand, with what was decided; all of it, or some by their ids. */
export async function listProposals(
	tx: Transaction,
	readingId: string,
	ids?: readonly string[]
): Promise<DeskProposal[]> {
	const rows = await tx
		.select({ proposal: readingProposals, decidedBy: users.name })
		.from(readingProposals)
		.leftJoin(users, eq(users.id, readingProposals.decidedBy))
		.where(
			and(
				eq(readingProposals.readingId, readingId),
				ids ? inArray(readingProposals.id, [...ids]) : undefined
			)
		)
		.orderBy(asc(readingProposals.id));
	return rows.map(({ proposal, decidedBy }) => ({
		id: proposal.id,
		step: proposal.step,
		role: proposal.role,
		readSpan: spanOf(proposal.readStart, proposal.readEnd),
		readValue: proposal.readValue,
		keptSpan: spanOf(proposal.keptStart, proposal.keptEnd),
		keptValue: proposal.keptValue,
		confidence: proposal.confidence,
		because: proposal.because,
		promise: proposal.promise,
		section: proposal.section,
		wholeId: proposal.wholeProposalId,
		choice: proposal.choice,
		decidedBy,
		decidedAt: proposal.decidedAt,
		citationId: proposal.citationId
	}));
}

const spanOf = (start: number | null, end: number | null): Span | null =>
	start === null || end === null ? null : { start, end };
