import { citedAs } from '#lib/domain/act/desk/cited-proposal.ts';
import { formatCitedValue } from '#lib/domain/act/cited-value.ts';
import type {
	PlannedIndicator,
	PlannedProgramme,
	PlannedUndertaking,
	PlannedValue
} from '#lib/domain/act/plan/plan.ts';
import type { ActUnderReview } from '#lib/domain/act/plan/review/problem.ts';
import { nameOfParty } from '#lib/domain/act/plan/sentences/envelope-sentences.ts';
import { oneLine } from '#lib/domain/act/plan/sentences/programme-sentences.ts';
import { saysItsValue } from '#lib/domain/act/plan/written-value.ts';
import { yearsOf } from '#lib/domain/day.ts';
import { formatCount } from '#lib/domain/numeral.ts';

/** An indicator with its figures of reference and its targets. */
export function describeIndicator(
	act: ActUnderReview,
	{ label, indicatorId, included, values }: PlannedIndicator
): string {
	const known = act.books.programme?.indicators.find(({ id }) => id === indicatorId);
	const figures = values.map((value) => describeValue(act, value)).join(' ; ');
	const what = known
		? `L’indicateur « ${known.label} » recevra`
		: `L’indicateur « ${label} » sera créé, avec`;
	const inside = included ? ' Il est compris dans un autre nombre et ne s’y ajoute pas.' : '';
	return `${what} ${figures}.${inside}`;
}

function describeValue(
	{ passages }: ActUnderReview,
	{ kind, passage, product, ...period }: PlannedValue
): string {
	const found = passages.get(passage);
	const as = found && citedAs(found.value);
	const figure = as ? (formatCitedValue({ ...as, quote: found.quote }) ?? found.quote) : '?';
	const name = kind === 'baseline' ? 'repère' : 'cible';
	const of = product ? ` (${product})` : '';
	const written =
		found && !saysItsValue(found) ? ` (l’acte écrit « ${oneLine(found.quote)} »)` : '';
	return `${name} ${yearsOf(period)}${of} : ${figure}${written}`;
}

/** Promises in words, in the words of the act. */
export function describeUndertakings(
	act: ActUnderReview,
	undertakings: readonly PlannedUndertaking[]
): string[] {
	if (undertakings.length === 0) return [];
	const count = undertakings.length;
	const head =
		count === 1
			? '1 engagement réciproque sera suivi, dans les mots de l’acte.'
			: `${formatCount(count)} engagements réciproques seront suivis, dans les mots de l’acte.`;
	return [
		head,
		...undertakings.map(({ passage, owner }) => {
			const words = oneLine(act.passages.get(passage)?.quote ?? '?').replace(/[.;\s]+$/u, '');
			const by = owner ? `, tenu par ${nameOfParty(act, owner)}` : '';
			return `« ${words} »${by}.`;
		})
	];
}

export function describeDistrict(
	{ books, passages }: ActUnderReview,
	{ name, communeCode, communeName, passage }: PlannedProgramme['districts'][number]
): string {
	const known = books.communes.find(({ code }) => code === communeCode)?.name;
	const commune = known ?? `${communeName ?? '?'}, commune ajoutée sous le code ${communeCode}`;
	const quote = passages.get(passage)?.quote ?? '?';
	return `Le quartier « ${name} » (${commune}) sera rattaché au programme, sur le passage « ${oneLine(quote)} ».`;
}
