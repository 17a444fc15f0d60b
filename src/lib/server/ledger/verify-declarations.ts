import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { DeclarationDifference } from '#lib/domain/difference.ts';
import { cents } from '#lib/domain/money.ts';
import { buildSentText, type SentDeclaration } from '#lib/domain/sent-text.ts';

/**
 * Asks of every declaration what the database asks at each commit: what was accepted stands in the ledger
 * and in the observations, line by line and once, and anything else does not; and that what was sent is
 * still what its digest says.
 */
export async function verifyDeclarations(
	client: pg.Client
): Promise<{ declarations: number; differences: DeclarationDifference[] }> {
	const sent = await listSent(client);
	return {
		declarations: sent.length,
		differences: [
			...(await compareLines(client)),
			...(await compareCounts(client)),
			...sent
				.filter((declaration) => digestOf(declaration) !== declaration.digest)
				.map(({ number }) => ({ of: 'sent_digest', declaration: number }) as const)
		]
	};
}

/** Lines whose entries in force are not one of their amount where they count, and none where they do not. */
async function compareLines(client: pg.Client): Promise<DeclarationDifference[]> {
	const { rows } = await client.query<{
		declaration: string;
		position: number;
		declared: string;
		posted: string;
		entries: number;
	}>(
		`select d.number as declaration, l.position, w.declared, coalesce(sum(e.amount_cents), 0) as posted,
			count(e.id)::int as entries
		from declarations d
		join declaration_lines l on l.declaration_id = d.id
		cross join lateral (
			select case when d.state = 'accepted' and l.submission = d.submission
				then coalesce(l.amount_cents, 0) else 0 end as declared
		) w
		left join entries e on e.declaration_line_id = l.id and e.reverses_entry_id is null
			and not exists (select from entries r where r.reverses_entry_id = e.id)
		group by d.number, l.id, l.position, l.submission, w.declared
		having coalesce(sum(e.amount_cents), 0) <> w.declared or count(e.id) <> (w.declared <> 0)::int
		order by d.number, l.submission, l.position`
	);
	return rows.map(({ declaration, position, declared, posted, entries }) => ({
		of: 'declared_amount',
		declaration: Number(declaration),
		line: position,
		declared: cents(declared),
		posted: cents(posted),
		entries
	}));
}

/** Counts whose values in force are not one of their number where they count, and none where they do not. */
async function compareCounts(client: pg.Client): Promise<DeclarationDifference[]> {
	const { rows } = await client.query<{
		declaration: string;
		position: number;
		declared: number | null;
		recorded: number | null;
	}>(
		`select d.number as declaration, l.position, w.declared, sum(o.number)::int as recorded
		from declarations d
		join declaration_lines l on l.declaration_id = d.id
		join declaration_counts c on c.line_id = l.id
		cross join lateral (
			select case when d.state = 'accepted' and l.submission = d.submission then c.number end as declared
		) w
		left join observations o on o.declaration_count_id = c.id and not o.withdrawn
			and not exists (select from observations n where n.replaces_observation_id = o.id)
		group by d.number, l.position, l.submission, c.id, w.declared
		having sum(o.number) is distinct from w.declared or count(o.id) > 1
		order by d.number, l.submission, l.position`
	);
	return rows.map(({ declaration, position, declared, recorded }) => ({
		of: 'declared_count',
		declaration: Number(declaration),
		line: position,
		declared,
		recorded
	}));
}

type Sent = SentDeclaration & { digest: string };

const digestOf = (declaration: Sent): string =>
	createHash('sha256').update(buildSentText(declaration)).digest('hex');

/** What was sent last of each declaration, with the files that stood there at that moment. */
async function listSent(client: pg.Client): Promise<Sent[]> {
	const { rows } = await client.query<{ sent: SentRow }>(
		`select jsonb_build_object(
			'number', d.number, 'submission', d.submission, 'envelopeId', d.envelope_id,
			'organisationId', d.organisation_id, 'periodStartsOn', d.period_starts_on,
			'periodEndsOn', d.period_ends_on, 'nothing', d.nothing_to_declare, 'comment', d.comment,
			'overrunReason', d.overrun_reason, 'digest', d.digest,
			'lines', coalesce((select jsonb_agg(jsonb_build_object(
				'rowKey', l.row_key, 'measureId', l.measure_id, 'operationId', l.operation_id,
				'newOperation', case when l.new_operation_name is not null then jsonb_build_object(
					'name', l.new_operation_name, 'landlord', l.new_operation_landlord,
					'communeCode', l.new_operation_commune) end,
				'amountCents', l.amount_cents::text, 'comment', l.comment,
				'corrects', case when l.corrects_from is not null then jsonb_build_object(
					'startsOn', l.corrects_from, 'endsOn', l.corrects_to) end,
				'counts', coalesce((select jsonb_agg(jsonb_build_object(
					'indicatorId', c.indicator_id, 'product', c.product, 'stage', c.stage,
					'communeCode', c.commune_code, 'number', c.number))
					from declaration_counts c where c.line_id = l.id), '[]')
				) order by l.position)
				from declaration_lines l
				where l.declaration_id = d.id and l.submission = d.submission), '[]'),
			'files', coalesce((select jsonb_agg(jsonb_build_object(
				'digest', f.digest, 'name', f.name, 'rowKey', f.row_key))
				from declaration_files f
				where f.declaration_id = d.id and f.uploaded_at < d.submitted_at
					and (f.removed_at is null or f.removed_at > d.submitted_at)), '[]')
			) as sent
		from declarations d where d.submission > 0 order by d.number`
	);
	return rows.map(({ sent }) => ({
		...sent,
		lines: sent.lines.map((line) => ({
			...line,
			amountCents: line.amountCents === null ? null : cents(line.amountCents)
		}))
	}));
}

type SentRow = Omit<Sent, 'lines'> & {
	lines: (Omit<Sent['lines'][number], 'amountCents'> & { amountCents: string | null })[];
};
