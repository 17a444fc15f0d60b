import { describe, expect, it } from 'vitest';
import { day } from '#lib/domain/day.ts';
import type { EnvelopeSituation } from '#lib/domain/envelope.ts';
import { listWatchItems } from '#lib/domain/watch.ts';
import { envelope, euros, situationOn, totals } from './books.ts';

const ON = '2022-06-30';
/** One line an item: how much it presses, what it is, why. */
const watch = (...envelopes: [EnvelopeSituation, number | null][]): string[] =>
	listWatchItems(
		envelopes.map(([situation, expected]) => ({
			situation,
			expectedCents: () => (expected === null ? null : euros(expected))
		})),
		day(ON)
	).map(({ severity, title, detail }) =>
		`${severity} | ${title} | ${detail}`.replaceAll(/[\u00A0\u202F]/gu, ' ')
	);

describe('what to watch', () => {
	it('is nothing where everything keeps its pace', () => {
		expect(
			watch([situationOn(ON, envelope(), totals(15_000_000, 0, 0, 12_150_320)), null])
		).toEqual([]);
	});

	it('comes with what presses most first', () => {
		const late = situationOn(
			ON,
			envelope({ label: 'Nouveaux programmes' }),
			totals(15_000_000, 0, 0, 10_680_130)
		);
		const ending = situationOn(
			ON,
			envelope({ label: 'Logement d’abord', horizonEndsOn: day('2025-12-31') }),
			totals(988_000, 0, 741_000, 782_000)
		);
		const overrun = situationOn(
			ON,
			envelope({ label: 'Mobilité' }),
			totals(100_000, 0, 0, 112_000)
		);
		expect(watch([late, 12_900_000], [ending, null], [overrun, null])).toEqual([
			'alert | Mobilité : 12 k€ de plus que promis | 112,0 % de la promesse sont versés. Le motif est au grand livre.',
			'alert | Logement d’abord s’arrête dans 184 jours | Retenu jusqu’en 2025, couvert par un acte jusqu’au 31 décembre 2022 : aucun acte ne couvre 2023-2025.',
			'warning | Nouveaux programmes : 12 points de retard | Au rythme actuel, 2,1 M€ ne seraient pas versés à l’échéance.'
		]);
	});

	it('says what a delay would leave unpaid only where that is known', () => {
		const late = situationOn(ON, envelope(), totals(15_000_000, 0, 0, 10_680_130));
		const details = [null, 15_000_001].map(
			(expected) => watch([late, expected])[0]?.split(' | ')[2]
		);
		expect(details).toEqual([
			'Trop peu de mois connus pour dire où cela mène.',
			'Au rythme actuel, tout serait versé à l’échéance.'
		]);
	});

	it('holds a promise that ended unpaid, and not one that was kept', () => {
		const ended = { endsOn: day('2022-03-31') };
		const unpaid = situationOn(ON, envelope(ended), totals(1_000_000, 0, 0, 900_000));
		const kept = situationOn(ON, envelope(ended), totals(1_000_000, 0, 0, 1_000_000));
		expect(watch([unpaid, null], [kept, null])).toEqual([
			'warning | Parcours résidentiel : terminée, 100 k€ non versés | La période s’est achevée le 31 mars 2022 à 90,0 % de la promesse.'
		]);
	});

	it('holds money of others that is late', () => {
		const earmarked = envelope({
			circuit: 'earmarked_revenue',
			label: 'Logement d’abord',
			funder: 'État (DIHAL)'
		});
		const received = (amount: number) =>
			watch([
				situationOn(ON, earmarked, totals(988_000, 0, amount, 720_000), 741_000),
				null
			])[0]?.split(' | ');
		expect(received(494_000)).toEqual([
			'warning',
			'Logement d’abord : 247 k€ à recevoir',
			'État (DIHAL) devait avoir versé 741 k€ à cette date ; 494 k€ sont reçus.'
		]);
		expect(received(1_500)?.[2]).toContain('; 1,5 k€ est reçu.');
		expect(received(0)?.[2]).toContain('; rien n’est reçu.');
		const before = situationOn(ON, earmarked, totals(0, 0, 0, 0), 741_000);
		expect(watch([before, null])).toEqual([]);
	});

	it('agrees amounts with what is said of them', () => {
		const late = situationOn(ON, envelope(), totals(15_000_000, 0, 0, 10_680_130));
		expect(watch([late, 13_500_000])[0]).toContain('1,5 M€ ne serait pas versé à l’échéance.');
		const ended = envelope({ endsOn: day('2022-03-31') });
		const unpaid = situationOn(ON, ended, totals(2_000_000, 0, 0, 900_000));
		expect(watch([unpaid, null])[0]).toContain('terminée, 1,1 M€ non versé |');
	});
});
