import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatEuros } from '#lib/domain/money.ts';
import type { Actor } from '#lib/domain/role.ts';
import type { Context } from '#lib/server/context.ts';
import type { Database } from '#lib/server/db/client.ts';
import { readPortfolio, type Portfolio } from '#lib/server/reports/portfolio.ts';
import { readProgramme } from '#lib/server/reports/programme.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { ask, openAsApplication } from '../../support/people.ts';

const LOGEMENT_D_ABORD = 'Logement d’abord';

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

/** The act of 30 September 2021 was entered on 5 October: it plans 494 000 € a year from the State. */
describe('an act that was not entered yet', () => {
	it('promises nothing, plans nothing and makes nobody late', async () => {
		const portfolio = await read('au=2021-12-31&connu=2021-10-04');
		expect(linesOf(portfolio)).toEqual(['not_in_force | 0 € | –']);
		expect(watchedOf(portfolio)).toEqual([]);
	});

	it('does so from the day it is', async () => {
		const portfolio = await read('au=2021-12-31&connu=2021-10-05');
		expect(linesOf(portfolio)).toEqual(['ending | 988 000 € | 494 000 €']);
		expect(watchedOf(portfolio)).toHaveLength(2);
	});

	it('does not follow another before its time', async () => {
		await ask(
			test,
			`with act as (
				insert into deliberations (slug, authority_id, sitting_on, title, text, text_digest, entered_at, entered_by)
				select 'suite', authority_id, '2022-05-19', 'La suite', 'La suite.',
					encode(sha256(convert_to('La suite.', 'UTF8')), 'hex'), '2022-05-25', entered_by
				from deliberations limit 1 returning id
			)
			insert into agreements (programme_id, title, deliberation_id, effective_on, starts_on, ends_on)
			select p.id, 'La suite', act.id, '2022-05-19', '2023-01-01', '2025-12-31'
			from programmes p, act where p.slug like 'logement%'`
		);
		const statusOn = async (known: string) =>
			linesOf(await read(`au=2022-06-30&connu=${known}`))[0]?.split(' | ')[0];
		expect(await statusOn('2022-05-24')).toBe('ending');
		expect(await statusOn('2022-05-25')).not.toBe('ending');
	});
});

it('shows the period of reference of an act from any day, and what was counted only once it was', async () => {
	const aidsOn = async (search: string) => {
		const slug = 'action-logement-2020-2022';
		const { envelopes } = await readProgramme(context(), slug, new URLSearchParams(search));
		const [aids] = envelopes[0]?.measures ?? [];
		return [aids?.baselineCount?.value, aids?.actualCount];
	};
	expect(await aidsOn('au=2018-06-30')).toEqual([268, null]);
	expect(await aidsOn('au=2018-06-30&connu=2020-12-21')).toEqual([undefined, null]);
	expect(await aidsOn('au=2022-06-30')).toEqual([268, 241]);
});

const context = (): Context => ({ db, actor, at: new Date('2026-01-05T09:00:00Z') });

const read = (search: string): Promise<Portfolio> =>
	readPortfolio(context(), new URLSearchParams(search));

/** Status, promised and due of the envelope of the State. */
function linesOf({ envelopes }: Portfolio): string[] {
	return envelopes
		.filter(({ label }) => label === LOGEMENT_D_ABORD)
		.map(({ status, promisedCents, instalmentsDueCents: due }) =>
			[status, formatEuros(promisedCents), due === null ? '–' : formatEuros(due)]
				.join(' | ')
				.replaceAll(/[\u00A0\u202F]/gu, ' ')
		);
}

const watchedOf = ({ watch }: Portfolio): string[] =>
	watch.map(({ title }) => title).filter((title) => title.includes(LOGEMENT_D_ABORD));
