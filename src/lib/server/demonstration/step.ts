import type { Day } from '#lib/domain/day.ts';
import type { CellKey } from '#lib/domain/declaration-cell.ts';
import type { Period } from '#lib/domain/period.ts';
import { toDecimal, type Cents } from '#lib/domain/money.ts';
import { groupThousands } from '#lib/domain/numeral.ts';
import { atWork } from '#lib/server/demonstration/movement.ts';

/** The accounts of the demonstration that declare or decide. */
export type Person = 'partenaire' | 'collegue' | 'etat' | 'finances';

/** What somebody did to an invented declaration. */
export type Step = { at: Date; by: Person } & (
	| { action: 'create' | 'submit' | 'accept' }
	| { action: 'type'; cells: readonly TypedCell[] }
	| { action: 'attach'; file: string; rowKey?: string }
	| { action: 'return'; text: string }
	| { action: 'reopen'; text: string }
	| { action: 'message'; text: string }
	| { action: 'remark'; text: string; rowKey: string }
);

export type TypedCell = readonly [key: CellKey, value: string];

/** An invented declaration: for which period, and what happened to it, the first to the last. */
export type DeclarationStory = {
	envelopeId: string;
	organisationId: string;
	period: Period;
	steps: readonly Step[];
};

/** Who did something at the office on a day. */
export const by = (person: Person, on: Day, minutes = 0): { at: Date; by: Person } => ({
	at: atWork(on, minutes),
	by: person
});

/** `412 300,00`: an amount as a person types it. */
export function typedAmount(amount: Cents): string {
	const [whole = '', decimals = ''] = toDecimal(amount).split('.');
	const digits = groupThousands(whole.replace('-', ''));
	return `${whole.startsWith('-') ? '-' : ''}${digits},${decimals}`;
}
