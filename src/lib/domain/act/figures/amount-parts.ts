import type { Parts, Placed } from '#lib/domain/act/figures/placed-figure.ts';
import { listsOf } from '#lib/domain/act/figures/item-lists.ts';
import { totalRows, type Row } from '#lib/domain/act/figures/rows.ts';
import type { ReadAmount } from '#lib/domain/act/reading.ts';

type Amount = Placed<ReadAmount>;

/** A whole stands no further than this from its parts. */
const REACH = 2_500;
const MOST_PARTS = 40;

/**
 * Which amounts make up which: `30 M€ dont 15 M€ … et 15 M€`, the items of a list and the sum that
 * announces or ends it, the lines of a table and its total. Parts make up their whole to what the
 * writing leaves open; only a list or a table that says it is a total may fail to, which is a finding.
 */
export function findAmountParts(plain: string, amounts: readonly Amount[]): Parts<ReadAmount> {
	const parts = new Claims();
	const sums = amounts.filter(isSum);
	for (const { total, columns } of totalRows(plain, sums)) {
		for (const [index, whole] of total.entries()) claim(parts, columns[index] ?? [], whole);
	}
	for (const row of listsOf(plain, sums)) claimForList(parts, plain, sums, row);
	for (const [index, whole] of sums.entries()) {
		const following = sums.slice(index + 1, index + 1 + MOST_PARTS);
		claim(parts, partsAfter(plain, whole, following, parts), whole);
		const preceding = sums.slice(Math.max(0, index - MOST_PARTS), index).reverse();
		claim(parts, partsBefore(plain, whole, preceding, parts), whole);
	}
	return parts;
}

const isSum = ({ figure }: Amount): boolean => figure.kind === 'amount' && figure.cents > 0n;

function claim(parts: Claims, found: readonly Amount[], whole: Amount): void {
	if (found.length < 2 || parts.wholes.has(whole)) return;
	if (found.some((part) => parts.has(part) || isAbove(parts, part, whole))) return;
	for (const part of found) parts.set(part, whole);
	parts.wholes.add(whole);
}

/** What was found so far. A whole is explained once: the total of a table adds up its column or its line. */
class Claims extends Map<Amount, Amount> {
	readonly wholes = new Set<Amount>();
}

/** Whether an amount already contains another, so that it cannot be a part of it. */
function isAbove(parts: ReadonlyMap<Amount, Amount>, part: Amount, whole: Amount): boolean {
	for (let above = parts.get(whole); above; above = parts.get(above))
		if (above === part) return true;
	return part === whole;
}

/** Whether parts make up a whole, to what their writing leaves open. */
export function makeUp(found: readonly Amount[], { figure: whole }: Amount): boolean {
	const sum = found.reduce((total: bigint, { figure }) => total + figure.cents, 0n);
	const open = found.reduce(
		(total: bigint, { figure }) => total + figure.precisionCents,
		whole.precisionCents
	);
	const difference = sum > whole.cents ? sum - whole.cents : whole.cents - sum;
	return difference === 0n || (difference <= open && open * 10n <= whole.cents);
}

const SHARED_OUT =
	/\bdont\b|\bsoit\b|repart|ventil|decompos|compos|comme suit|suivant|compren|financ|finance|savoir|respectivement|en charge|apport|a raison|:/;

/** Amounts that follow in the same paragraph, without a break, and make it up. */
function partsAfter(
	plain: string,
	whole: Amount,
	following: readonly Amount[],
	parts: Parts<ReadAmount>
): Amount[] {
	const found: Amount[] = [];
	const first = following[0];
	if (!first || !SHARED_OUT.test(plain.slice(whole.plain.end, first.plain.start))) return [];
	let sum = 0n;
	for (const part of following) {
		const between = plain.slice(whole.plain.end, part.plain.start);
		if (between.length > REACH / 2 || /\n[ |]*\n/.test(between) || !isAlike(part, whole)) break;
		if (parts.has(part)) break;
		found.push(part);
		sum += part.figure.cents;
		if (found.length > 1 && makeUp(found, whole)) return found;
		if (sum > whole.figure.cents * 2n) break;
	}
	return [];
}

/** Amounts that come before `soit un total de`, in the same paragraph. */
function partsBefore(
	plain: string,
	whole: Amount,
	preceding: readonly Amount[],
	parts: Parts<ReadAmount>
): Amount[] {
	const lead = plain.slice(Math.max(0, whole.plain.start - 60), whole.plain.start);
	if (!/(?:\bsoit|\btotale?|\bensemble|=)[^.;]{0,50}$/.test(lead)) return [];
	const found: Amount[] = [];
	for (const part of preceding) {
		const between = plain.slice(part.plain.end, whole.plain.start);
		if (
			between.length > REACH ||
			/\n[ |]*\n/.test(between) ||
			!isAlike(part, whole) ||
			parts.has(part)
		)
			break;
		found.unshift(part);
		if (found.length > 1 && makeUp(found, whole)) return found;
	}
	return [];
}

/** With and without tax, yearly or not, do not add up. */
const isAlike = ({ figure: part }: Amount, { figure: whole }: Amount): boolean =>
	(part.tax === null || whole.tax === null || part.tax === whole.tax) && part.per === whole.per;

const SPREAD = /reparti|ventil|decompos|comme suit|suivante?s? ?:|de la maniere/;

/** A list that makes up half of a sum, or twice as much, is of something else. */
function isNear(items: readonly Amount[], { figure: whole }: Amount): boolean {
	const sum = items.reduce((total: bigint, { figure }) => total + figure.cents, 0n);
	return sum * 2n > whole.cents && sum < whole.cents * 2n;
}

/** The sum that announces a list: the one that its items make up, or the one that says it is shared out. */
function claimForList(
	parts: Claims,
	plain: string,
	sums: readonly Amount[],
	list: readonly Row<Amount>[]
): void {
	const [first] = list;
	const items = list.flatMap(({ figures }) => figures);
	if (!first || items.some((item) => parts.has(item))) return;
	const before = sums.filter(
		({ plain: place }) => place.end <= first.start && first.start - place.end < REACH
	);
	const whole = before.findLast(
		(one) => makeUp(items, one) && items.every((item) => isAlike(item, one))
	);
	if (whole) return claim(parts, items, whole);
	const last = before.at(-1);
	if (!last) return;
	const between = plain.slice(last.plain.end, first.start);
	if (
		between.length < 160 &&
		/:\s*$/.test(between) &&
		SPREAD.test(between) &&
		isNear(items, last)
	) {
		claim(parts, items, last);
	}
}
