import type { Party } from '#lib/server/acts/act.ts';

/** Who the two acts bind. A SIREN that is not known is asked of the user, never invented. */
export const PARTIES: readonly {
	name: Party;
	kind: 'authority' | 'funder' | 'state';
	siren: string | null;
}[] = [
	{ name: 'Dijon Métropole', kind: 'authority', siren: '242100410' },
	{ name: 'Action Logement Services', kind: 'funder', siren: null },
	{ name: 'État (DIHAL)', kind: 'state', siren: null }
];

/** The 23 communes of Dijon Métropole by their INSEE codes. */
export const COMMUNES: readonly { code: string; name: string }[] = [
	{ code: '21003', name: 'Ahuy' },
	{ code: '21105', name: 'Bressey-sur-Tille' },
	{ code: '21106', name: 'Bretenière' },
	{ code: '21166', name: 'Chenôve' },
	{ code: '21171', name: 'Chevigny-Saint-Sauveur' },
	{ code: '21192', name: 'Corcelles-les-Monts' },
	{ code: '21223', name: 'Daix' },
	{ code: '21231', name: 'Dijon' },
	{ code: '21263', name: 'Fénay' },
	{ code: '21270', name: 'Flavignerot' },
	{ code: '21278', name: 'Fontaine-lès-Dijon' },
	{ code: '21315', name: 'Hauteville-lès-Dijon' },
	{ code: '21355', name: 'Longvic' },
	{ code: '21370', name: 'Magny-sur-Tille' },
	{ code: '21390', name: 'Marsannay-la-Côte' },
	{ code: '21452', name: 'Neuilly-Crimolois' },
	{ code: '21473', name: 'Ouges' },
	{ code: '21481', name: 'Perrigny-lès-Dijon' },
	{ code: '21485', name: 'Plombières-lès-Dijon' },
	{ code: '21515', name: 'Quetigny' },
	{ code: '21540', name: 'Saint-Apollinaire' },
	{ code: '21605', name: 'Sennecey-lès-Dijon' },
	{ code: '21617', name: 'Talant' }
];
