import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Deliberation } from '#lib/server/api/deliberation.ts';
import type { Entry } from '#lib/server/api/entry.ts';
import type { Programme } from '#lib/server/api/programme.ts';
import { openApi, type TestApi } from '../support/api-client.ts';

let api: TestApi;

beforeAll(async () => {
	api = await openApi();
}, 180_000);
afterAll(() => api?.close());

const cents = (amount: string): bigint => BigInt(amount.replace('.', ''));

const listEnvelopes = async (query = '') =>
	(await api.readAll<Programme>(`/programmes${query}`)).flatMap(({ envelopes }) => envelopes);

describe('the programmes', () => {
	it('are two, with what their acts promise', async () => {
		const programmes = await api.readAll<Programme>('/programmes');
		expect(
			programmes.map((programme) => [
				programme.name,
				programme.starts_on,
				programme.ends_on,
				programme.horizon_ends_on
			])
		).toEqual([
			['Action Logement 2020-2022', '2020-01-01', '2022-12-31', null],
			['Logement d’abord 2021-2022', '2021-01-01', '2022-12-31', '2025-12-31']
		]);
		const promised = {
			circuit: 'off_budget',
			strength: 'intention',
			funder: 'Action Logement Services',
			promised: '15000000.00',
			received: null
		};
		expect(programmes[0]?.envelopes).toMatchObject([promised, promised]);
		expect(programmes[0]?.undertakings).toHaveLength(6);
		expect(programmes[1]?.envelopes).toMatchObject([
			{
				circuit: 'earmarked_revenue',
				strength: 'firm',
				funder: 'État (DIHAL)',
				promised: '988000.00'
			}
		]);
	});

	it('are the same one by one as in the list, which goes a page at a time', async () => {
		const programmes = await api.readAll<Programme>('/programmes');
		for (const programme of programmes) {
			expect(await api.read(`/programmes/${programme.slug}`)).toEqual(programme);
		}
		expect(await api.readAll('/programmes?limit=1')).toEqual(programmes);
		expect(await api.read('/programmes?limit=1')).toMatchObject({
			items: [{ slug: programmes[0]?.slug }],
			next_cursor: expect.any(String) as string
		});
	});

	it.each(['2020-12-16', '2021-03-15', '2022-06-30', '2022-12-31'])(
		'have the sums of their entries on %s',
		async (au) => {
			for (const envelope of await listEnvelopes(`?au=${au}`)) {
				const entries = await api.readAll<Entry>(
					`/envelopes/${envelope.id}/entries?limit=200&au=${au}`
				);
				const sum = (kind: Entry['kind']) =>
					entries
						.filter((entry) => entry.kind === kind)
						.reduce((total, { amount }) => total + cents(amount), 0n);
				expect(cents(envelope.promised), envelope.label).toBe(sum('allocation'));
				expect(cents(envelope.committed)).toBe(sum('commitment'));
				expect(cents(envelope.disbursed)).toBe(sum('disbursement'));
				expect(cents(envelope.received ?? '0.00')).toBe(sum('receipt'));
				const promised = Number(sum('allocation'));
				expect(envelope.execution_rate).toBe(
					promised === 0 ? null : Number(sum('disbursement')) / promised
				);
				// What was paid before the vote is no overrun.
				if (promised === 0) expect(envelope.status).toBe('not_in_force');
			}
		}
	);

	it('count the day itself as gone', async () => {
		const [envelope] = await listEnvelopes('?au=2022-06-30');
		expect(envelope?.time_elapsed).toBe(912 / 1096);
	});

	it('have the values of reference of the act, cited', async () => {
		const { indicators } = await api.read<Programme>('/programmes/action-logement-2020-2022');
		const baselines = indicators.flatMap(({ unit, baseline }) =>
			baseline.map(({ value, period, citation }) => ({
				unit,
				value,
				period,
				quote: citation?.quote
			}))
		);
		const period = { starts_on: '2017-01-01', ends_on: '2019-12-31' };
		expect(baselines).toContainEqual(expect.objectContaining({ unit: 'aids', value: 268, period }));
		expect(baselines).toContainEqual({
			unit: 'euros',
			value: '236000.00',
			period,
			quote: '236 000 €'
		});
	});

	it('open on the day of the application, and say which it is', async () => {
		const answer = await api.ask('/programmes', api.tokens.finance);
		expect(answer.headers.get('content-location')).toBe('/api/v1/programmes?au=2022-06-30');
		expect(await answer.json()).toEqual(await api.read('/programmes?au=2022-06-30'));
	});
});

