import { z } from 'zod';
import { typeset } from '#lib/domain/typography.ts';

/** A field of the API with what a reader of its description has to know, and an example. */
export const field = <Schema extends z.ZodType>(
	schema: Schema,
	description: string,
	...examples: unknown[]
): Schema =>
	schema.meta({
		description: typeset(description),
		...(examples.length > 0 ? { examples } : {})
	});

/** A row of the application, by UUID. */
export const identifier = z.guid();

/** A line of the ledger, by its number: text, since programs lose digits of large numbers. */
export const entryNumber = z.string().regex(/^[1-9]\d*$/);

/** Euros with two decimals, as text: whatever its size, no cent is lost. */
export const amount = z.string().regex(/^-?(0|[1-9]\d*)\.\d{2}$/);

/** A day without a time, `2022-06-30`. */
export const day = z.iso.date();

/** An instant in UTC, `2022-06-30T10:00:00.000Z`. */
export const instant = z.iso.datetime();

/** A share that is not rounded: 0.7143 is 71,43 %. Null where there is nothing to divide by. */
export const rate = z.number();

/** `off_budget (hors budget), …`: codes with the words that the screen has for them. */
export const spell = (labels: Readonly<Record<string, string>>): string =>
	Object.entries(labels)
		.map(([code, label]) => `\`${code}\` (${label})`)
		.join(', ');

/** A page of a list, and the cursor of the next; null after the last. */
export const collection = <Item extends z.ZodType>(item: Item) =>
	z.object({
		items: field(z.array(item), 'Les éléments de cette page, dans un ordre stable.'),
		next_cursor: field(
			z.string().nullable(),
			'À donner dans `cursor` pour lire la page suivante. Nul après la dernière.',
			'3mYQh1xXWzEiNTAiXQ'
		)
	});
