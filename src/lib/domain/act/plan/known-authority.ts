import { foldName, isSameName } from '#lib/domain/name.ts';

/**
 * The authority whose act it is, among those that are known: the one that the act names, as it stands,
 * or by its council (`Conseil métropolitain de Dijon Métropole`, `Conseil municipal de Dijon`). What
 * else stands beside the name makes it another body: the social fund of a town is not the town. Null
 * where none is named, or where the words name several.
 */
export function findAuthority<Organisation extends { name: string; kind: string }>(
	words: string,
	organisations: readonly Organisation[]
): Organisation | null {
	const same = organisations.find(({ name }) => isSameName(name, words));
	if (same) return same;
	const named = namesIn(words);
	const [only, ...others] = organisations.filter(
		({ kind, name }) => kind === 'authority' && namesIn(name).some((one) => named.includes(one))
	);
	return only && others.length === 0 ? only : null;
}

/** The bodies that decide for an authority, and the kind of authority that each is of; null for any. */
const COUNCILS: readonly [RegExp, string | null][] = [
	[/^conseil municipal\b/, 'commune'],
	[/^conseil metropolitain\b/, 'metropole'],
	[/^conseil departemental\b/, 'departement'],
	[/^conseil regional\b/, 'region'],
	[
		/^(conseil communautaire|conseil d administration|comite syndical|commission permanente)\b/,
		null
	],
	[/^(conseil|comite|bureau|assemblee)\b/, null]
];

const COUNCIL_BEHIND = / conseil (municipal|metropolitain|communautaire|departemental|regional)$/;
const LINK = '(?:(?:de la|de l|de|du|des|d|la|le|les|l) )?';
const ARTICLE = new RegExp(`^${LINK}`);
const OF_KIND = new RegExp(`^(commune|metropole|departement|region) ${LINK}(.+)$`);

/** The ways in which a name may stand for an authority, its council left out. */
function namesIn(words: string): string[] {
	const plain = foldName(words)
		.replace(/[^a-z0-9]+/g, ' ')
		.trim()
		.replace(COUNCIL_BEHIND, '')
		.replace(ARTICLE, '');
	const council = COUNCILS.find(([shape]) => shape.test(plain));
	if (!council) return [sayKindFirst(plain)];
	const [shape, kind] = council;
	const of = sayKindFirst(plain.replace(shape, '').trim().replace(ARTICLE, ''));
	if (of === '' || kind === null || OF_KIND.test(of) || of === kind) return of === '' ? [] : [of];
	// A town is also called by its name alone.
	return kind === 'commune' ? [`commune ${of}`, of] : [`${kind} ${of}`];
}

/** `Ville de Dijon`, `Dijon Métropole`: what it is, then its name, without the small words between. */
const sayKindFirst = (plain: string): string =>
	plain
		.replace(/^(ville|mairie)\b/, 'commune')
		.replace(/^(.+) metropole$/, 'metropole $1')
		.replace(OF_KIND, '$1 $2');
