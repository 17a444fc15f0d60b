import fc from 'fast-check';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, day, type Day } from '#lib/domain/day.ts';
import { ENTRY_KINDS, type EntryKind } from '#lib/domain/ledger.ts';
import { inTransaction } from '#lib/server/db/transaction.ts';
import { verifyBooks } from '#lib/server/ledger/verify-books.ts';
import { openBooks, type Books } from '../../support/books.ts';

/** Two envelopes, two measures in the first; days within four months, instants within ten days. */
const FIRST_DAY = day('2021-01-20');
const AT_LAST = day('2999-12-31');
const FIRST_INSTANT = Date.UTC(2021, 5, 1);

type Line = {
	envelope: number;
	measure: number | null;
	kind: EntryKind;
	amountCents: number;
	effectiveOn: Day;
	recordedAt: Date;
	reverses: number | null;
};

const aDay = fc.integer({ min: 0, max: 110 }).map((days) => addDays(FIRST_DAY, days));
const anInstant = fc
	.integer({ min: 0, max: 240 })
	.map((hours) => new Date(FIRST_INSTANT + hours * 3_600_000));
const aLine = fc.record({
	envelope: fc.constantFrom(0, 1),
	measure: fc.constantFrom(null, 0, 1),
	kind: fc.constantFrom(...ENTRY_KINDS),
	amountCents: fc.integer({ min: -1_000_000, max: 1_000_000 }).filter((amount) => amount !== 0),
	effectiveOn: aDay,
	recordedAt: anInstant,
	/** Which earlier line it reverses, if that one can be: about one line in four. */
	reverses: fc.option(fc.nat({ max: 60 }), { freq: 3 }),
	later: fc.nat({ max: 20 })
});
const someBooks = fc.record({
	drafts: fc.array(aLine, { minLength: 1, maxLength: 60, size: 'max' }),
	/** How many lines each statement adds. */
	steps: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 60, maxLength: 60 }),
	viewpoints: fc.array(fc.record({ asOf: aDay, knownBefore: fc.option(anInstant, { freq: 2 }) }), {
		minLength: 6,
		maxLength: 6
	})
});

let books: Books;
let superuser: pg.Client;
beforeAll(async () => {
	books = await openBooks();
	superuser = new pg.Client(books.database.superuser);
	await superuser.connect();
});
afterAll(async () => {
	await superuser.end();
	await books.close();
});

describe('random books', () => {
	it('as of any day, as known at any instant, the totals are the plain sum of the entries', async () => {
		const seen = { reversals: 0, viewpoints: 0 };
		await fc.assert(totalsArePlainSums(seen), { numRuns: 60 });
		expect(seen.reversals).toBeGreaterThan(50);
		expect(seen.viewpoints).toBeGreaterThan(400);
	});

	it('agree with every counter, month and counterparty when all is recounted', async () => {
		const { entries, monthTotals, differences } = await verifyBooks(books.database.owner);
		expect(entries).toBeGreaterThan(500);
		expect(monthTotals).toBeGreaterThan(100);
		expect(differences).toEqual([]);
	});

	it('with one total put out are found out, and exactly that total is named', async () => {
		const { rows } = await superuser.query<Record<string, string | null>>(
			`select m.envelope_id, m.measure_id, e.label as envelope, s.label as measure, m.kind,
				m.month::text, m.amount_cents as amount
			from month_totals m join envelopes e on e.id = m.envelope_id
				left join measures s on s.id = m.measure_id`
		);
		const putOut = (row: Record<string, string | null>, error: bigint) =>
			superuser.query(
				`update month_totals set amount_cents = amount_cents + $1
				where envelope_id = $2 and measure_id is not distinct from $3 and kind = $4 and month = $5`,
				[error, row['envelope_id'], row['measure_id'], row['kind'], row['month']]
			);
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom(...rows),
				fc.constantFrom(1n, -1n, 100_000n),
				async (row, error) => {
					const { envelope, measure, kind, month } = row;
					const counted = BigInt(row['amount'] ?? 0);
					await putOut(row, error);
					const { differences } = await verifyBooks(books.database.owner);
					await putOut(row, -error);
					expect(differences).toEqual([
						{ of: 'month', envelope, measure, kind, month, kept: counted + error, counted }
					]);
				}
			),
			{ numRuns: 8 }
		);
	});
});

