import { NO_BREAK_SPACE } from '#lib/domain/numeral.ts';

/** Sets a French sentence that was typed with plain spaces: no line breaks before `: ; ! ? »` nor after `«`. */
export const typeset = (sentence: string): string =>
	sentence.replace(/ (?=[:;!?»])|(?<=«) /g, NO_BREAK_SPACE);
