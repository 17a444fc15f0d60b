import { describe, expect, it } from 'vitest';
import { entryForm, readEntry, reversalForm } from '#lib/forms/entry.ts';

const KEY = '0b0a3f0e-5c0e-4a57-9f0e-0d8a3f7f2a11';
const typed = {
	kind: 'disbursement',
	amount: ' 1 234,50 € ',
	effectiveOn: '2022-06-30',
	fiscalYear: '',
	label: ' Aides du trimestre ',
	measureId: '',
	operationId: '',
	counterpartyId: '',
	overrunReason: '',
	key: KEY
};

/** The fields that are refused, each with its first sentence. */
function problemsOf(changes: Record<string, string>): [string, string][] {
	const { error } = entryForm.safeParse({ ...typed, ...changes });
	return (error?.issues ?? []).map((issue) => [issue.path.join('.'), issue.message]);
}

describe('the form of an entry', () => {
	it('reads amounts, days and years as people in France type them', () => {
		const values = entryForm.parse(typed);
		expect(values.label).toBe('Aides du trimestre');
		expect(readEntry(values)).toEqual({
			amountCents: 123_450n,
			effectiveOn: '2022-06-30',
			fiscalYear: null
		});
		expect(readEntry({ ...values, fiscalYear: '2023' }).fiscalYear).toBe(2023);
	});

	it('keeps what was typed, to show it again', () => {
		expect(entryForm.parse(typed).amount).toBe('1 234,50 €');
	});

	it.each([
		[{ amount: '1.234,50' }, 'amount', /Écrivez par exemple/],
		[{ amount: '' }, 'amount', /Indiquez un montant/],
		[{ amount: '100000000000,01' }, 'amount', /100 milliards/],
		[{ effectiveOn: '2022-02-30' }, 'effectiveOn', /jour du fait/],
		[{ label: '   ' }, 'label', /objet de l’écriture/],
		[{ label: 'a'.repeat(201) }, 'label', /200 caractères/],
		[{ kind: 'allocation' }, 'kind', /nature/],
		[{ fiscalYear: '22' }, 'fiscalYear', /exercice/],
		[{ measureId: 'x' }, 'measureId', /liste/],
		[{ overrunReason: 'a'.repeat(501) }, 'overrunReason', /500 caractères/],
		[{ key: 'x' }, 'key', /rechargez la page/]
	])('refuses %o and says what to do', (changes, field, sentence) => {
		expect(problemsOf(changes)).toEqual([[field, expect.stringMatching(sentence)]]);
	});
});

describe('the form of a reversal', () => {
	it('asks why', () => {
		const { error } = reversalForm.safeParse({ reason: ' ', fiscalYear: '', key: KEY });
		expect(error?.issues.map(({ message }) => message)).toEqual([
			'Dites en quelques mots pourquoi cette écriture est reprise.'
		]);
	});
});
