/** The product that finances a dwelling: for whom it is, from the lowest rents up. */
export type Product = 'PLAI' | 'PLUS' | 'PLS' | 'LI';

export const PRODUCTS: readonly Product[] = ['PLAI', 'PLUS', 'PLS', 'LI'];

export const PRODUCT_LABELS: Record<Product, string> = {
	PLAI: 'PLAI, très social',
	PLUS: 'PLUS, social',
	PLS: 'PLS, social supérieur',
	LI: 'LI, intermédiaire'
};

/** PLAI, PLUS and PLS are social housing (loi SRU); intermediate dwellings are not, and are shown apart. */
export const isSocial = (product: Product): boolean => product !== 'LI';

/** How far a dwelling has come. A dwelling passes through all of them: stages are never added together. */
export type Stage = 'programmed' | 'approved' | 'started' | 'delivered';

export const STAGES: readonly Stage[] = ['programmed', 'approved', 'started', 'delivered'];

/** As said of dwellings: `logements programmés`. */
export const STAGE_LABELS: Record<Stage, string> = {
	programmed: 'programmés',
	approved: 'agréés',
	started: 'mis en chantier',
	delivered: 'livrés'
};

/** Dwellings of one product at one stage. */
export type DwellingCount = { product: Product; stage: Stage; dwellings: number };

/** Dwellings at one stage, social and intermediate apart. */
export function countDwellings(
	counts: readonly DwellingCount[],
	stage: Stage
): { social: number; intermediate: number; verySocial: number } {
	const atStage = counts.filter((count) => count.stage === stage);
	const sum = (belongs: (product: Product) => boolean) =>
		atStage
			.filter(({ product }) => belongs(product))
			.reduce((total, { dwellings }) => total + dwellings, 0);
	return {
		social: sum(isSocial),
		intermediate: sum((product) => product === 'LI'),
		verySocial: sum((product) => product === 'PLAI')
	};
}
