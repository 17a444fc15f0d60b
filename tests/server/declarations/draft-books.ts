import { day } from '#lib/domain/day.ts';
import { amountCell, countCell, measureRow, type CellKey } from '#lib/domain/declaration-cell.ts';
import type { Circuit } from '#lib/domain/envelope.ts';
import type { Context } from '#lib/server/context.ts';
import { beginDeclaration } from '#lib/server/declarations/begin-declaration.ts';
import { saveCells } from '#lib/server/declarations/save-cells.ts';
import { openBooks, type Books, type Ledger } from '../../support/books.ts';

/** An envelope of 10 000 € that a partner declares by the quarter, with two people of it and a stranger. */
export type DraftBooks = Books & {
	ada: Context;
	/** A colleague. */
	ben: Context;
	/** Of another organisation. */
	stranger: Context;
	openEnvelope: (circuit?: Circuit) => Promise<DeclaredEnvelope>;
};

export type DeclaredEnvelope = {
	id: string;
	ledger: Ledger;
	/** The fields of its measure. */
	amount: CellKey;
	count: CellKey;
	begin: (context: Context, periodStartsOn?: string) => Promise<string>;
};

/** `now` is on the last day of the second quarter of 2022. */
export async function openDraftBooks(): Promise<DraftBooks> {
	const books = await openBooks({ poolSize: 20 });
	const one = async (text: string, values: unknown[] = []): Promise<string> =>
		String(Object.values((await books.owner.query(text, values)).rows[0] as object)[0]);
	const partner = async (name: string, organisationId: string): Promise<Context> => {
		const id = await one(
			`insert into users (email, name, role, organisation_id, password_hash)
			values ($1, $2, 'partner', $3, '-') returning id`,
			[`${name.toLowerCase().replace(' ', '.')}@demo.example`, name, organisationId]
		);
		const actor = { id, name, role: 'partner' as const, organisationId, organisationName: null };
		return { db: books.db, actor, at: new Date('2022-06-30T10:00:00Z') };
	};
	const otherId = await one(
		"insert into organisations (name, kind) values ('Ailleurs', 'landlord') returning id"
	);
	const ada = await partner('Ada Martin', books.organisationId);
	const ben = await partner('Ben Petit', books.organisationId);
	const stranger = await partner('Cléo Loin', otherId);
	let opened = 0;

	return {
		...books,
		ada,
		ben,
		stranger,
		openEnvelope: async (circuit = 'off_budget') => {
			const label = `Aides ${++opened}`;
			const ledger = await books.open({ [label]: circuit }, { [label]: ['Prêts'] });
			await ledger.post(`
				day        | envelope | kind       | amount
				2020-12-17 | ${label} | allocation | 10 000,00`);
			const id = ledger.id(label);
			const measureId = ledger.measureId('Prêts');
			const indicatorId = await one(
				`insert into indicators (programme_id, envelope_id, measure_id, position, label, unit)
				select programme_id, id, $2, position, 'Aides', 'aids' from envelopes where id = $1
				returning id`,
				[id, measureId]
			);
			await books.owner.query(
				`insert into declaration_duties (envelope_id, frequency, due_days, starts_on, set_by)
				values ($1, 'quarter', 30, '2022-01-01', $2)`,
				[id, books.finance.actor.id]
			);
			const row = circuit === 'earmarked_revenue' ? 'e' : measureRow(measureId);
			const field = { indicatorId, product: null, stage: null, communeCode: null };
			return {
				id,
				ledger,
				amount: amountCell(row),
				count: countCell(row, field),
				begin: (context, periodStartsOn = day('2022-04-01')) =>
					beginDeclaration(context, { envelopeId: id, periodStartsOn })
			};
		}
	};
}

/** Types into empty fields. */
export const type = (context: Context, declarationId: string, values: Record<CellKey, string>) =>
	saveCells(
		context,
		declarationId,
		Object.entries(values).map(([key, value]) => ({ key, base: '', value }))
	);
