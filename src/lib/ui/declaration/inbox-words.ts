import { INBOX_STATES, type InboxQuery, type InboxSort } from '#lib/domain/inbox-query.ts';
import { formatEuros, type Cents } from '#lib/domain/money.ts';
import { formatCount, plural } from '#lib/domain/numeral.ts';
import { typeset } from '#lib/domain/typography.ts';

type Found = {
	query: Pick<InboxQuery, 'state'>;
	filter: readonly string[];
	count: number;
	amountCents: Cents | null;
};

/** The title of the inbox, which is its answer: `2 déclarations attendent votre décision`. */
export function titleOfInbox({ query, filter, count }: Found): string {
	if (query.state !== 'submitted' || filter.length > 0) return 'Déclarations reçues';
	if (count === 0) return 'Aucune déclaration n’attend votre décision';
	return `${formatCount(count)} ${plural(count, 'déclaration')} ${plural(count, 'attend', 'attendent')} votre décision`;
}

/** What a filter found, in a sentence: `2 déclarations à décider : 1 117 910 €.` */
export function describeInbox({ query, filter, count, amountCents }: Found): string {
	const label = INBOX_STATES.find(({ state }) => state === query.state)?.label ?? '';
	const which = query.state === 'all' ? '' : ` ${count < 2 ? label.replace(/s$/, '') : label}`;
	const found =
		count === 0
			? `Aucune déclaration${which}`
			: `${formatCount(count)} ${plural(count, 'déclaration')}${which}`;
	const asked = filter.length === 0 ? '' : ` (${filter.join(' ; ')})`;
	const sum = amountCents === null ? '' : ` : ${formatEuros(amountCents)}`;
	return typeset(`${found}${asked}${sum}.`);
}

const ORDERS: Record<InboxSort, { asc: string; desc: string }> = {
	examen: {
		asc: 'ce qui est à examiner d’abord, du plus grave au moins grave, et à égalité la plus ancienne',
		desc: ''
	},
	envoi: { asc: 'la plus ancienne d’abord', desc: 'la plus récente d’abord' },
	montant: { asc: 'le plus petit montant d’abord', desc: 'le plus grand montant d’abord' },
	periode: { asc: 'la période la plus ancienne d’abord', desc: 'la dernière période d’abord' }
};

/** In which order the inbox stands. */
export const describeOrder = ({
	sort,
	direction
}: Pick<InboxQuery, 'sort' | 'direction'>): string => ORDERS[sort][direction];
