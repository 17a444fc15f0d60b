import type { Choice } from '#lib/domain/act/desk/desk.ts';
import type { ProposalRole, ProposalValue } from '#lib/domain/act/desk/proposal.ts';
import type { AmountKind, Confidence } from '#lib/domain/act/reading.ts';
import { formatDay, yearOf, type Day } from '#lib/domain/day.ts';
import { cents, formatEuros } from '#lib/domain/money.ts';
import { formatCount, NO_BREAK_SPACE } from '#lib/domain/numeral.ts';

/** What a passage is proposed as, in a word or two. */
export const ROLE_LABELS: Record<ProposalRole, string> = {
	authority: 'Assemblée',
	number: 'Numéro de l’acte',
	sitting: 'Séance',
	convened: 'Convocation',
	published: 'Publication',
	received: 'Réception en préfecture',
	president: 'Présidence',
	secretary: 'Secrétariat',
	theme: 'Thème',
	title: 'Objet',
	members: 'Membres du conseil',
	in_office: 'Membres en exercice',
	present: 'Présents',
	represented: 'Représentés',
	proxies: 'Procurations',
	absent: 'Absents',
	voting: 'Votants',
	for: 'Pour',
	against: 'Contre',
	abstention: 'Abstention',
	not_voting: 'Ne se prononcent pas',
	not_taking_part: 'Ne prennent pas part',
	unanimous: 'Unanimité',
	decision: 'Décision',
	amount: 'Montant',
	count: 'Nombre',
	percentage: 'Pourcentage',
	period: 'Période',
	day: 'Date',
	agreement: 'Convention ou avenant',
	promise: 'Promesse',
	undertaking: 'Engagement',
	objective: 'Objectif',
	item: 'Ligne d’une liste',
	purpose: 'Destination d’une somme',
	words: 'Mots'
};

/** Never a percentage: nobody knows how sure a reader is to the point. */
export const CONFIDENCE_LABELS: Record<Confidence, string> = {
	high: 'lecture sûre',
	medium: 'à vérifier',
	low: 'douteux'
};

export const CHOICE_LABELS: Record<Choice, string> = {
	accepted: 'accepté',
	corrected: 'corrigé',
	refused: 'refusé',
	marked: 'marqué à la main'
};

export const AMOUNT_KIND_LABELS: Record<AmountKind, string> = {
	amount: 'somme',
	rate: 'tarif par unité',
	ceiling: 'plafond',
	range: 'borne d’une fourchette',
	derived: 'calculé'
};

const PER_LABELS: Readonly<Record<string, string>> = {
	year: 'par an',
	quarter: 'par trimestre',
	month: 'par mois'
};

/** `par an`, `par habitant`. */
export const describePer = (per: string): string => PER_LABELS[per] ?? `par ${per}`;

/** A value in the terms of the books, what its writing leaves open, and what else has to be known of it. */
export type ProposalWords = { value: string | null; precision: string | null; notes: string[] };

/** `15 200 000 €`, `± 50 000 €`, `par an`. The value is null for words, whose quote says all. */
export function describeValue(value: ProposalValue): ProposalWords {
	switch (value.type) {
		case 'text':
			return plain(value.text);
		case 'day':
			return plain(formatDay(value.day));
		case 'period':
			return plain(describePeriod(value));
		case 'flag':
			return plain(value.flag ? 'oui' : 'non');
		case 'decision':
			return plain(
				`${value.verb.charAt(0).toLocaleUpperCase('fr')}${value.verb.slice(1)} ${value.text}`
			);
		case 'count':
			return { ...plain(formatCount(value.number)), notes: notNull([value.of]) };
		case 'percentage':
			return {
				value: `${formatCount(value.number)}${NO_BREAK_SPACE}%`,
				precision: value.precision ? inPoints(value.precision) : null,
				notes: notNull([value.of])
			};
		case 'amount':
			return describeAmount(value);
		case 'words':
			return { value: null, precision: null, notes: [] };
	}
}

function describeAmount(value: Extract<ProposalValue, { type: 'amount' }>): ProposalWords {
	const precision = cents(value.precisionCents);
	return {
		value: formatEuros(cents(value.cents)),
		precision: precision > 0n ? `±${NO_BREAK_SPACE}${formatEuros(precision)}` : null,
		notes: notNull([
			value.per === null ? null : describePer(value.per),
			value.kind === 'amount' || value.kind === 'derived' ? null : AMOUNT_KIND_LABELS[value.kind]
		])
	};
}

/** `2020–2022` for whole years, else from day to day. */
export function describePeriod({ startsOn, endsOn }: { startsOn: Day; endsOn: Day }): string {
	const isOfYears = startsOn.endsWith('-01-01') && endsOn.endsWith('-12-31');
	if (!isOfYears) return `du ${formatDay(startsOn)} au ${formatDay(endsOn)}`;
	const [first, last] = [yearOf(startsOn), yearOf(endsOn)];
	return first === last ? `année ${first}` : `de ${first} à ${last}`;
}

const plain = (value: string): ProposalWords => ({ value, precision: null, notes: [] });

const notNull = (words: readonly (string | null)[]): string[] =>
	words.filter((word) => word !== null);

const inPoints = (precision: number): string =>
	`±${NO_BREAK_SPACE}${formatCount(precision)}${NO_BREAK_SPACE}${precision < 2 ? 'point' : 'points'}`;
