import { slugOf } from '#lib/domain/act/plan/suggest-label.ts';
import type { Day } from '#lib/domain/day.ts';

/** How long the words of a title may be in an address. */
const MOST_LETTERS = 60;

/** The name of an act in an address: its day and the first whole words of its title. */
export function slugOfAct(sittingOn: Day, title: string): string {
	let slug: string = sittingOn;
	for (const word of slugOf(title).split('-')) {
		const longer = `${slug}-${word}`;
		if (longer.length > sittingOn.length + MOST_LETTERS) break;
		if (word !== '') slug = longer;
	}
	return slug;
}
