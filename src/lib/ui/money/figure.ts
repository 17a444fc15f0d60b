import type { Day } from '#lib/domain/day.ts';

/** Of what a figure is taken, and seen from when. What is left out is not in the address. */
export type Source = {
	envelope?: string | undefined;
	programme?: string | undefined;
	measure?: string | undefined;
	asOf?: Day | undefined;
	knownOn?: Day | null | undefined;
};

/** The address of “D’où vient ce chiffre ?” for a figure. */
export function figureHref(figure: string, source: Source): string {
	const parameters = new URLSearchParams();
	if (source.envelope) parameters.set('enveloppe', source.envelope);
	if (source.programme) parameters.set('programme', source.programme);
	if (source.measure) parameters.set('mesure', source.measure);
	if (source.asOf) parameters.set('au', source.asOf);
	if (source.knownOn) parameters.set('connu', source.knownOn);
	const search = parameters.toString();
	return search === '' ? `/chiffres/${figure}` : `/chiffres/${figure}?${search}`;
}