describe('the entries', () => {
	it('say that they are fictitious, but for what the acts promise', async () => {
		for (const { id } of await listEnvelopes()) {
			for (const entry of await api.readAll<Entry>(`/envelopes/${id}/entries?au=2022-12-31`)) {
				expect(entry.fictitious).toBe(entry.kind !== 'allocation');
				if (entry.kind === 'allocation') expect(entry.citation).not.toBeNull();
				if (entry.kind === 'allocation') expect(entry.declaration).toBeNull();
			}
		}
	});

	it('are the same whatever the size of a page', async () => {
		const [envelope] = await listEnvelopes();
		const path = `/envelopes/${envelope?.id}/entries?au=2022-12-31`;
		const entries = await api.readAll<Entry>(path);
		expect(entries.length).toBeGreaterThan(50);
		expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
		expect(await api.readAll(`${path}&limit=200`)).toEqual(entries);
		expect(await api.readAll(`${path}&limit=37`)).toEqual(entries);
	});
});

describe('a deliberation', () => {
	const ACT = '/deliberations/2020-12-17-action-logement';

	it('is found by its identifier and by its name, on any day', async () => {
		const acts = await api.readAll<Deliberation>('/deliberations');
		expect(acts.map(({ sitting }) => sitting)).toEqual(['2021-09-30', '2020-12-17']);
		const byName = await api.read<Deliberation>(`${ACT}?au=2019-01-01`);
		expect(byName).toEqual(acts[1]);
		expect(await api.read(`/deliberations/${byName.id.toUpperCase()}`)).toEqual(byName);
		expect(await api.readAll('/deliberations?limit=1')).toEqual(acts);
	});

	it.each([
		['au=2020-12-16', []],
		['au=2020-12-17', ['2020-12-17']],
		['connu=2020-12-17', []],
		['connu=2021-09-29', ['2020-12-17']]
	])(
		'is listed from the day it was voted, and from the day it was entered: %s',
		async (query, days) => {
			const acts = await api.readAll<Deliberation>(`/deliberations?${query}`);
			expect(acts.map(({ sitting }) => sitting)).toEqual(days);
		}
	);

	it('says who was there and how they voted', async () => {
		expect(await api.read(ACT)).toMatchObject({
			convened: '2020-12-11',
			theme: 'Habitat, politique de la ville et urbanisme',
			number: null,
			attendance: { members: 86, in_office: 86, present: 74, proxies: 9, absent: 3 },
			vote: { for: 83, against: 0, abstention: 0, not_voting: 0 },
			decisions: [{ position: 1 }, { position: 2 }]
		});
	});

	it('has its passages where they stand in the text, with value and written precision', async () => {
		const { text, citations, decisions } = await api.read<Deliberation>(ACT);
		for (const { start, end, quote } of [...citations, ...decisions]) {
			expect(text.slice(start, end)).toBe(quote);
		}
		const find = (test: (citation: (typeof citations)[number]) => boolean) => citations.find(test);
		expect(find(({ quote }) => quote === '15,2 M€')).toMatchObject({
			kind: 'amount',
			value: '15200000.00',
			precision: '50000.00',
			section: 'statement_of_reasons'
		});
		const share = find(({ quote, kind }) => quote.startsWith('52') && kind === 'percentage');
		expect(share).toMatchObject({ value: 52, precision: 0.5 });
		const sitting = find(({ kind, section }) => kind === 'date' && section === 'header');
		expect(sitting).toMatchObject({ value: expect.stringMatching(/^2020-12-1[17]$/) as string });
		expect(sitting).toMatchObject({ precision: null });
		expect(find(({ kind }) => kind === 'words')).toMatchObject({ value: null, precision: null });
	});

	it('stands behind everything that cites it', async () => {
		const acts = new Map(
			(await api.readAll<Deliberation>('/deliberations')).map((act) => [act.id, act])
		);
		const citing = (await api.readAll<Programme>('/programmes')).flatMap((programme) => [
			...programme.envelopes,
			...programme.undertakings,
			...programme.agreements,
			...programme.indicators.flatMap(({ baseline }) => baseline)
		]);
		expect(citing.length).toBeGreaterThan(20);
		for (const { citation } of citing) {
			const act = acts.get(citation?.deliberation ?? '');
			expect(act?.text.slice(citation?.start, citation?.end)).toBe(citation?.quote);
			expect(act?.citations.map(({ id }) => id)).toContain(citation?.id);
		}
	});
});
