import { countNames } from '#lib/domain/act/attendance.ts';
import { checkAttendance, checkSum, WHOLE_SHARE, type Check } from '#lib/domain/act/checks.ts';
import { checkCitedSums, type CitedPart } from '#lib/domain/act/cited-sums.ts';
import { checkDays } from '#lib/domain/act/day-checks.ts';
import {
	isKept,
	isReckoned,
	listRivals,
	spanNow,
	valueNow,
	type DeskProposal
} from '#lib/domain/act/desk/desk.ts';
import type { ProposalRole, ProposalStep } from '#lib/domain/act/desk/proposal.ts';
import { describeValue } from '#lib/domain/act/desk/proposal-words.ts';
import type { Field } from '#lib/domain/act/reading.ts';
import { findShares } from '#lib/domain/act/shares.ts';
import { quoteOf } from '#lib/domain/act/text.ts';
import type { Day } from '#lib/domain/day.ts';
import { cents } from '#lib/domain/money.ts';
import type { WrittenFigure } from '#lib/domain/precision.ts';
import { typeset } from '#lib/domain/typography.ts';

/** A check of what lies on the desk, with the step and the proposals that it concerns. */
export type DeskCheck = Check & { step: ProposalStep; about: readonly string[] };

/**
 * The act checked against itself, with what was kept where a person decided and with what was read
 * where nobody did: a correction shows at once whether it makes the act agree with itself. What was
 * refused, and a thing of which several values are left, is in no check.
 */
export function checkDesk(text: string, proposals: readonly DeskProposal[]): DeskCheck[] {
	const standing = proposals.filter(
		(proposal) => proposal.choice !== 'refused' && !isReckoned(proposal)
	);
	const chosen = chooseHead(standing);
	return [
		...checkSequence(chosen),
		...checkHead(text, chosen),
		...checkFigures(text, standing),
		...checkShares(text, standing)
	];
}

type Chosen = ReadonlyMap<ProposalRole, DeskProposal>;

/** What the head says, role by role, where it says one thing or a person chose. */
function chooseHead(standing: readonly DeskProposal[]): Chosen {
	const rivals = listRivals(standing);
	const chosen = new Map<ProposalRole, DeskProposal>();
	for (const proposal of standing) {
		const settled = !rivals.has(proposal.role) || isKept(proposal);
		if (settled && !chosen.has(proposal.role)) chosen.set(proposal.role, proposal);
	}
	return chosen;
}

/** The days of the head in their order. */
function checkSequence(chosen: Chosen): DeskCheck[] {
	const field = (role: ProposalRole): Field<Day> => {
		const proposal = chosen.get(role);
		const value = proposal && valueNow(proposal);
		return { value: value?.type === 'day' ? value.day : null, found: [] };
	};
	const none = { value: null, found: [] };
	const header = {
		...{
			authority: none,
			number: none,
			president: none,
			secretary: none,
			theme: none,
			title: none
		},
		sitting: field('sitting'),
		convened: field('convened'),
		published: field('published'),
		received: field('received')
	};
	return checkDays({ header, periods: [] }).map((check) => ({
		...check,
		step: 'identity',
		about: DAY_ROLES.filter(([name]) => check.name.toLowerCase().includes(name)).flatMap(
			([, role]) => chosen.get(role)?.id ?? []
		)
	}));
}

const DAY_ROLES: readonly [string, ProposalRole][] = [
	['convocation', 'convened'],
	['séance', 'sitting'],
	['réception', 'received'],
	['publication', 'published']
];

function checkHead(text: string, chosen: Chosen): DeskCheck[] {
	const number = (role: ProposalRole): number | null => {
		const proposal = chosen.get(role);
		const value = proposal && valueNow(proposal);
		return value?.type === 'count' ? value.number : null;
	};
	const names = countNames(text.slice(0, HEAD_LENGTH));
	const checks = checkAttendance(
		{
			members: number('members'),
			inOffice: number('in_office'),
			present: number('present'),
			proxies: number('proxies') ?? number('represented'),
			absent: number('absent') ?? names.absent
		},
		{
			for: number('for'),
			against: number('against'),
			abstention: number('abstention'),
			notVoting: number('not_voting')
		},
		names
	);
	return checks.map((check) => ({
		...check,
		step: check.name === VOTES ? 'vote' : 'attendance',
		about: rolesOf(check.name).flatMap((role) => chosen.get(role)?.id ?? [])
	}));
}

