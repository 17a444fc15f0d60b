import type { Day } from '#lib/domain/day.ts';
import type { DeclaredLine } from '#lib/domain/declaration.ts';

/** All that a declaration says when it is sent, with the files that prove it. */
export type SentDeclaration = {
	number: number;
	submission: number;
	envelopeId: string;
	organisationId: string;
	periodStartsOn: Day;
	periodEndsOn: Day;
	nothing: boolean;
	comment: string | null;
	overrunReason: string | null;
	/** In their order. */
	lines: readonly DeclaredLine[];
	/** By their content’s digest; null is about the whole. */
	files: readonly { digest: string; name: string; rowKey: string | null }[];
};

/**
 * What was sent, as one text that is always written in the same way: its digest is on the receipt, so
 * that anyone who has the same figures and files can find the same digest. Amounts are in cents.
 */
export function buildSentText(sent: SentDeclaration): string {
	const lines = sent.lines.map((line) => ({
		row: line.rowKey,
		measure: line.measureId,
		operation: line.operationId,
		newOperation: line.newOperation,
		amountCents: line.amountCents === null ? null : String(line.amountCents),
		comment: line.comment,
		corrects: line.corrects && [line.corrects.startsOn, line.corrects.endsOn],
		counts: line.counts
			.map((count) => ({
				indicator: count.indicatorId,
				product: count.product,
				stage: count.stage,
				commune: count.communeCode,
				number: count.number
			}))
			.sort((left, right) => compare(inOrder(left), inOrder(right)))
	}));
	const files = sent.files
		.map(({ digest, name, rowKey }) => ({ digest, name, row: rowKey }))
		.sort((left, right) => compare(fileKey(left), fileKey(right)));
	return inOrder({
		version: 1,
		declaration: sent.number,
		submission: sent.submission,
		envelope: sent.envelopeId,
		organisation: sent.organisationId,
		period: [sent.periodStartsOn, sent.periodEndsOn],
		nothingToDeclare: sent.nothing,
		comment: sent.comment,
		overrunReason: sent.overrunReason,
		lines,
		files
	});
}

const fileKey = (file: { digest: string; name: string; row: string | null }): string =>
	[file.digest, file.row ?? '', file.name].join('\n');

const compare = (left: string, right: string): number => (left < right ? -1 : Number(left > right));

/** JSON without spaces, the fields of each object in the order of their names. */
function inOrder(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(inOrder).join(',')}]`;
	if (value === null || typeof value !== 'object') return JSON.stringify(value);
	const fields = Object.entries(value).sort(([left], [right]) => compare(left, right));
	return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${inOrder(field)}`).join(',')}}`;
}
