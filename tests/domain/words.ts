/** A French sentence as it is typed on a keyboard: every space plain, the minus a hyphen. */
export const plain = (sentence: string): string =>
	sentence.replaceAll(/[\u00A0\u202F]/g, ' ').replaceAll('\u2212', '-');
