import { z } from 'zod';
import type { PlannedParty } from '#lib/domain/act/plan/plan.ts';
import { parseDay, type Day } from '#lib/domain/day.ts';
import { typeset } from '#lib/domain/typography.ts';

/** Fields that the pages of a plan have in common. What is not chosen or not typed is empty text. */

export const words = (most: number) =>
	z.string().trim().max(most, `C’est trop long : ${most} caractères au plus.`).default('');

export const neededWords = (problem: string, most = 200) =>
	z
		.string()
		.default('')
		.transform((text) => text.trim())
		.refine((text) => text !== '', problem)
		.refine((text) => text.length <= most, `C’est trop long : ${most} caractères au plus.`);

export const neededDay = (problem: string) =>
	z
		.string()
		.default('')
		.transform((text, context): Day => {
			const day = parseDay(text.trim());
			if (day) return day;
			context.addIssue({ code: 'custom', message: problem });
			return z.NEVER;
		});

export const optionalDay = z
	.string()
	.default('')
	.transform((text, context): Day | null => {
		if (text.trim() === '') return null;
		const day = parseDay(text.trim());
		if (day) return day;
		context.addIssue({ code: 'custom', message: 'Indiquez un jour, par exemple 31/12/2022.' });
		return z.NEVER;
	});

/** A passage that must be among those that were kept: the desk is the place to keep more. */
export const neededPassage = (passages: ReadonlySet<string>, problem: string) =>
	z
		.string()
		.default('')
		.refine((key) => key !== '', problem)
		.refine((key) => key === '' || passages.has(key), GONE);

export const optionalPassage = (passages: ReadonlySet<string>) =>
	z
		.string()
		.default('')
		.transform((key) => (key === '' ? null : key))
		.refine((key) => key === null || passages.has(key), GONE);

const GONE = 'Ce passage n’est plus retenu dans l’acte : choisissez-en un autre.';

/** A name in a list, nothing chosen is null. */
export const choiceOf = <Choice extends string>(choices: readonly Choice[], problem: string) =>
	z
		.string()
		.default('')
		.transform((text, context): Choice => {
			const found = choices.find((choice) => choice === text);
			if (found !== undefined) return found;
			context.addIssue({ code: 'custom', message: problem });
			return z.NEVER;
		});

export const optionalChoiceOf = <Choice extends string>(choices: readonly Choice[]) =>
	z
		.string()
		.default('')
		.transform((text, context): Choice | null => {
			if (text === '') return null;
			const found = choices.find((choice) => choice === text);
			if (found !== undefined) return found;
			context.addIssue({ code: 'custom', message: 'Choisissez dans la liste.' });
			return z.NEVER;
		});

export const ticked = z
	.string()
	.optional()
	.transform((text) => text !== undefined && text !== '');

/** A party as a list of choices carries it: `org:…` is known, `new:…` comes with the act. */
export const typeParty = (party: PlannedParty | null): string =>
	party === null
		? ''
		: 'organisationId' in party
			? `org:${party.organisationId}`
			: `new:${party.newParty}`;

export function readParty(text: string): PlannedParty | null {
	if (text.startsWith('org:')) return { organisationId: text.slice(4) };
	if (text.startsWith('new:')) return { newParty: text.slice(4) };
	return null;
}

export const LAST_DAY_FIRST = typeset(
	'Le dernier jour vient avant le premier : vérifiez les deux.'
);
