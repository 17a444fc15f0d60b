import type { ProposalValue } from '#lib/domain/act/desk/proposal.ts';
import { MOST_COUNTED } from '#lib/domain/act/likely-numbers.ts';
import type { ValueType } from '#lib/domain/act/read-passage.ts';
import { readWrittenDay } from '#lib/domain/act/written-day.ts';
import { parseDay, type Day } from '#lib/domain/day.ts';
import { cents, NO_CENTS, parseEuros, type Cents } from '#lib/domain/money.ts';
import { writtenPrecision } from '#lib/domain/precision.ts';
import { typeset } from '#lib/domain/typography.ts';

/** The fields in which a person types a value of an act. */
export type TypedValue = {
	value: string;
	endsOn: string;
	precision: string;
	kind: 'amount' | 'ceiling' | 'range' | 'rate';
	per: string;
	of: string;
	verb: string;
};

export type TypedProblem = { field: keyof TypedValue; problem: string };

/** Whether nothing was typed: the value is then read from the words of the passage. */
export const isUnsaid = (type: ValueType, { value, verb }: TypedValue): boolean =>
	type === 'words' || (value.trim() === '' && verb.trim() === '');

/** What a person typed as a value of the books, or what is wrong with it. */
export function readTypedValue(type: ValueType, typed: TypedValue): ProposalValue | TypedProblem {
	const value = typed.value.trim();
	switch (type) {
		case 'words':
			return { type };
		case 'text':
			return value === '' ? refuse('value', 'Écrivez ce que dit l’acte.') : { type, text: value };
		case 'flag':
			if (/^(oui|non)$/i.test(value)) return { type, flag: /^oui$/i.test(value) };
			return refuse('value', 'Répondez par oui ou par non.');
		case 'day': {
			const day = readTypedDay(value);
			return day ? { type, day } : refuse('value', DAY_PROBLEM);
		}
		case 'period':
			return readPeriod(value, typed.endsOn.trim());
		case 'decision': {
			const verb = typed.verb.trim().toLocaleLowerCase('fr');
			if (verb === '') return refuse('verb', 'Écrivez le verbe, par exemple approuver.');
			if (value === '') return refuse('value', 'Écrivez ce qui est décidé.');
			return { type, verb, text: value };
		}
		case 'count':
			return readCount(value, typed.of);
		case 'percentage':
			return readPercentage(value, typed.of);
		case 'amount':
			return readAmount(typed);
	}
}

const DAY_PROBLEM = 'Indiquez un jour, par exemple 30/06/2022.';

/** `2022-06-30` as a browser sends it, `30/06/2022`, `30 juin 2022`. */
function readTypedDay(text: string): Day | null {
	const [, dayOfMonth = '', month = '', year = ''] =
		/^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text) ?? [];
	const iso = `${year}-${month.padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`;
	return parseDay(text) ?? parseDay(iso) ?? readWrittenDay(text.replace(/\s+/gu, ' '));
}

function readPeriod(first: string, last: string): ProposalValue | TypedProblem {
	const startsOn = readTypedDay(first);
	if (!startsOn) return refuse('value', DAY_PROBLEM);
	const endsOn = readTypedDay(last);
	if (!endsOn) return refuse('endsOn', DAY_PROBLEM);
	if (endsOn < startsOn) return refuse('endsOn', 'La fin vient avant le début.');
	return { type: 'period', startsOn, endsOn };
}

function readCount(text: string, of: string): ProposalValue | TypedProblem {
	const digits = text.replaceAll(/\s/gu, '');
	if (!/^\d{1,12}$/.test(digits)) {
		return refuse('value', 'Écrivez un nombre entier, par exemple 9 363.');
	}
	return { type: 'count', number: Number(digits), of: orNull(of) };
}

function readPercentage(text: string, of: string): ProposalValue | TypedProblem {
	const [, digits = ''] = /^(\d{1,4}(?:[.,]\d{1,4})?)\s*%?$/u.exec(text) ?? [];
	const figure = writtenPrecision(`${digits}%`);
	if (digits === '' || figure?.kind !== 'percentage') {
		return refuse('value', 'Écrivez un pourcentage, par exemple 52 ou 12,5.');
	}
	return {
		type: 'percentage',
		number: figure.value,
		precision: figure.precision,
		of: orNull(of)
	};
}

function readAmount({ value, precision, kind, per }: TypedValue): ProposalValue | TypedProblem {
	const parsed = parseEuros(value);
	if (!parsed.ok) return refuse('value', parsed.message);
	if (parsed.cents < 0n) return refuse('value', 'Un acte n’écrit pas de montant négatif.');
	if (parsed.cents > BigInt(MOST_COUNTED) * 100n) {
		return refuse('value', 'Ce montant est trop grand pour être enregistré.');
	}
	const margin = readMargin(precision, value);
	if (typeof margin === 'string') return refuse('precision', margin);
	return {
		type: 'amount',
		cents: String(parsed.cents),
		precisionCents: String(margin),
		kind,
		per: orNull(per),
		formula: null
	};
}

/** What the writing leaves open; where the person does not say, as they wrote the amount. */
function readMargin(typed: string, value: string): Cents | string {
	if (typed.trim() !== '') {
		const parsed = parseEuros(typed.replace(/^\s*±/u, ''));
		if (!parsed.ok) return parsed.message;
		return parsed.cents < 0n ? 'Une précision n’est pas négative.' : parsed.cents;
	}
	const figure = writtenPrecision(/€|euro/i.test(value) ? value : `${value} €`);
	return figure?.kind === 'amount' ? cents(figure.precisionCents) : NO_CENTS;
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

const refuse = (field: keyof TypedValue, problem: string): TypedProblem => ({
	field,
	problem: typeset(problem)
});
