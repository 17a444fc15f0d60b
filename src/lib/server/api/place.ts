import { z } from 'zod';
import { parseDay } from '#lib/domain/day.ts';
import { isSlug } from '#lib/domain/identifier.ts';

/** After which day and name in an address a list goes on. */
export const dayPlace = z.tuple([
	z.string().transform((text, context) => {
		const day = parseDay(text);
		if (day) return day;
		context.addIssue('not a day');
		return z.NEVER;
	}),
	z.string().refine(isSlug)
]);

/** After which line of the ledger a list goes on. The largest number of a line has eighteen digits here. */
export const entryPlace = z.tuple([
	z
		.string()
		.regex(/^[1-9]\d{0,17}$/)
		.transform(BigInt)
]);
