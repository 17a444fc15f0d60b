import { setImmediate as giveWay } from 'node:timers/promises';
import { inArray, sql } from 'drizzle-orm';
import {
	COMPARED_LETTERS,
	isAlike,
	signatureOf,
	type Signature
} from '#lib/domain/act/likeness.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Context } from '#lib/server/context.ts';
import { deliberations, readings } from '#lib/server/db/schema/index.ts';
import { inTransaction, type Transaction } from '#lib/server/db/transaction.ts';

/** An act that is in the books, or one that somebody is reading. */
export type KnownAct = {
	kind: 'deliberation' | 'reading';
	id: string;
	/** Where it is opened. */
	href: string;
	title: string | null;
	/** How the text begins, for one without a title. */
	beginning: string;
	sittingOn: Day | null;
	/** Who began the reading, and when. */
	begunBy: string | null;
	begunAt: Date | null;
};

type Known = KnownAct & { digest: string };

/** The act, or the reading under way, that has this very text. */
export async function findSame(tx: Transaction, textDigest: string): Promise<KnownAct | null> {
	const [same] = await listKnown(tx, textDigest);
	return same ?? null;
}

/** The acts and the readings under way that seem to be the same act as one of this signature. */
export async function findAlike(
	context: Context,
	signature: Signature,
	exceptReadingId: string
): Promise<KnownAct[]> {
	const known = await inTransaction(context, (tx) => listKnown(tx, null));
	const others = known.filter(({ id }) => id !== exceptReadingId);
	await learn(context, others);
	return others.filter(({ digest }) => isAlike(signature, signatures.get(digest) ?? []));
}

/** What a text is known by depends on nothing but the text, so it is found once. The oldest give way. */
const signatures = new Map<string, Signature>();
const MOST_SIGNATURES = 5_000;
const TEXTS_AT_ONCE = 20;

async function learn(context: Context, known: readonly Known[]): Promise<void> {
	const digests = known.map(({ digest }) => digest).filter((digest) => !signatures.has(digest));
	for (let start = 0; start < digests.length; start += TEXTS_AT_ONCE) {
		const asked = digests.slice(start, start + TEXTS_AT_ONCE);
		for (const { digest, text } of await inTransaction(context, (tx) => listTexts(tx, asked))) {
			signatures.set(digest, signatureOf(text));
			await giveWay();
		}
	}
	for (const digest of signatures.keys()) {
		if (signatures.size <= MOST_SIGNATURES) break;
		signatures.delete(digest);
	}
}

async function listTexts(tx: Transaction, digests: readonly string[]) {
	const begin = (text: typeof deliberations.text | typeof readings.text) =>
		sql<string>`left(${text}, ${COMPARED_LETTERS})`;
	const [acts, open] = await Promise.all([
		tx
			.select({ digest: deliberations.textDigest, text: begin(deliberations.text) })
			.from(deliberations)
			.where(inArray(deliberations.textDigest, [...digests])),
		tx
			.select({ digest: readings.textDigest, text: begin(readings.text) })
			.from(readings)
			.where(inArray(readings.textDigest, [...digests]))
	]);
	return [...acts, ...open];
}

/** Acts, then readings under way, the latest first; those of one text, or all. */
async function listKnown(tx: Transaction, textDigest: string | null): Promise<Known[]> {
	const { rows } = await tx.execute<{
		kind: KnownAct['kind'];
		id: string;
		key: string;
		digest: string;
		title: string | null;
		beginning: string;
		sitting_on: Day | null;
		begun_by: string | null;
		begun_at: Date | string | null;
	}>(sql`
		select 'deliberation' as kind, d.id, d.slug as key, d.text_digest as digest, d.title,
			left(d.text, 120) as beginning, d.sitting_on::text, null as begun_by, null::timestamptz as begun_at
		from deliberations d
		where ${textDigest}::text is null or d.text_digest = ${textDigest}
		union all
		select 'reading', r.id, r.id::text, r.text_digest, (
				select coalesce(p.kept_value, p.read_value) ->> 'text' from reading_proposals p
				where p.reading_id = r.id and p.role = 'title' and p.choice is distinct from 'refused'
				order by p.choice is null, coalesce(p.kept_start, p.read_start), p.id limit 1
			), left(r.text, 120), null, u.name, r.created_at
		from readings r left join users u on u.id = r.created_by
		where r.state = 'open' and (${textDigest}::text is null or r.text_digest = ${textDigest})
		order by kind, sitting_on desc nulls last, begun_at desc nulls last, id`);
	return rows.map((row) => ({
		kind: row.kind,
		id: row.id,
		href:
			row.kind === 'reading' ? `/deliberations/lectures/${row.key}` : `/deliberations/${row.key}`,
		digest: row.digest,
		title: row.title,
		beginning: row.beginning,
		sittingOn: row.sitting_on,
		begunBy: row.begun_by,
		begunAt: row.begun_at === null ? null : new Date(row.begun_at)
	}));
}
