import { randomUUID } from 'node:crypto';
import { day } from '#lib/domain/day.ts';
import {
	amountCell,
	communeCell,
	correctsCell,
	countCell,
	ENVELOPE_ROW,
	landlordCell,
	measureRow,
	nameCell,
	newOperationRow,
	NOTHING_CELL,
	operationRow,
	OVERRUN_CELL,
	type CellKey
} from '#lib/domain/declaration-cell.ts';
import type { Circuit } from '#lib/domain/envelope.ts';
import type { Frequency } from '#lib/domain/period.ts';
import type { Role } from '#lib/domain/role.ts';
import type { Context } from '#lib/server/context.ts';
import { acceptDeclaration, type Acceptance } from '#lib/server/declarations/accept-declaration.ts';
import { beginDeclaration } from '#lib/server/declarations/begin-declaration.ts';
import { reopenDeclaration } from '#lib/server/declarations/reopen-declaration.ts';
import { returnDeclaration } from '#lib/server/declarations/return-declaration.ts';
import { saveCells } from '#lib/server/declarations/save-cells.ts';
import { setDeclarationDuty } from '#lib/server/declarations/set-declaration-duty.ts';
import { submitDeclaration } from '#lib/server/declarations/submit-declaration.ts';
import { openBooks, type Books, type Ledger } from './books.ts';

/** Everybody who may come near a declaration, by what they are to it. */
export type People = {
	/** Begins, types and sends. */
	declarant: Context;
	/** Of the same organisation. */
	colleague: Context;
	/** Of another organisation. */
	stranger: Context;
	/** The officer who decides, and another. */
	officer: Context;
	second: Context;
	/** An officer who belongs to the declaring organisation. */
	insider: Context;
	elected: Context;
	admin: Context;
};

/** The books of a test file with people around them, in which envelopes are declared and accepted. */
export type Desk = Books & {
	people: People;
	/** The declaring organisation. */
	partnerId: string;
	/** An envelope that the partner declares, with its ledger. */
	envelope: (facts: EnvelopeFacts) => Promise<DeclaredEnvelope>;
	/** Makes a person of a role, of the declaring organisation where that is said. */
	person: (name: string, role: Role, organisationId?: string | null) => Promise<Context>;
	accept: (id: string, reason?: string) => Promise<Acceptance>;
	giveBack: (id: string, reason?: string) => Promise<void>;
	reopen: (id: string, reason?: string) => Promise<void>;
	stateOf: (id: string) => Promise<string>;
};

export type EnvelopeFacts = {
	label: string;
	/** `1 000,00`. */
	promised: string;
	measures?: string[];
	circuit?: Circuit;
	frequency?: Frequency;
	byOperation?: boolean;
	startsOn?: string;
	/** Indicators of its measures: label of the measure → label of what is counted. */
	counted?: Record<string, string>;
};

export type DeclaredEnvelope = {
	id: string;
	ledger: Ledger;
	/**
	 * Begins the period of this day and types: `Prêts: 10,00 | Prêts nombre: 3`; `tout: 5,00` is the envelope as
	 * a whole, `n1`, `n1 nom`, `n1 bailleur`, `n1 commune` a new operation, `o <id>` a known one.
	 */
	type: (startsOn: string, text: string) => Promise<string>;
	/** The same, and sends it. */
	send: (startsOn: string, text: string) => Promise<string>;
	/** Types into a declaration that was begun. */
	write: (id: string, text: string) => Promise<void>;
};

/** Opens the books of a test file with a declaring organisation and everybody around it. */
export async function openDesk(options: { poolSize?: number } = {}): Promise<Desk> {
	const books = await openBooks(options);
	const one = async (text: string, values: unknown[]): Promise<string> =>
		String(Object.values((await books.owner.query(text, values)).rows[0] as object)[0]);
	const organisation = (name: string) =>
		one("insert into organisations (name, kind) values ($1, 'funder') returning id", [name]);
	const partnerId = await organisation('Action Logement');
	const strangerId = await organisation('Autre organisme');

	const person: Desk['person'] = async (name, role, organisationId = null) => {
		const email = `${name.toLowerCase().replaceAll(/[^a-z]/g, '')}.${randomUUID()}@demo.example`;
		const id = await one(
			`insert into users (email, name, role, organisation_id, password_hash)
			values ($1, $2, $3, $4, '-') returning id`,
			[email, name, role, organisationId]
		);
		const actor = { id, name, role, organisationId, organisationName: null };
		return { ...books.finance, actor };
	};
	const people: People = {
		declarant: await person('Dominique Déclarante', 'partner', partnerId),
		colleague: await person('Claude Collègue', 'partner', partnerId),
		stranger: await person('Sacha Ailleurs', 'partner', strangerId),
		officer: books.finance,
		second: await person('Lou Seconde', 'finance'),
		insider: await person('Max Maison', 'finance', partnerId),
		elected: await person('Élie Élu', 'elected'),
		admin: await person('Ada Administration', 'admin')
	};

	return {
		...books,
		people,
		partnerId,
		person,
		envelope: (facts) => openEnvelope(books, people.declarant, partnerId, facts),
		accept: (id, overrunReason) =>
			acceptDeclaration(
				people.officer,
				randomUUID(),
				id,
				overrunReason === undefined ? {} : { overrunReason }
			),
		giveBack: (id, reason = 'Il manque un justificatif') =>
			returnDeclaration(people.officer, id, { reason }),
		reopen: async (id, reason = 'Un montant était faux') => {
			await reopenDeclaration(people.officer, randomUUID(), id, { reason });
		},
		stateOf: (id) => one('select state from declarations where id = $1', [id])
	};
}

