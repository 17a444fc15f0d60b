import { attendanceOf } from '#lib/domain/act/attendance.ts';
import {
	checkAttendance,
	checkSum,
	labelled,
	VOTES,
	WHOLE_SHARE,
	type Check
} from '#lib/domain/act/checks.ts';
import type { ActReading, ReadHeader } from '#lib/domain/act/reading.ts';
import { findShares } from '#lib/domain/act/shares.ts';
import { checkDays } from '#lib/domain/act/day-checks.ts';
import { exactCount, writtenPrecision, type WrittenFigure } from '#lib/domain/precision.ts';
import { typeset } from '#lib/domain/typography.ts';

/** What checks compare. */
export type CheckedFacts = Pick<
	ActReading,
	'attendance' | 'vote' | 'amounts' | 'counts' | 'percentages' | 'periods'
> & { header: ReadHeader };

/**
 * An act checked against itself: who sat against how they voted, parts against their whole, shares
 * against 100 %, days in order. A mismatch is a finding and stays one: no figure is ever repaired.
 */
export function readChecks(source: string, facts: CheckedFacts): Check[] {
	return [
		...checkHead(source, facts),
		...checkParts(source, facts),
		...checkShares(source, facts),
		...checkDays(facts)
	];
}

function checkHead(source: string, { attendance, vote }: CheckedFacts): Check[] {
	const stated = attendanceOf(attendance);
	const proxies =
		stated.proxies ?? attendance.represented.stated.value ?? attendance.proxies.counted;
	const voters = attendance.voting.stated.value;
	// Votes that follow from unanimity were reckoned from the voters: they prove nothing.
	const counted = vote && !vote.implied ? vote : null;
	const votes = {
		for: counted?.for ?? null,
		against: counted?.against ?? null,
		abstention: counted?.abstention ?? null,
		notVoting: counted ? sumOf(counted.notVoting, counted.notTakingPart) : null
	};
	const names = {
		present: attendance.present.counted,
		proxies: attendance.proxies.counted,
		absent: attendance.absent.counted
	};
	const checks = checkAttendance({ ...stated, proxies }, votes, names).filter(
		({ name, result }) => name !== VOTES || result === 'passed' || !LEAVES.test(source)
	);
	const cast = [votes.for, votes.against, votes.abstention];
	if (voters === null || cast.some((count) => count === null)) return checks;
	const parts = [
		labelled(votes.for, 'pour', 'pour'),
		labelled(votes.against, 'contre', 'contre'),
		labelled(votes.abstention, 'abstention', 'abstentions'),
		labelled(votes.notVoting, 'sans prendre part au vote', 'sans prendre part au vote')
	].filter((part) => part !== null);
	const whole = labelled(voters, 'votant', 'votants');
	const exact = whole && checkSum('Voix et nombre de votants', parts, [whole]);
	// Some acts count who takes no part among the voters, and some do not.
	const without = whole && checkSum('Voix et nombre de votants', parts.slice(0, 3), [whole]);
	const check = exact?.result === 'passed' ? exact : without;
	return check ? [...checks, check] : checks;
}

/** Whoever takes no part, or leaves, is missing from the votes without being counted anywhere. */
const LEAVES =
	/ne (?:prend|prennent|participent?|participe) pas|n['’](?:a|ont|ayant|ayants) pas (?:pris part|participé)|ne prenant pas part|quitt(?:e|ent|é|ant) (?:la salle|la séance)|s(?:e|['’]est) retir|sort(?:i|ie|ent|is)? de (?:la )?s(?:alle|éance)/iu;

const sumOf = (left: number | null, right: number | null): number | null =>
	left === null && right === null ? null : (left ?? 0) + (right ?? 0);

type Placed = { quote: string; partOf: number | null };

/** Amounts and counts against the whole that they are parts of. */
function checkParts(source: string, { amounts, counts }: CheckedFacts): Check[] {
	const written = amounts.map(({ quote, cents, precisionCents }): WrittenFigure => ({
		kind: 'amount',
		written: writtenPrecision(quote)?.written ?? typeset(quote),
		valueCents: cents,
		precisionCents
	}));
	const counted = counts.map(({ quote, value }) =>
		exactCount(value, writtenPrecision(quote)?.written ?? quote)
	);
	return [
		...checkWholes(amounts, written),
		...checkWholes(counts, counted),
		...checkIncluded(source, amounts, written)
	];
}

function checkWholes(placed: readonly Placed[], figures: readonly WrittenFigure[]): Check[] {
	const parts = new Map<number, WrittenFigure[]>();
	for (const [index, { partOf }] of placed.entries()) {
		const figure = figures[index];
		if (partOf === null || !figure) continue;
		parts.set(partOf, [...(parts.get(partOf) ?? []), figure]);
	}
	return [...parts].slice(0, MOST_CHECKS).flatMap(([index, found]) => {
		const whole = figures[index];
		if (!whole || found.length < 2) return [];
		return splitSums(found, whole).map((parts) =>
			checkSum(nameOf('Parties', whole), parts, [whole])
		);
	});
}

/** A table may give the parts of its total twice, by line and by column: each is a sum of its own. */
function splitSums(parts: readonly WrittenFigure[], whole: WrittenFigure): WrittenFigure[][] {
	const sums: WrittenFigure[][] = [[]];
	for (const part of parts) {
		const last = sums.at(-1) ?? [];
		last.push(part);
		if (checkSum('', last, [whole]).result === 'passed') sums.push([]);
	}
	const made = sums.filter(({ length }) => length > 0);
	return made.length > 1 && sums.at(-1)?.length === 0 ? made : [[...parts]];
}

/** No act has more sums: what seems to is a table of numbers. */
const MOST_CHECKS = 200;

/** “60 000 € dont 70 000 €”: a part is never more than its whole. */
function checkIncluded(
	source: string,
	amounts: CheckedFacts['amounts'],
	written: readonly WrittenFigure[]
): Check[] {
	return amounts.slice(0, -1).flatMap((whole, index) => {
		const part = amounts[index + 1];
		const [left, right] = [written[index + 1], written[index]];
		if (!part || !left || !right || part.partOf !== null || part.cents <= whole.cents) return [];
		if (!/^[\s,(]{0,3}dont\s.{0,40}$/u.test(source.slice(whole.end, part.start))) return [];
		return [checkSum(nameOf('Partie', right), [left], [right])];
	});
}

/** Shares that stand together against 100 %; what is far from it shares nothing out. */
function checkShares(source: string, facts: CheckedFacts): Check[] {
	return findShares(source, facts).flatMap(({ percentages, count }) => {
		const parts = percentages.flatMap((index): WrittenFigure[] => {
			const found = facts.percentages[index];
			return found
				? [
						{
							kind: 'percentage',
							written: typeset(found.quote),
							value: found.value,
							precision: found.precision
						}
					]
				: [];
		});
		const sum = parts.reduce((total, part) => total + ('value' in part ? part.value : 0), 0);
		if (sum < 90 || sum > 110) return [];
		const whole = count === null ? undefined : facts.counts[count];
		const name = whole ? `Parts de « ${whole.quote} »` : 'Parts de 100 %';
		return [checkSum(typeset(name), parts, [WHOLE_SHARE])];
	});
}

const nameOf = (parts: string, { written }: WrittenFigure): string =>
	typeset(`${parts} de « ${written} »`);