describe('the property', () => {
	const planted = [
		['m.last_effective_on <= as_of', 'm.last_effective_on < as_of'],
		['between m.month and as_of', 'between m.month and as_of - 1'],
		['e.recorded_at >= known_before', 'e.recorded_at > known_before'],
		['and e.effective_on <= as_of', ''],
		['(m.measure_id is null or e.measure_id = m.measure_id)', 'true'],
		['select e.measure_id where e.measure_id is not null', 'select null::uuid where false']
	] as const;

	it.each(planted)('fails when « %s » becomes « %s »', async (correct, wrong) => {
		const { rows } = await superuser.query<{ source: string }>(
			"select pg_get_functiondef('month_amounts'::regproc) as source"
		);
		const source = rows[0]?.source ?? '';
		expect(source).toContain(correct);
		await superuser.query(source.replace(correct, wrong));
		try {
			const { failed } = await fc.check(totalsArePlainSums({ reversals: 0, viewpoints: 0 }), {
				numRuns: 60,
				endOnFailure: true
			});
			expect(failed).toBe(true);
		} finally {
			await superuser.query(source);
		}
	});
});

const totalsArePlainSums = (counts: { reversals: number; viewpoints: number }) =>
	fc.asyncProperty(someBooks, async ({ drafts, steps, viewpoints }) => {
		const lines = settle(drafts);
		counts.reversals += lines.filter(({ reverses }) => reverses !== null).length;
		const ids = await write(lines, steps);
		for (const { asOf, knownBefore } of [...viewpoints, { asOf: AT_LAST, knownBefore: null }]) {
			counts.viewpoints += 1;
			expect(await readTotals(ids, asOf, knownBefore)).toEqual(
				plainSums(lines, ids, asOf, knownBefore)
			);
		}
		expect(await readBalances(ids)).toEqual(plainBalances(lines, ids));
	});

/** Makes reversals possible ones: of an earlier line that is none and has none, equal and opposite, not earlier. */
function settle(drafts: readonly (Line & { later: number })[]): Line[] {
	const lines: Line[] = [];
	const reversed = new Set<number>();
	for (const { later, ...draft } of drafts) {
		const target = draft.reverses === null ? undefined : lines[draft.reverses];
		if (
			target &&
			draft.reverses !== null &&
			target.reverses === null &&
			!reversed.has(draft.reverses)
		) {
			reversed.add(draft.reverses);
			lines.push({
				...target,
				amountCents: -target.amountCents,
				effectiveOn: addDays(target.effectiveOn, later % 3 === 0 ? later : 0),
				recordedAt: draft.recordedAt,
				reverses: draft.reverses
			});
			continue;
		}
		const envelope = draft.kind === 'receipt' ? 1 : draft.envelope;
		lines.push({
			...draft,
			envelope,
			measure: envelope === 0 ? draft.measure : null,
			reverses: null
		});
	}
	return lines;
}

type Ids = { envelopes: string[]; measures: string[] };

