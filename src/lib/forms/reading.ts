import { z } from 'zod';
import { readAsked } from '#lib/domain/act/desk/desk.ts';
import { LONGEST_PASSAGE, type WordsAsked } from '#lib/domain/act/find-words.ts';
import { MOST_OF_A_HEAD } from '#lib/domain/act/likely-numbers.ts';
import {
	PROPOSAL_ROLES,
	type ProposalRole,
	type ProposalValue
} from '#lib/domain/act/desk/proposal.ts';
import { valueTypeOf } from '#lib/domain/act/read-passage.ts';
import type { Span } from '#lib/domain/act/text.ts';
import { formatCount } from '#lib/domain/numeral.ts';
import { typeset } from '#lib/domain/typography.ts';
import { isUnsaid, readTypedValue, type TypedProblem } from './typed-value.ts';

const EXPIRED = typeset('Ce formulaire a expiré : rechargez la page.');

/** What is decided about, with what was seen of it: one a line, `identifier@seen`. */
const asked = z
	.string()
	.max(600_000)
	.refine((text) => text === '' || readAsked(text).length > 0, EXPIRED);

/** Accepting, refusing and taking back: a button. */
export const decideForm = z.object({ asked: asked.min(1, EXPIRED) });

const typed = (most: number) => z.string().max(most, typeset('C’est trop long.')).default('');

/** What a person types of a value; which of the fields count depends on its nature. */
const VALUE_FIELDS = {
	value: typed(LONGEST_PASSAGE),
	/** The last day of a period. */
	endsOn: typed(40),
	precision: typed(40),
	kind: z.enum(['amount', 'ceiling', 'range', 'rate']).default('amount'),
	per: typed(60),
	of: typed(300),
	verb: typed(60)
};

/** Where a passage stands: selected in the text, or given by its words. */
const PLACE_FIELDS = {
	start: typed(12),
	end: typed(12),
	first: typed(LONGEST_PASSAGE),
	last: typed(LONGEST_PASSAGE),
	occurrence: z
		.string()
		.trim()
		.regex(/^\d{0,5}$/, typeset('Écrivez un nombre, par exemple 2.'))
		.default('')
};

const ROLES = Object.values(PROPOSAL_ROLES).flat() as [ProposalRole, ...ProposalRole[]];
const role = z.enum(ROLES, 'Dites ce que c’est.');

/** Another value, another place, or both. */
export const correctForm = z
	.object({ asked: asked.min(1, EXPIRED), role, ...VALUE_FIELDS, ...PLACE_FIELDS })
	.superRefine((values, context) => {
		const read = readTypedValue(valueTypeOf(values.role), values);
		const wrong = 'problem' in read ? read : findUnlikely(values.role, read);
		if (wrong) context.addIssue({ code: 'custom', path: [wrong.field], message: wrong.problem });
	});

/** A passage marked by hand; its value is read from its words where none is typed. */
export const markForm = z
	.object({ asked: asked.default(''), role, ...VALUE_FIELDS, ...PLACE_FIELDS })
	.superRefine((values, context) => {
		if (readPlace(values) === null) {
			const message = 'Sélectionnez des mots de l’acte, ou copiez-les ici.';
			context.addIssue({ code: 'custom', path: ['first'], message });
		}
		const type = valueTypeOf(values.role);
		if (isUnsaid(type, values)) return;
		const read = readTypedValue(type, values);
		const wrong = 'problem' in read ? read : findUnlikely(values.role, read);
		if (wrong) context.addIssue({ code: 'custom', path: [wrong.field], message: wrong.problem });
	});

/** People of an assembly are few: a longer number is a slip of the pen. */
function findUnlikely(role: ProposalRole, value: ProposalValue): TypedProblem | null {
	if (value.type !== 'count' || role === 'count' || value.number <= MOST_OF_A_HEAD) return null;
	const most = formatCount(MOST_OF_A_HEAD);
	return { field: 'value', problem: `Une assemblée compte au plus ${most} membres.` };
}

type Place = Span | WordsAsked;

type PlaceFields = Record<'start' | 'end' | 'first' | 'last' | 'occurrence', string>;

/** The passage that a person shows: selected in the text, else by its words; null where neither. */
export function readPlace({ start, end, first, last, occurrence }: PlaceFields): Place | null {
	const isSelected = /^\d{1,9}$/.test(start) && /^\d{1,9}$/.test(end);
	if (isSelected) return { start: Number(start), end: Number(end) };
	if (first.trim() === '') return null;
	return { first, last, occurrence: occurrence === '' ? null : Number(occurrence) };
}
