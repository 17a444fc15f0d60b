/** Whether two writings say the same, for whoever does not mind accents, case and small words. */

/** `Le Conseil Municipal` and `le conseil municipal` alike: letters and figures, parted by single spaces. */
export function plainWords(text: string): string {
	return text
		.normalize('NFD')
		.replace(/[\u0300-\u036f]/g, '')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, ' ')
		.trim();
}

const words = (text: string): string[] => plainWords(text).split(' ').filter(Boolean);

/** `2021-045` and `N° 2021-045`: the number is the same with and without what announces it. */
export function sameNumber(left: string, right: string): boolean {
	const bare = (text: string) =>
		text
			.toLowerCase()
			.replace(/^\s*(d[ée]lib[ée]ration|acte)?\s*(n\s*[°ºo]|num[ée]ro)?\s*[:.]?\s*/u, '')
			.replace(/\s+/g, '');
	return bare(left) === bare(right);
}

const OFFICE =
	/^(le |la |l )?(conseil|assemblee|comite|bureau|commission|organe)\b.*? (de la |de l |du |des |de |d )/;
const KIND = /^(la |le )?(commune|ville|mairie)( nouvelle)? (de |du |des |d )?/;

/** `Conseil municipal de Trifouilly` is the authority of `Commune de Trifouilly`. */
export function sameAuthority(left: string, right: string): boolean {
	const core = (text: string) => plainWords(text).replace(OFFICE, '').replace(KIND, '');
	const [one, other] = [core(left), core(right)];
	if (one.length < 3 || other.length < 3) return one === other;
	return one === other || (` ${one} `.includes(` ${other} `) && one.length < other.length * 2);
}

const CIVILITY = new Set(
	'm mme mlle monsieur madame le la l de du maire president presidente premier adjoint'.split(' ')
);

/** One name says no more and no less than the other but for civility, first name and order. */
export function samePerson(left: string, right: string): boolean {
	const names = (text: string) => words(text).filter((word) => !CIVILITY.has(word));
	const [one, other] = [names(left), names(right)];
	const [few, many] = one.length <= other.length ? [one, other] : [other, one];
	return (
		few.length > 0 && many.length <= few.length + 2 && few.every((word) => many.includes(word))
	);
}

/** Two texts of some length, one of which may be cut short or go on. */
export function sameText(left: string, right: string): boolean {
	const [one, other] = [words(left), words(right)];
	const [few, many] = one.length <= other.length ? [one, other] : [other, one];
	if (few.length === 0) return many.length === 0;
	const pool = new Set(many);
	const shared = few.filter((word) => pool.has(word)).length / few.length;
	return shared >= 0.8 && few.length * 3 >= many.length;
}

/** What is counted: the same first word is enough. */
export function sameThing(left: string, right: string): boolean {
	const [one] = words(left);
	const [other] = words(right);
	return one !== undefined && one === other;
}

/** `s’engager` and `engager`, `prendre acte` and `prendre`. */
export function sameVerb(left: string, right: string): boolean {
	const bare = (text: string) => plainWords(text).replace(/^(s|se) /, '');
	const [one, other] = [bare(left), bare(right)];
	return one === other || one.startsWith(`${other} `) || other.startsWith(`${one} `);
}

/** The beginning of one decision says what the other says; how far each goes on matters less. */
export function sameDecision(expected: string, found: string): boolean {
	const pool = new Set(words(found).slice(0, 80));
	const wanted = words(expected);
	if (wanted.length === 0) return true;
	return wanted.filter((word) => pool.has(word)).length / wanted.length >= 0.6;
}