/** Writes the lines as the owner, who may say when they were recorded, several a statement. */
async function write(lines: readonly Line[], steps: readonly number[]): Promise<Ids> {
	const name = String(Math.random());
	const ledger = await books.open(
		{ [`Première ${name}`]: 'off_budget', [`Seconde ${name}`]: 'earmarked_revenue' },
		{ [`Première ${name}`]: [`Prêts ${name}`, `Dons ${name}`] }
	);
	const ids: Ids = {
		envelopes: [ledger.id(`Première ${name}`), ledger.id(`Seconde ${name}`)],
		measures: [ledger.measureId(`Prêts ${name}`), ledger.measureId(`Dons ${name}`)]
	};
	const numbers: string[] = [];
	for (let from = 0, step = 0; from < lines.length; step++) {
		const reversesInside = (to: number) =>
			lines.slice(from, to).some(({ reverses }) => (reverses ?? -1) >= from);
		let to = from + (steps[step] ?? 1);
		while (to > from + 1 && reversesInside(to)) to -= 1;
		const rows = lines.slice(from, to).map((line) => ({
			envelope_id: ids.envelopes[line.envelope],
			measure_id: line.measure === null ? null : ids.measures[line.measure],
			kind: line.kind,
			amount_cents: line.amountCents,
			effective_on: line.effectiveOn,
			recorded_at: line.recordedAt.toISOString(),
			reverses_entry_id: line.reverses === null ? null : numbers[line.reverses]
		}));
		const { rows: written } = await books.owner.query<{ id: string }>(
			`insert into entries (envelope_id, measure_id, kind, amount_cents, effective_on, fiscal_year,
				recorded_at, label, recorded_by, deliberation_id, reverses_entry_id, overrun_reason)
			select r.envelope_id, r.measure_id, r.kind, r.amount_cents, r.effective_on, 2021,
				r.recorded_at, 'Écriture', $2, $3, r.reverses_entry_id, 'Motif'
			from jsonb_to_recordset($1::jsonb) as r (envelope_id uuid, measure_id uuid, kind text,
				amount_cents bigint, effective_on date, recorded_at timestamptz, reverses_entry_id bigint)
			returning id`,
			[JSON.stringify(rows), books.finance.actor.id, books.deliberationId]
		);
		numbers.push(...written.map(({ id }) => id));
		from = to;
	}
	return ids;
}

/** `envelope measure kind month → cents / entries`, of what a finance officer is shown. */
async function readTotals(
	ids: Ids,
	asOf: Day,
	knownBefore: Date | null
): Promise<Record<string, string>> {
	const { rows } = await inTransaction(books.finance, (tx) =>
		tx.execute<{ key: string; amount: string; entries: string }>(sql`
			select concat_ws(' ', envelope_id, coalesce(measure_id::text, '—'), kind, month) as key,
				sum(amount_cents)::text as amount, sum(entry_count)::text as entries
			from month_amounts(${asOf}::date, ${knownBefore?.toISOString() ?? null}::timestamptz)
			where envelope_id = any(${sql.param(ids.envelopes)}::uuid[])
			group by 1`)
	);
	for (const row of rows.filter(({ entries }) => entries === '0')) expect(row.amount).toBe('0');
	return Object.fromEntries(
		rows
			.filter(({ entries }) => entries !== '0')
			.map(({ key, amount, entries }) => [key, `${amount} / ${entries}`])
	);
}

function plainSums(
	lines: readonly Line[],
	ids: Ids,
	asOf: Day,
	knownBefore: Date | null
): Record<string, string> {
	const sums = new Map<string, { amount: number; entries: number }>();
	for (const line of lines) {
		if (line.effectiveOn > asOf) continue;
		if (knownBefore && line.recordedAt >= knownBefore) continue;
		const measure = line.measure === null ? null : ids.measures[line.measure];
		for (const under of measure ? ['—', measure] : ['—']) {
			const month = `${line.effectiveOn.slice(0, 7)}-01`;
			const key = [ids.envelopes[line.envelope], under, line.kind, month].join(' ');
			const sum = sums.get(key) ?? { amount: 0, entries: 0 };
			sums.set(key, { amount: sum.amount + line.amountCents, entries: sum.entries + 1 });
		}
	}
	return Object.fromEntries(
		[...sums].map(([key, { amount, entries }]) => [key, `${amount} / ${entries}`])
	);
}

async function readBalances(ids: Ids): Promise<string[]> {
	const { rows } = await books.owner.query<Record<string, string>>(
		`select promised_cents, committed_cents, received_cents, disbursed_cents, entry_count
		from envelope_balances where envelope_id = any($1) order by array_position($1, envelope_id)`,
		[ids.envelopes]
	);
	return rows.map((row) => Object.values(row).join(' '));
}

const plainBalances = (lines: readonly Line[], ids: Ids): string[] =>
	ids.envelopes.map((_, envelope) => {
		const own = lines.filter((line) => line.envelope === envelope);
		const sums = ENTRY_KINDS.map((kind) =>
			own.filter((line) => line.kind === kind).reduce((sum, line) => sum + line.amountCents, 0)
		);
		return [...sums, own.length].join(' ');
	});
