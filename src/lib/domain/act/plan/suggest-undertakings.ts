import type { PlannedProgramme, PlannedUndertaking } from '#lib/domain/act/plan/plan.ts';
import type { KnownThings } from '#lib/domain/act/plan/plan-known.ts';
import type { ActHead, PlanPassage } from '#lib/domain/act/plan/plan-passage.ts';
import { capitalise } from '#lib/domain/act/plan/suggest-label.ts';
import { foldName } from '#lib/domain/name.ts';

/** What the parties promised each other in words; who has to keep it is not supposed. */
export const suggestUndertakings = (passages: readonly PlanPassage[]): PlannedUndertaking[] =>
	passages
		.filter(({ role }) => role === 'undertaking')
		.map(({ key }) => ({ passage: key, owner: null }));

/** Districts that are named with their commune: `Mail à Chenôve`, after `du`, is Le Mail. */
export function suggestDistricts(
	{ text }: ActHead,
	passages: readonly PlanPassage[],
	{ communes }: KnownThings
): PlannedProgramme['districts'] {
	return passages.flatMap(({ key, quote, start, value }) => {
		const found =
			value.type === 'words' ? /^(.{2,60}?) à ([^,;.]{2,60})$/.exec(quote.trim()) : null;
		const commune = communes.find(({ name }) => foldName(name) === foldName(found?.[2] ?? ''));
		if (!found?.[1] || !commune) return [];
		const name = capitalise(articleBefore(text.slice(0, start)) + found[1].replace(/'/g, '’'));
		return [{ name, communeCode: commune.code, passage: key }];
	});
}

const ARTICLES: readonly [RegExp, string][] = [
	[/\bdu $/i, 'le '],
	[/\bde la $|\bla $/i, 'la '],
	[/\bdes $|\bles $/i, 'les '],
	[/\ble $/i, 'le ']
];

const articleBefore = (before: string): string =>
	ARTICLES.find(([pattern]) => pattern.test(before.slice(-7)))?.[1] ?? '';
