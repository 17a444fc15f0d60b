import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FigureSlug } from '#lib/domain/figure.ts';
import type { Actor } from '#lib/domain/role.ts';
import type { Database } from '#lib/server/db/client.ts';
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
	readFigure(
		{ db, actor, at: new Date('2026-01-05T09:00:00Z') },
		slug,
		new URLSearchParams(search)
	);

const plain = (text: string): string => text.replaceAll(/[\u00A0\u202F]/gu, ' ');
