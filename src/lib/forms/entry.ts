import { z } from 'zod';
import { parseDay, type Day } from '#lib/domain/day.ts';
import { isIdentifier } from '#lib/domain/identifier.ts';
import { ENTRY_TOO_LARGE, LARGEST_ENTRY_CENTS } from '#lib/domain/ledger.ts';
import { absoluteCents, cents, parseEuros, type Cents } from '#lib/domain/money.ts';

/** The stages that finance writes by hand. An allocation comes from an act and is entered with it. */
export const RECORDED_KINDS = ['commitment', 'receipt', 'disbursement'] as const;

/** Sent with the form and stored with its answer: the same form sent twice posts once. */
const key = z.uuid('Ce formulaire a expiré : rechargez la page.');

const label = (problem: string) =>
	z
		.string()
		.trim()
		.min(1, problem)
		.max(200, 'C’est trop long : 200 caractères au plus.')
		.default('');

const fiscalYear = z
	.string()
	.regex(/^(2\d{3})?$/, 'Choisissez un exercice dans la liste.')
	.default('');

const choice = z
	.string()
	.refine((text) => text === '' || isIdentifier(text), 'Choisissez dans la liste.')
	.default('');

/** An entry of the ledger as finance types it. What is typed stays text, so that it comes back as it was. */
export const entryForm = z.object({
	kind: z.enum(RECORDED_KINDS, 'Choisissez la nature de l’écriture.'),
	amount: z
		.string()
		.trim()
		.default('')
		.superRefine((text, context) => {
			const parsed = parseEuros(text);
			if (!parsed.ok) context.addIssue({ code: 'custom', message: parsed.message });
			else if (absoluteCents(parsed.cents) > LARGEST_ENTRY_CENTS) {
				context.addIssue({ code: 'custom', message: ENTRY_TOO_LARGE });
			}
		}),
	effectiveOn: z
		.string()
		.trim()
		.default('')
		.refine((text) => parseDay(text) !== null, 'Indiquez le jour du fait, par exemple 30/06/2022.'),
	fiscalYear,
	label: label('Dites en quelques mots l’objet de l’écriture.'),
	measureId: choice,
	operationId: choice,
	counterpartyId: choice,
	overrunReason: z
		.string()
		.trim()
		.max(500, 'C’est trop long : 500 caractères au plus.')
		.default(''),
	key
});

/** Why an entry is taken back, and in which year that is booked. */
export const reversalForm = z.object({
	reason: label('Dites en quelques mots pourquoi cette écriture est reprise.'),
	fiscalYear,
	key
});

/** What was typed, as values; only for a form that was found valid. */
export function readEntry(values: z.output<typeof entryForm>): {
	amountCents: Cents;
	effectiveOn: Day;
	fiscalYear: number | null;
} {
	const amount = parseEuros(values.amount);
	const effectiveOn = parseDay(values.effectiveOn);
	if (!amount.ok || !effectiveOn) throw new TypeError('the form was not checked');
	return { amountCents: cents(amount.cents), effectiveOn, fiscalYear: readYear(values.fiscalYear) };
}

/** Nothing chosen is the year of the fact. */
export const readYear = (text: string): number | null => (text === '' ? null : Number(text));
