import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FigureSlug } from '#lib/domain/figure.ts';
import { formatEuros, sumCents } from '#lib/domain/money.ts';
import type { Actor } from '#lib/domain/role.ts';
import type { Context } from '#lib/server/context.ts';
import type { Database } from '#lib/server/db/client.ts';
import { readEnvelopeLedger } from '#lib/server/reports/envelope-ledger.ts';
import { readFigure, type FigureReport } from '#lib/server/reports/figure.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { ask, openAsApplication } from '../../support/people.ts';

let test: TestDatabase;
let db: Database;
let actor: Actor;

beforeAll(async () => {
	test = await testDatabase({ demonstration: true });
	db = openAsApplication(test);
	const [person] = await ask<Actor>(
		test,
		`select id, name, role, organisation_id as "organisationId" from users where role = 'finance'`
	);
	if (!person) throw new Error('The demonstration has a finance account.');
	actor = person;
});

afterAll(async () => {
	await db.close();
	await test.drop();
});

describe('where a figure of several envelopes comes from', () => {
	it('adds them up one by one', async () => {
		const { formula, parts } = await read('promis');
		expect(plain(formula)).toBe('15 000 000 € + 15 000 000 € + 988 000 € = 30 988 000 €');
		expect(parts.map(({ value }) => plain(value))).toEqual([
			'15 000 000 €',
			'15 000 000 €',
			'988 000 €'
		]);
	});

	it('names only those in which it can be: what is received, and what has a plan', async () => {
		for (const slug of ['recu', 'taux-plan'] as const) {
			const { parts, latest } = await read(slug);
			expect(parts.map(({ label }) => label)).toEqual(['Logement d’abord']);
			expect(new Set(latest.map(({ envelopeId }) => envelopeId))).toEqual(
				new Set(parts.map(({ id }) => id))
			);
		}
		expect(plain((await read('taux-plan')).formula)).toBe(
			'784 812,25 € ÷ 494 000 € d’échéances dues = 158,9 %'
		);
	});

	it('gives each its own trend', async () => {
		const { parts } = await read('tendance');
		expect(parts).toHaveLength(3);
		expect(parts.filter(({ value }) => !value.includes('€'))).toEqual([]);
	});
});

it('of a measure is the total of the ledger that it leads to, with all that the measure includes', async () => {
	const measures = await ask<{ id: string; envelope: string; whole: boolean }>(
		test,
		`select id, envelope_id as envelope, exists (select from measures c where c.parent_id = m.id) as whole
		from measures m where instrument is null`
	);
	expect(measures.filter(({ whole }) => whole).length).toBeGreaterThan(1);
	for (const { id, envelope } of measures) {
		const { value } = await read('verse', `enveloppe=${envelope}&mesure=${id}`);
		expect(value).not.toBe('0\u00A0€');
		for (const filter of ['', '&texte=e', '&exercice=2022&du=2021-01-01']) {
			const search = new URLSearchParams(`nature=versement&mesure=${id}${filter}`);
			const ledger = await readEnvelopeLedger(context(), envelope, search);
			const sums = ledger?.totals.map(({ amountCents }) => formatEuros(amountCents));
			if (filter === '') expect(sums).toEqual([value]);
			if ((ledger?.entryCount ?? 0) <= 50) {
				const amounts = ledger?.entries.map(({ amountCents }) => amountCents) ?? [];
				expect(sums).toEqual([formatEuros(sumCents(amounts))]);
			}
		}
	}
});

it('is nowhere where nothing can be received: it is not 0 €', async () => {
	const [envelope] = await ask<{ id: string }>(
		test,
		`select id from envelopes where circuit = 'off_budget' limit 1`
	);
	for (const search of [`enveloppe=${envelope?.id}`, 'programme=action-logement-2020-2022']) {
		await expect(read('recu', search)).rejects.toMatchObject({ kind: 'not-found' });
	}
});

const read = (slug: FigureSlug, search = ''): Promise<FigureReport> =>
	readFigure(context(), slug, new URLSearchParams(search));

const context = (): Context => ({ db, actor, at: new Date('2026-01-05T09:00:00Z') });

const plain = (text: string): string => text.replaceAll(/[\u00A0\u202F]/gu, ' ');
