/** A name as people compare names: without regard to case, accents, the shape of apostrophes or spare spaces. */
export const foldName = (name: string): string =>
	name
		.normalize('NFD')
		.replace(/\p{Diacritic}/gu, '')
		.replace(/[’ʼ]/g, "'")
		.replace(/\s+/g, ' ')
		.trim()
		.toLowerCase();

/** Whether two names are the same name, written otherwise. */
export const isSameName = (left: string, right: string): boolean =>
	foldName(left) === foldName(right);
