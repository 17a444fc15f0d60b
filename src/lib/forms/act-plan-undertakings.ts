import { z } from 'zod';
import type { PlannedProgramme } from '#lib/domain/act/plan/plan.ts';
import type { PlanPassage } from '#lib/domain/act/plan/plan-passage.ts';
import {
	choiceOf,
	neededPassage,
	neededWords,
	optionalChoiceOf,
	readParty,
	typeParty
} from '#lib/forms/act-plan-fields.ts';
import { listRows, Problems, typeRows, type Checked, type Typed } from '#lib/forms/typed-rows.ts';

export type WordsPart = Pick<PlannedProgramme, 'undertakings' | 'districts'>;

/** The fields of the page: a row a passage that may be an undertaking, a row a district. */
export const typeUndertakings = (
	{ undertakings, districts }: WordsPart,
	passages: readonly PlanPassage[]
): Typed => ({
	...typeRows(
		'words',
		passages.map(({ key }) => {
			const kept = undertakings.find(({ passage }) => passage === key);
			return {
				passage: key,
				owner: typeParty(kept?.owner ?? null),
				...(kept ? { keep: 'oui' } : {})
			};
		})
	),
	...typeRows(
		'districts',
		districts.map(({ name, communeCode, passage }) => ({ name, commune: communeCode, passage }))
	)
});

type Known = {
	passages: ReadonlySet<string>;
	parties: readonly string[];
	communes: readonly string[];
};

export function checkUndertakings(typed: Typed, known: Known): Checked<WordsPart> {
	const problems = new Problems();
	const undertakings = listRows(typed, 'words')
		.filter(({ row }) => row.keep !== undefined)
		.flatMap(({ index, row }) => {
			const values = problems.check(
				z.object({
					passage: neededPassage(known.passages, 'Ce passage n’est plus retenu dans l’acte.'),
					owner: optionalChoiceOf(known.parties)
				}),
				row,
				`words.${index}.`
			);
			if (!values) return [];
			return [{ passage: values.passage, owner: values.owner ? readParty(values.owner) : null }];
		});
	const districts = listRows(typed, 'districts')
		.filter(({ row }) => (row.name ?? '') !== '' || (row.passage ?? '') !== '')
		.flatMap(({ index, row }) => {
			const values = problems.check(
				z.object({
					name: neededWords('Donnez le nom du quartier, ou videz la ligne.', 120),
					commune: choiceOf(known.communes, 'Choisissez la commune du quartier.'),
					passage: neededPassage(known.passages, 'Choisissez le passage qui nomme le quartier.')
				}),
				row,
				`districts.${index}.`
			);
			return values
				? [{ name: values.name, communeCode: values.commune, passage: values.passage }]
				: [];
		});
	if (!problems.none) return { errors: problems.errors };
	return { values: { undertakings, districts } };
}
