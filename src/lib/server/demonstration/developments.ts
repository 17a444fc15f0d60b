import type { Product, Stage } from '#lib/domain/dwelling.ts';

/** An invented housing development in a real commune, with the days on which it reached its stages. */
export type Development = {
	name: string;
	communeCode: string;
	district?: string;
	landlord: string;
	dwellings: Record<Product, number>;
	/** What is committed when it is approved, and the percentages of it that were paid when. Null until finance confirms it. */
	support: { cents: bigint; payments: Record<string, bigint> } | null;
	stages: Partial<Record<Stage, string>>;
};

export const DEVELOPMENTS: readonly Development[] = [
	{
		name: 'Les Érables',
		communeCode: '21231',
		district: 'La Fontaine d’Ouche',
		landlord: 'A',
		dwellings: { PLAI: 55, PLUS: 75, PLS: 10, LI: 8 },
		support: {
			cents: 136_241_550n,
			payments: { '2020-04-07': 40n, '2021-03-16': 40n, '2022-03-15': 20n }
		},
		stages: {
			programmed: '2020-01-21',
			approved: '2020-03-12',
			started: '2020-06-15',
			delivered: '2022-02-24'
		}
	},
	{
		name: 'Le Clos des Tilleuls',
		communeCode: '21166',
		district: 'Le Mail',
		landlord: 'B',
		dwellings: { PLAI: 62, PLUS: 87, PLS: 11, LI: 4 },
		support: {
			cents: 151_877_325n,
			payments: { '2020-06-23': 40n, '2021-06-08': 40n, '2022-01-25': 20n }
		},
		stages: {
			programmed: '2020-01-28',
			approved: '2020-05-26',
			started: '2020-09-14',
			delivered: '2021-12-16'
		}
	},
	{
		name: 'Résidence Clairval',
		communeCode: '21617',
		landlord: 'C',
		dwellings: { PLAI: 38, PLUS: 53, PLS: 7, LI: 6 },
		support: {
			cents: 94_358_040n,
			payments: { '2020-07-28': 40n, '2021-07-20': 40n, '2022-06-28': 20n }
		},
		stages: {
			programmed: '2020-02-11',
			approved: '2020-07-02',
			started: '2020-11-09',
			delivered: '2022-03-24'
		}
	},
	{
		name: 'Le Jardin des Simples',
		communeCode: '21515',
		landlord: 'A',
		dwellings: { PLAI: 48, PLUS: 65, PLS: 9, LI: 6 },
		support: {
			cents: 118_063_515n,
			payments: { '2020-10-20': 40n, '2021-09-21': 40n, '2022-05-24': 20n }
		},
		stages: {
			programmed: '2020-03-03',
			approved: '2020-09-24',
			started: '2021-01-18'
		}
	},
	{
		name: 'Le Verger',
		communeCode: '21171',
		landlord: 'D',
		dwellings: { PLAI: 37, PLUS: 52, PLS: 7, LI: 0 },
		support: {
			cents: 86_214_780n,
			payments: { '2020-11-17': 50n, '2021-11-23': 35n, '2022-06-21': 15n }
		},
		stages: {
			programmed: '2020-05-12',
			approved: '2020-10-15',
			started: '2021-02-22',
			delivered: '2022-06-16'
		}
	},
	{
		name: 'L’Alouette',
		communeCode: '21355',
		landlord: 'B',
		dwellings: { PLAI: 32, PLUS: 44, PLS: 6, LI: 0 },
		support: {
			cents: 75_310_465n,
			payments: { '2020-12-15': 50n, '2022-01-18': 35n }
		},
		stages: {
			programmed: '2020-06-09',
			approved: '2020-12-03',
			started: '2021-04-12'
		}
	},
	{
		name: 'Les Terrasses du Levant',
		communeCode: '21540',
		landlord: 'E',
		dwellings: { PLAI: 42, PLUS: 58, PLS: 8, LI: 8 },
		support: {
			cents: 108_920_350n,
			payments: { '2021-03-02': 50n, '2022-02-15': 35n, '2022-05-17': 15n }
		},
		stages: { programmed: '2020-09-08', approved: '2021-02-04', started: '2021-06-21' }
	},
	{
		name: 'La Closerie',
		communeCode: '21278',
		landlord: 'C',
		dwellings: { PLAI: 37, PLUS: 50, PLS: 7, LI: 6 },
		support: {
			cents: 93_418_830n,
			payments: { '2021-04-20': 50n, '2022-02-22': 35n, '2022-04-26': 10n }
		},
		stages: { programmed: '2020-10-13', approved: '2021-03-25', started: '2021-08-30' }
	},
	{
		name: 'Les Vendanges',
		communeCode: '21390',
		landlord: 'D',
		dwellings: { PLAI: 28, PLUS: 39, PLS: 5, LI: 0 },
		support: { cents: 66_372_590n, payments: { '2021-06-15': 50n, '2022-02-08': 35n } },
		stages: { programmed: '2020-11-24', approved: '2021-05-20', started: '2021-10-11' }
	},
	{
		name: 'Le Grand Cèdre',
		communeCode: '21231',
		landlord: 'A',
		dwellings: { PLAI: 55, PLUS: 75, PLS: 10, LI: 10 },
		support: {
			cents: 141_509_485n,
			payments: { '2021-07-13': 50n, '2022-03-22': 30n, '2022-06-07': 15n }
		},
		stages: { programmed: '2021-01-19', approved: '2021-06-17', started: '2021-11-15' }
	},
	{
		name: 'Les Magnolias',
		communeCode: '21166',
		district: 'Le Mail',
		landlord: 'B',
		dwellings: { PLAI: 55, PLUS: 77, PLS: 10, LI: 0 },
		support: {
			cents: 131_846_220n,
			payments: { '2021-10-12': 50n, '2022-03-29': 30n }
		},
		stages: { programmed: '2021-03-16', approved: '2021-09-16', started: '2022-01-24' }
	},
	{
		name: 'Le Pré Saint-Éloi',
		communeCode: '21481',
		landlord: 'E',
		dwellings: { PLAI: 20, PLUS: 28, PLS: 4, LI: 0 },
		support: { cents: 47_125_605n, payments: { '2021-12-14': 50n, '2022-04-12': 30n } },
		stages: { programmed: '2021-06-08', approved: '2021-11-25', started: '2022-03-28' }
	},
	{
		name: 'Les Frênes',
		communeCode: '21231',
		district: 'La Fontaine d’Ouche',
		landlord: 'C',
		dwellings: { PLAI: 46, PLUS: 64, PLS: 8, LI: 8 },
		support: { cents: 112_496_315n, payments: {} },
		stages: { programmed: '2021-11-09' }
	},
	{
		name: 'Le Ru Blanc',
		communeCode: '21452',
		landlord: 'D',
		dwellings: { PLAI: 23, PLUS: 31, PLS: 4, LI: 0 },
		support: { cents: 54_382_145n, payments: {} },
		stages: { programmed: '2022-02-08' }
	},
	{
		// Not confirmed by finance: elected officials do not see it.
		name: 'Les Grands Champs',
		communeCode: '21003',
		landlord: 'E',
		dwellings: { PLAI: 18, PLUS: 26, PLS: 6, LI: 4 },
		support: null,
		stages: { programmed: '2022-04-12' }
	}
];
