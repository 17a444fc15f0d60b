import { z } from 'zod';
import { parseDay } from '#lib/domain/day.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';
import { field } from './fields.ts';

const LARGEST_PAGE = 200;

const dayParameter = (name: string, description: string, example: string) => {
	const error = typeset(`« ${name} » attend un jour du calendrier, par exemple ${example}.`);
	return field(
		z.iso
			.date(error)
			.refine((text) => parseDay(text) !== null, error)
			.optional(),
		description,
		example
	);
};

/** From where the books are looked at; every address of the API takes them. */
export const viewpointParameters = z.object({
	au: dayParameter(
		'au',
		'Les chiffres à la fin de ce jour. Sans lui, le jour d’ouverture de l’application, ou aujourd’hui à Paris.',
		'2022-06-30'
	),
	connu: dayParameter(
		'connu',
		'Les chiffres tels qu’ils étaient connus à la fin de ce jour. Sans lui, tels que connus maintenant.',
		'2022-07-15'
	)
});

const limitError = typeset(`« limit » attend un nombre entier de 1 à ${LARGEST_PAGE}.`);
const cursorError = typeset(
	'« cursor » attend le « next_cursor » de la page précédente de cette même liste.'
);

/** The same for a list, which is read a page at a time. */
export const pageParameters = viewpointParameters.extend({
	limit: field(
		z.preprocess(
			readWholeNumber,
			z.int(limitError).min(1, limitError).max(LARGEST_PAGE, limitError).default(50)
		),
		'Le plus grand nombre d’éléments d’une page.',
		50
	),
	cursor: field(
		z
			.string()
			.regex(/^[\w-]{8,400}$/, cursorError)
			.optional(),
		'Où la page commence, le `next_cursor` de la page précédente. Sans lui, au début.'
	)
});

/** A cursor that this list did not give. */
export const badCursor = (): Refusal => new Refusal(cursorError, { field: 'cursor' });

/**
 * Reads the parameters of an address. One that is given twice or cannot be read is refused by its
 * name; those that nobody knows are ignored.
 */
export function readParameters<Schema extends z.ZodObject>(
	schema: Schema,
	parameters: URLSearchParams
): z.infer<Schema> {
	const given = Object.keys(schema.shape).filter((name) => parameters.has(name));
	const repeated = given.find((name) => parameters.getAll(name).length > 1);
	if (repeated) {
		throw new Refusal(typeset(`« ${repeated} » est donné plusieurs fois.`), { field: repeated });
	}
	const parsed = schema.safeParse(
		Object.fromEntries(given.map((name) => [name, parameters.get(name)]))
	);
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	throw new Refusal(issue?.message ?? 'Un paramètre est faux.', {
		field: String(issue?.path[0] ?? '')
	});
}

/** Digits alone: neither `1e2` nor ` 5 `, which a number would take. */
function readWholeNumber(text: unknown): unknown {
	if (typeof text !== 'string') return text;
	return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}
