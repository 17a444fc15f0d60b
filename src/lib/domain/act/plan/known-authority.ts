import { foldName, isSameName } from '#lib/domain/name.ts';

/**
 * The authority whose act it is, among those that are known: the one that the act names, as it stands
 * or inside the name of its council (`Conseil métropolitain de Dijon Métropole`). Null where none is
 * named, or where the words name several.
 */
export function findAuthority<Organisation extends { name: string; kind: string }>(
	words: string,
	organisations: readonly Organisation[]
): Organisation | null {
	const named = ` ${foldName(words).replace(/[^a-z0-9]+/g, ' ')} `;
	const authorities = organisations.filter(({ kind, name }) => {
		const known = foldName(name)
			.replace(/[^a-z0-9]+/g, ' ')
			.trim();
		return kind === 'authority' && known !== '' && named.includes(` ${known} `);
	});
	const [only] = authorities;
	if (only && authorities.length === 1) return only;
	return organisations.find(({ name }) => isSameName(name, words)) ?? null;
}