const FIELD = /^(.*?)(?: (nombre|corrige|nom|bailleur|commune))?$/;

const FIELDS: Record<string, (row: string, indicatorId: string) => CellKey> = {
	montant: amountCell,
	corrige: correctsCell,
	nom: nameCell,
	bailleur: landlordCell,
	commune: communeCell,
	nombre: (row, indicatorId) =>
		countCell(row, { indicatorId, product: null, stage: null, communeCode: null })
};

function rowOf(thing: string, ledger: Ledger): string {
	if (thing === 'tout') return ENVELOPE_ROW;
	const [, kind, rest = ''] = /^(n|o )(\d+|[0-9a-f-]{36})$/.exec(thing) ?? [];
	if (kind === 'n') return newOperationRow(Number(rest));
	return kind ? operationRow(rest) : measureRow(ledger.measureId(thing));
}

async function openEnvelope(
	books: Books,
	declarant: Context,
	partnerId: string,
	facts: EnvelopeFacts
): Promise<DeclaredEnvelope> {
	const { label, promised, measures = [], circuit = 'off_budget', startsOn = '2020-01-01' } = facts;
	const ledger = await books.open({ [label]: circuit }, { [label]: measures });
	const id = ledger.id(label);
	await books.owner.query('update envelopes set partner_id = $2, starts_on = $3 where id = $1', [
		id,
		partnerId,
		startsOn
	]);
	const indicators = new Map<string, string>();
	for (const [measure, counted] of Object.entries(facts.counted ?? {})) {
		const { rows } = await books.owner.query<{ id: string }>(
			`insert into indicators (programme_id, envelope_id, measure_id, position, label, unit)
			select e.programme_id, e.id, $2,
				(select coalesce(max(position), 0) + 1 from indicators), $3, 'aids'
			from envelopes e where e.id = $1 returning id`,
			[id, ledger.measureId(measure), counted]
		);
		indicators.set(measure, rows[0]?.id ?? '');
	}
	await ledger.post(`
		day        | envelope | kind       | amount
		2020-12-17 | ${label} | allocation | ${promised}
	`);
	await setDeclarationDuty(books.finance, id, {
		frequency: facts.frequency ?? 'quarter',
		dueDays: 45,
		startsOn: day(startsOn),
		byOperation: facts.byOperation ?? false
	});

	const keyOf = (name: string): CellKey => {
		if (name === 'rien') return NOTHING_CELL;
		if (name === 'motif') return OVERRUN_CELL;
		const [, thing = name, field = 'montant'] = FIELD.exec(name) ?? [];
		const indicatorId = indicators.get(thing) ?? '';
		return FIELDS[field]?.(rowOf(thing, ledger), indicatorId) ?? '';
	};
	const write: DeclaredEnvelope['write'] = async (declarationId, text) => {
		const { rows } = await books.owner.query<{ key: string; value: string }>(
			'select key, value from declaration_cells where declaration_id = $1',
			[declarationId]
		);
		const before = new Map(rows.map(({ key, value }) => [key, value]));
		const changes = text.split('|').map((part) => {
			const [name = '', value = ''] = part.split(':').map((word) => word.trim());
			const key = keyOf(name);
			return { key, base: before.get(key) ?? '', value };
		});
		await saveCells(declarant, declarationId, changes);
	};
	const type: DeclaredEnvelope['type'] = async (periodStartsOn, text) => {
		const declarationId = await beginDeclaration(declarant, { envelopeId: id, periodStartsOn });
		await write(declarationId, text);
		return declarationId;
	};
	const send: DeclaredEnvelope['send'] = async (periodStartsOn, text) => {
		const declarationId = await type(periodStartsOn, text);
		await submitDeclaration(declarant, randomUUID(), declarationId);
		return declarationId;
	};
	return { id, ledger, type, send, write };
}
