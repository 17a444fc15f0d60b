import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readWrittenDay } from '#lib/domain/act/written-day.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Cents } from '#lib/domain/money.ts';
import { writtenPrecision } from '#lib/domain/precision.ts';
import type { Act, Passage } from '#lib/server/acts/act.ts';

/** A passage where it stands in the text, with the value read in it. Offsets count UTF-16 units, the end excluded. */
export type ReadPassage = Passage & {
	startOffset: number;
	endOffset: number;
	amountCents: Cents | null;
	precisionCents: Cents | null;
	number: number | null;
	precision: number | null;
	day: Day | null;
};

export type ReadAct = {
	text: string;
	/** SHA-256 of the bytes of the file. */
	textDigest: string;
	passages: ReadonlyMap<string, ReadPassage>;
	decisions: readonly { verb: string; quote: string; startOffset: number; endOffset: number }[];
};

/** Reads the text of an act and finds in it all that is cited. Throws when a quote does not stand there, or stands twice. */
export function readAct(act: Act): ReadAct {
	const bytes = readFileSync(new URL(`./texts/${act.file}`, import.meta.url));
	const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	return {
		text,
		textDigest: createHash('sha256').update(bytes).digest('hex'),
		passages: new Map(
			Object.entries(act.passages).map(([name, passage]) => [name, readPassage(text, passage)])
		),
		decisions: act.decisions.map((decision) => ({ ...decision, ...locate(text, decision.quote) }))
	};
}

/** The value of a passage is read in its words, so that the two cannot differ. */
export function readPassage(text: string, passage: Passage): ReadPassage {
	return {
		amountCents: null,
		precisionCents: null,
		number: null,
		precision: null,
		day: null,
		...passage,
		...locate(text, passage.quote, passage.within),
		...readValue(passage)
	};
}

function locate(text: string, quote: string, within = quote) {
	const startOffset = indexOfOnly(text, within) + indexOfOnly(within, quote);
	return { startOffset, endOffset: startOffset + quote.length };
}

function indexOfOnly(text: string, part: string): number {
	const index = text.indexOf(part);
	if (index === -1) throw new Error(`« ${part} » does not stand in the text`);
	if (text.includes(part, index + 1)) throw new Error(`« ${part} » stands more than once`);
	return index;
}

function readValue({ quote, kind }: Passage): Partial<ReadPassage> {
	if (kind === 'words') return {};
	if (kind === 'date') {
		const day = readWrittenDay(quote);
		if (!day) throw new Error(`« ${quote} » is not a day`);
		return { day };
	}
	const figure = writtenPrecision(quote);
	if (figure?.kind !== kind) throw new Error(`« ${quote} » is not one ${kind}`);
	if (figure.kind === 'amount') {
		return { amountCents: figure.valueCents, precisionCents: figure.precisionCents };
	}
	// What is counted one by one is exact; only a share was rounded when it was written.
	const precision = figure.kind === 'count' ? 0 : figure.precision;
	return { number: figure.value, precision };
}
