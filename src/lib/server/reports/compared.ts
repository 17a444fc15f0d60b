import { sql } from 'drizzle-orm';
import { declaredKind, type DeclarationRow } from '#lib/domain/declaration.ts';
import { ENVELOPE_ROW, measureRow, operationRow } from '#lib/domain/declaration-cell.ts';
import type { Circuit } from '#lib/domain/envelope.ts';
import { addCents, cents, sumCents, type Cents } from '#lib/domain/money.ts';
import type { Period } from '#lib/domain/period.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';
import { countsOf, isLasting } from '#lib/server/reports/judgement.ts';
import type {
	SentBooks,
	SentCountRow,
	SentDeclaration
} from '#lib/server/reports/sent-declarations.ts';

/** An earlier period beside the one that is looked at, row by row. What was not said is not there. */
export type ComparedPeriod = {
	period: Period;
	/** Where it comes from; null where nothing is known of it. */
	source: { kind: 'declaration'; id: string } | { kind: 'ledger' } | null;
	amounts: ReadonlyMap<string, Cents | null>;
	counts: ReadonlyMap<string, SentCountRow[]>;
	totalCents: Cents | null;
};

/** What the ledger booked in a period, by line of use and operation. */
export type BookedPeriod = {
	measureId: string | null;
	operationId: string | null;
	amount: string;
}[];

/** What an envelope was booked in a period, of the kind that its partner declares. */
export async function listBooked(
	tx: Transaction,
	{ envelopeId, circuit }: { envelopeId: string; circuit: Circuit },
	{ startsOn, endsOn }: Period
): Promise<BookedPeriod> {
	const { rows } = await tx.execute<{
		measure_id: string | null;
		operation_id: string | null;
		amount: string;
	}>(sql`
		select e.measure_id, e.operation_id, sum(e.amount_cents)::text as amount
		from entries e
		where e.envelope_id = ${envelopeId}::uuid and e.kind = ${declaredKind(circuit)}
			and e.effective_on between ${startsOn}::date and ${endsOn}::date
		group by e.measure_id, e.operation_id
		-- What was taken back was not paid: it is unknown, not zero.
		having sum(e.amount_cents) <> 0`);
	return rows.map((row) => ({
		measureId: row.measure_id,
		operationId: row.operation_id,
		amount: row.amount
	}));
}

/** An earlier period as its accepted declaration said it, else as the ledger has it, else unknown. */
export function comparedWith(
	{ envelopeId }: SentDeclaration,
	period: Period,
	books: SentBooks,
	booked: BookedPeriod
): ComparedPeriod {
	const lines = books.lines.filter(
		(line) =>
			line.envelopeId === envelopeId &&
			line.state === 'accepted' &&
			line.submission === line.lastSubmission &&
			line.periodStartsOn === period.startsOn &&
			line.periodEndsOn === period.endsOn
	);
	const [first] = lines;
	if (!first) return fromLedger(period, booked, books.envelopes.get(envelopeId)?.rows ?? []);
	const lasting = lines.filter(({ rowKey }) => isLasting(rowKey));
	return {
		period,
		source: { kind: 'declaration', id: first.declarationId },
		amounts: new Map(lasting.map(({ rowKey, amountCents }) => [rowKey, amountCents])),
		counts: new Map(lasting.map(({ rowKey, id }) => [rowKey, countsOf(books, id)])),
		totalCents: sumSaid(lines.map(({ amountCents }) => amountCents))
	};
}

function fromLedger(
	period: Period,
	booked: BookedPeriod,
	rows: readonly DeclarationRow[]
): ComparedPeriod {
	const asked = new Set(rows.filter(({ asksAmount }) => asksAmount).map(({ key }) => key));
	const amounts = new Map<string, Cents>();
	for (const { measureId, operationId, amount } of booked) {
		const key = [
			operationId && operationRow(operationId),
			measureId && measureRow(measureId),
			ENVELOPE_ROW
		].find((candidate) => candidate && asked.has(candidate));
		if (!key) continue;
		amounts.set(key, addCents(amounts.get(key) ?? cents(0), cents(amount)));
	}
	return {
		period,
		source: amounts.size === 0 ? null : { kind: 'ledger' },
		amounts,
		counts: new Map(),
		totalCents: sumSaid([...amounts.values()])
	};
}

function sumSaid(amounts: readonly (Cents | null)[]): Cents | null {
	const said = amounts.filter((amount) => amount !== null);
	return said.length === 0 ? null : sumCents(said);
}
