import { z } from 'zod';
import { nameOfMatter } from '#lib/domain/act-matter.ts';
import { parseDay, type Day } from '#lib/domain/day.ts';
import { isSiret } from '#lib/domain/siret.ts';
import { typeset } from '#lib/domain/typography.ts';

const text = (longest: number, shape = /^/, problem = '') =>
	z
		.string()
		.trim()
		.max(longest, typeset(`C’est trop long : ${longest} caractères au plus.`))
		.regex(shape, typeset(problem))
		.default('');

const digits = (value: string): string => value.replace(/\s/g, '');

/** What the publication of an act needs and its text does not say, as finance types it. All of it may be left empty. */
export const publicationForm = z
	.object({
		siret: text(30).refine(
			(value) => value === '' || isSiret(digits(value)),
			typeset('Ce n’est pas un SIRET : il a quatorze chiffres, dont le dernier vérifie les autres.')
		),
		number: text(60),
		matterCode: text(4, /^(\d\.\d{1,2})?$/, 'Un code de matière s’écrit comme 8.5 ou 7.10.'),
		matterName: text(200),
		prefectureId: text(
			7,
			/^(PREF\d{2}[\dAB])?$/,
			'L’identifiant s’écrit PREF et trois chiffres, comme PREF021.'
		),
		prefectureOn: z
			.string()
			.trim()
			.default('')
			.refine(
				(value) => value === '' || parseDay(value) !== null,
				'Indiquez un jour, par exemple 22/12/2020.'
			),
		budgetYear: text(4, /^((19|20|21)\d{2})?$/, 'Une année s’écrit en quatre chiffres.'),
		budgetName: text(200),
		url: text(
			500,
			/^(https?:\/\/\S+)?$/,
			'Une adresse commence par https:// ou http://, sans espace.'
		),
		/** What the page showed when it was opened, so that nobody writes over a colleague unaware. */
		seenAt: text(40),
		seenSiret: text(30),
		/** Takes the SIRET away from the authority, for all its acts. */
		withoutSiret: z.boolean().default(false)
	})
	.superRefine(({ matterCode, matterName, budgetYear, budgetName }, context) => {
		const say = (path: string, message: string) =>
			context.addIssue({ code: 'custom', path: [path], message });
		if (matterCode !== '' && matterName === '' && nameOfMatter(matterCode) === null) {
			say('matterName', 'Donnez le nom de cette matière.');
		}
		if (matterName !== '' && matterCode === '')
			say('matterCode', 'Donnez le code de cette matière.');
		if ((budgetYear === '') !== (budgetName === '')) {
			say(
				budgetYear === '' ? 'budgetYear' : 'budgetName',
				'L’année et le nom du budget vont ensemble.'
			);
		}
	});

/** What was given; null where nothing was. */
export type Publication = {
	siret: string | null;
	number: string | null;
	matterCode: string | null;
	matterName: string | null;
	prefectureId: string | null;
	prefectureOn: Day | null;
	budgetYear: number | null;
	budgetName: string | null;
	url: string | null;
};

/** What the page showed when it was opened, and whether the SIRET is to go for all acts. */
export type SeenPublication = {
	/** When it was last given; null where it was not. */
	at: string | null;
	siret: string | null;
	withoutSiret: boolean;
};

/** What was typed, as values; only for a form that was found valid. A known matter names itself. */
export function readPublication(values: z.output<typeof publicationForm>): Publication {
	const orNull = (value: string): string | null => (value === '' ? null : value);
	const { matterCode, matterName, budgetYear } = values;
	return {
		siret: orNull(digits(values.siret)),
		number: orNull(values.number),
		matterCode: orNull(matterCode),
		matterName: orNull(matterName) ?? nameOfMatter(matterCode),
		prefectureId: orNull(values.prefectureId),
		prefectureOn: parseDay(values.prefectureOn),
		budgetYear: budgetYear === '' ? null : Number(budgetYear),
		budgetName: orNull(values.budgetName),
		url: orNull(values.url)
	};
}

/** What the person saw while typing. */
export const readSeenPublication = (values: z.output<typeof publicationForm>): SeenPublication => ({
	at: values.seenAt === '' ? null : values.seenAt,
	siret: values.seenSiret === '' ? null : values.seenSiret,
	withoutSiret: values.withoutSiret
});
