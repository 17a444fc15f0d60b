import { formatDay, type Day } from '#lib/domain/day.ts';
import { formatCount, plural } from '#lib/domain/numeral.ts';
import { typeset } from '#lib/domain/typography.ts';
import {
	UNDERTAKING_STATUS_LABELS,
	type UndertakingAction,
	type UndertakingStatus,
	type UndertakingSummary
} from '#lib/domain/undertaking.ts';

/** How many are kept of how many, as a figure: `2 sur 6`. Null where nobody has said anything of any. */
export const keptOf = ({ kept, total, unknown }: UndertakingSummary): string | null =>
	unknown === total ? null : `${formatCount(kept)} sur ${formatCount(total)}`;

/** `2 engagements tenus sur 6, 3 en cours, 1 non renseigné.` Unknown is not “not kept”. Null where none was made. */
export function describeUndertakings(summary: UndertakingSummary): string | null {
	if (summary.total === 0) return null;
	const { kept, under_way, not_kept, not_started, unknown, total } = summary;
	if (unknown === total) {
		return `${formatCount(total)} ${plural(total, 'engagement réciproque', 'engagements réciproques')}, suivi non renseigné.`;
	}
	const head = `${formatCount(kept)} ${plural(kept, 'engagement tenu', 'engagements tenus')} sur ${formatCount(total)}`;
	const rest: [number, string][] = [
		[under_way, 'en cours'],
		[not_kept, plural(not_kept, 'non tenu')],
		[not_started, plural(not_started, 'pas commencé')],
		[unknown, plural(unknown, 'non renseigné')]
	];
	const others = rest.flatMap(([count, words]) =>
		count === 0 ? [] : [`${formatCount(count)} ${words}`]
	);
	return `${[head, ...others].join(', ')}.`;
}

/** Something that was said in the log, before it is put into words. */
export type SaidEvent = {
	action: UndertakingAction;
	status: UndertakingStatus | null;
	occurredOn: Day | null;
	owner: string | null;
	reviewOn: Day | null;
};

/** What somebody did, to follow their name: `a proposé : en cours, au 3 mai 2022`. */
export function describeEvent({ action, status, occurredOn, owner, reviewOn }: SaidEvent): string {
	const standing = status ? UNDERTAKING_STATUS_LABELS[status] : '';
	const on = occurredOn ? formatDay(occurredOn) : '';
	const words: Record<UndertakingAction, string> = {
		note: `a rapporté un fait du ${on}`,
		propose: `a proposé : ${standing}, au ${on}`,
		confirm: `a confirmé : ${standing}, au ${on}`,
		refuse: `n’a pas retenu : ${standing}, au ${on}`,
		decide: `a constaté : ${standing}, au ${on}`,
		assign: owner
			? `a désigné qui le porte : ${owner}`
			: 'a dit que personne en particulier ne le porte',
		schedule: reviewOn
			? `a fixé le prochain point au ${formatDay(reviewOn)}`
			: 'a retiré le prochain point'
	};
	return typeset(words[action]);
}

/** `prochain point le 30 juin 2022`, or that it is past. */
export const describeReview = (reviewOn: Day, today: Day): string =>
	reviewOn < today
		? `point prévu le ${formatDay(reviewOn)}, dépassé`
		: `prochain point le ${formatDay(reviewOn)}`;

/** `1 proposition sur un engagement attend votre réponse, 2 points sont dépassés`. Null where nothing does. */
export function describeUndertakingsAwaited(proposals: number, overdue: number): string | null {
	const waiting = `${formatCount(proposals)} ${plural(proposals, 'proposition sur un engagement attend', 'propositions sur des engagements attendent')} votre réponse`;
	const past = `${formatCount(overdue)} ${plural(overdue, 'point d’étape est dépassé', 'points d’étape sont dépassés')}`;
	const said = [...(proposals > 0 ? [waiting] : []), ...(overdue > 0 ? [past] : [])];
	return said.length === 0 ? null : said.join(', ');
}
