import { z } from 'zod';
import type { PlannedDistrict, PlannedProgramme } from '#lib/domain/act/plan/plan.ts';
import { isCommuneCode } from '#lib/domain/commune.ts';
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
		districts.map(({ name, communeCode, communeName, passage }) => ({
			name,
			...(communeName === undefined ? { commune: communeCode } : { communeCode, communeName }),
			passage
		}))
	)
});

type Known = {
	passages: ReadonlySet<string>;
	parties: readonly string[];
	communes: readonly string[];
};

/** A commune that is not known here is typed, and entered with the act. */
const otherCommune = z.object({
	communeCode: z
		.string()
		.default('')
		.transform((text) => text.replace(/\s/g, '').toUpperCase())
		.refine(isCommuneCode, 'Donnez le code INSEE de la commune : cinq caractères, comme 21231.'),
	communeName: neededWords('Donnez le nom de la commune.', 80)
});

type Commune = Pick<PlannedDistrict, 'communeCode' | 'communeName'>;

function checkCommune(
	problems: Problems,
	row: Typed,
	{ communes }: Known,
	prefix: string
): Commune | null {
	const isTyped = `${row.communeCode ?? ''}${row.communeName ?? ''}` !== '';
	if (communes.length > 0 && ((row.commune ?? '') !== '' || !isTyped)) {
		const chosen = z.object({ commune: choiceOf(communes, 'Choisissez la commune du quartier.') });
		const values = problems.check(chosen, row, prefix);
		return values && { communeCode: values.commune };
	}
	const values = problems.check(otherCommune, row, prefix);
	return values && communes.includes(values.communeCode)
		? { communeCode: values.communeCode }
		: values;
}

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
					passage: neededPassage(known.passages, 'Choisissez le passage qui nomme le quartier.')
				}),
				row,
				`districts.${index}.`
			);
			const commune = checkCommune(problems, row, known, `districts.${index}.`);
			return values && commune ? [{ name: values.name, ...commune, passage: values.passage }] : [];
		});
	if (!problems.none) return { errors: problems.errors };
	return { values: { undertakings, districts } };
}
