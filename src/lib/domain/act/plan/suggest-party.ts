import type { PlannedNewParty, PlannedParty } from '#lib/domain/act/plan/plan.ts';
import { capitalise, slugOf } from '#lib/domain/act/plan/suggest-label.ts';
import { foldName } from '#lib/domain/name.ts';

export type MatchedParty = { party: PlannedParty } | { created: PlannedNewParty };

/**
 * The organisation that words of an act name: one that is known by that name or by one that begins so
 * (`l'État` is `État (DIHAL)`, where no other begins so), else a new one. Null where the words name none.
 */
export function matchParty(
	words: string,
	organisations: readonly { id: string; name: string }[],
	newParties: readonly PlannedNewParty[]
): MatchedParty | null {
	const name = nameOfParty(words);
	const folded = foldName(name);
	if (folded.length < 3) return null;
	const planned = newParties.find((party) => foldName(party.name) === folded);
	if (planned) return { party: { newParty: planned.key } };
	const same = organisations.find((one) => foldName(one.name) === folded);
	if (same) return { party: { organisationId: same.id } };
	const alike = organisations.filter(({ name: other }) => {
		const known = foldName(other);
		return known.startsWith(`${folded} `) || folded.startsWith(`${known} `);
	});
	const [only] = alike;
	if (only && alike.length === 1) return { party: { organisationId: only.id } };
	return {
		created: { key: `organisme-${slugOf(name)}`, name, kind: kindOfParty(folded), siren: null }
	};
}

/** A name without the article that the sentence puts before it. */
export const nameOfParty = (words: string): string =>
	capitalise(
		words
			.replace(/'/g, '’')
			.replace(/\s+/g, ' ')
			.replace(/^(?:l’|la |le |les |par l’|de l’)/i, '')
			.trim()
	);

const KINDS: readonly [RegExp, PlannedNewParty['kind']][] = [
	[/^(?:etat|anru|anah|ministere|prefecture|dihal|caisse des depots)\b/, 'state'],
	[/\b(?:metropole|commune|ville|departement|region|agglomeration|communaute)\b/, 'authority'],
	[/\b(?:oph|hlm|bailleur|habitat|logis)\b/, 'landlord'],
	[/\bassociation\b/, 'association']
];

/** What sort of organisation a name seems to be; who gives money is a funder where nothing says more. */
const kindOfParty = (folded: string): PlannedNewParty['kind'] =>
	KINDS.find(([pattern]) => pattern.test(folded))?.[1] ?? 'funder';

/** A SIREN has nine digits, the last of which checks the others (Luhn); La Poste's own numbers are no exception here. */
export function isSiren(text: string): boolean {
	const digits = text.replace(/\s/gu, '');
	if (!/^\d{9}$/.test(digits)) return false;
	const sum = [...digits].reduce((total, digit, place) => {
		const weighed = Number(digit) * (place % 2 === 1 ? 2 : 1);
		return total + (weighed > 9 ? weighed - 9 : weighed);
	}, 0);
	return sum % 10 === 0;
}
