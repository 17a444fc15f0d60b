import { foldName } from '#lib/domain/name.ts';

/** Words of an act as the name of a thing: `l'accompagnement du parcours des salariés` → `Parcours des salariés`. */
export function labelOfWords(words: string): string {
	let label = words.replace(/\s+/g, ' ').replace(/'/g, '’').trim();
	label = label.replace(/^(?:[-–•]|o(?= ))\s*/, '').replace(/^\d[\d  ]*\s/, '');
	for (const needless of NEEDLESS_HEADS) label = label.replace(needless, '');
	for (const clause of NEEDLESS_TAILS) label = label.replace(clause, '');
	if (label.length > 100) label = label.replace(/,.*$/, '');
	return capitalise(label.replace(/[\s,;:.…]+$/u, '').trim()).slice(0, 120);
}

const NEEDLESS_HEADS: readonly RegExp[] = [
	/^par (?=l[ea’]|un)/i,
	/^(?:la |le |les |l’)(?=\p{L})/iu,
	/^accompagnement (?:du |de la |des |de l’)/i,
	/^aides? (?:à la |à l’|au |aux |à )/i
];

const NEEDLESS_TAILS: readonly RegExp[] = [
	/ pour (?:un (?:montant|engagement)|les personnes|[\d ]+)\b.*$/iu,
	/,? (?:dont|qui|visant|permettant) .*$/i,
	/ \(.*$/
];

/** `convention Logement d'abord annexée à la présente délibération` → `Convention Logement d’abord`. */
export function titleOfAgreement(words: string): string {
	const plain = words.replace(/\s+/g, ' ').replace(/'/g, '’').trim();
	const bare = plain.replace(/^(?:d’|de |du |la |le |les |l’)/i, '');
	const amendment = /^avenant(?: \d{4} ?[-–] ?\d{4}| n° ?\d+| \d+)?/i.exec(bare)?.[0];
	if (amendment) return capitalise(amendment);
	return capitalise(bare.replace(AGREEMENT_TAILS, '').replace(/[\s,;:.]+$/u, ''));
}

const AGREEMENT_TAILS =
	/,? (?:tel(?:le)? qu|ci-joint|ci-annex|annexée?|jointe?|établie?|à (?:conclure|intervenir|signer)|entre |avec |conclue?|relative? |portant ).*$/i;

/** What an amendment amends, by the name that it gives it: `convention-cadre`; null where it gives none. */
export function titleOfRoot(words: string): string | null {
	const amended =
		/avenant\b.*? (?:à la |à l[’']|au )((?:convention|accord|contrat|protocole|pacte)(?:[- ]cadre)?)/i.exec(
			words
		);
	return amended?.[1] ? capitalise(amended[1]) : null;
}

/** Whether the words of an act speak of an amendment. */
export const isAmendment = (words: string): boolean => /^\W*(?:l['’]|un )?avenant/i.test(words);

/**
 * The name of a programme out of the name of its agreement (`Convention Logement d’abord`), else of the
 * title of its act, and its years: `Action Logement 2020-2022`.
 */
export function nameOfProgramme(title: string, years: string, agreement: string | null): string {
	const proper = /^[Cc]onvention (\p{Lu}.{2,60})$/u.exec(agreement ?? '')?.[1];
	if (proper) return proper.includes(years) ? proper : `${proper} ${years}`;
	const parts = title.replace(/'/g, '’').split(/\s+(?:[:–—-]|\*\*)\s+|\s*:\s+/);
	const own = parts.filter((part) => !/^(?:convention|avenant|approbation|signature)/i.test(part));
	const name = capitalise((own[0] ?? parts[0] ?? title).replace(/^programme /i, '').trim());
	return years === '' || name.includes(years) ? name : `${name} ${years}`;
}

/** A name in an address, out of the name that people read: `Logement d’abord 2021` → `logement-d-abord-2021`. */
export const slugOf = (name: string): string =>
	foldName(name)
		.replace(/œ/g, 'oe')
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '')
		.slice(0, 80)
		.replace(/-+$/, '');

/** The first address that is not taken: `habitat`, then `habitat-2`. */
export function freeSlug(name: string, taken: readonly string[]): string {
	const slug = slugOf(name);
	for (let number = 2, free = slug; ; number += 1) {
		if (!taken.includes(free)) return free;
		free = `${slug}-${number}`;
	}
}

export const capitalise = (words: string): string =>
	words.charAt(0).toLocaleUpperCase('fr') + words.slice(1);
