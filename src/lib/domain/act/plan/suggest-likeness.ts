import { foldName } from '#lib/domain/name.ts';

/** How many words that mean something two texts share, whatever their number: `parcours résidentiels` and `parcours résidentiel` share two. */
export function likeness(left: string, right: string): number {
	const words = stemsOf(left);
	return [...stemsOf(right)].filter((stem) => words.has(stem)).length;
}

const stemsOf = (text: string): Set<string> =>
	new Set(
		foldName(text)
			.split(/[^a-z0-9]+/)
			.filter((word) => word.length > 3 && !EMPTY_WORDS.has(word))
			.map((word) => word.replace(/(?:aux|s|x|e|es)$/, ''))
	);

const EMPTY_WORDS = new Set(
	'avec cette dans dont elle leur mais nous notre pour plus sans sous sont tout tous vers vous'.split(
		' '
	)
);