/** Who sat is listed at the head of an act, however long it is. */
const HEAD_LENGTH = 100_000;

const VOTES = 'Votants et voix';

const rolesOf = (name: string): ProposalRole[] =>
	name === VOTES
		? ['for', 'against', 'abstention', 'not_voting', 'present', 'proxies']
		: name.startsWith('Procurations')
			? ['proxies', 'represented']
			: name.includes('noms')
				? ['present']
				: ['in_office', 'present', 'proxies', 'represented', 'absent'];

function checkFigures(text: string, standing: readonly DeskProposal[]): DeskCheck[] {
	const wholes = new Set(standing.flatMap(({ wholeId }) => wholeId ?? []));
	const concerned = standing.filter(({ id, wholeId }) => wholes.has(id) || wholeId !== null);
	const cited = concerned.flatMap((proposal) => citedPart(text, proposal) ?? []);
	return checkCitedSums(cited).map(({ wholeCitationId, ...check }) => ({
		...check,
		step: 'figures',
		about: [
			wholeCitationId,
			...cited.flatMap((part) => (part.wholeCitationId === wholeCitationId ? part.id : []))
		]
	}));
}

/** Percentages that share one thing out, against 100 %. */
function checkShares(text: string, standing: readonly DeskProposal[]): DeskCheck[] {
	const written = standing.flatMap((proposal) => {
		const value = valueNow(proposal);
		const span = spanNow(proposal);
		if (value.type !== 'percentage' || !span || proposal.wholeId !== null) return [];
		const quote = quoteOf(text, span);
		const { number, precision, of } = value;
		return [
			{ ...span, id: proposal.id, quote, value: number, precision, of, section: proposal.section }
		];
	});
	const percentages = written.sort((left, right) => left.start - right.start);
	return findShares(text, { percentages, counts: [] }).flatMap((group) => {
		const found = group.percentages.flatMap((place) => percentages[place] ?? []);
		const sum = found.reduce((total, { value }) => total + value, 0);
		// What is far from it shares nothing out.
		if (sum < 90 || sum > 110) return [];
		const parts = found.map(({ value, precision }): WrittenFigure => ({
			kind: 'percentage',
			written:
				describeValue({ type: 'percentage', number: value, precision, of: null }).value ?? '',
			value,
			precision
		}));
		const check = checkSum(typeset('Parts de 100 %'), parts, [WHOLE_SHARE]);
		return [{ ...check, step: 'figures' as const, about: found.map(({ id }) => id) }];
	});
}

/** A figure of the desk as checks of cited figures know it; null for what is none. */
function citedPart(text: string, proposal: DeskProposal): CitedPart | null {
	const { keptValue, readValue } = proposal;
	const value = valueNow(proposal);
	const span = spanNow(proposal);
	const isChanged = keptValue !== null && readValue !== null;
	const nothing = { amountCents: null, precisionCents: null, number: null, precision: null };
	const part = {
		id: proposal.id,
		wholeCitationId: proposal.wholeId,
		// A correction is no longer what the act prints: it is named by its value.
		quote: isChanged ? (describeValue(value).value ?? '') : span ? quoteOf(text, span) : '',
		day: null,
		...nothing
	};
	switch (value.type) {
		case 'amount':
			// A rate is no sum, and the two ends of a range are no parts.
			if (value.kind === 'rate' || value.kind === 'range') return null;
			return {
				...part,
				kind: 'amount',
				amountCents: cents(value.cents),
				precisionCents: cents(value.precisionCents)
			};
		case 'count':
			return { ...part, kind: 'count', number: value.number };
		case 'percentage':
			return { ...part, kind: 'percentage', number: value.number, precision: value.precision };
		default:
			return null;
	}
}
