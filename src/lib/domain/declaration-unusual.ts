import { daysBetween, formatDay, type Day } from '#lib/domain/day.ts';
import { medianCents } from '#lib/domain/declaration-comparison.ts';
import { formatReference, type IndicatorUnit } from '#lib/domain/indicator.ts';
import { cents, formatEuros, subtractCents, sumCents, type Cents } from '#lib/domain/money.ts';
import { plural } from '#lib/domain/numeral.ts';
import { formatPeriod, type Period } from '#lib/domain/period.ts';
import { namePeriod } from '#lib/domain/period-words.ts';
import { typeset } from '#lib/domain/typography.ts';

/** How much it weighs: a rule is touched, a figure is far from what is known, or it is worth a look. */
export type Severity = 'alert' | 'warning' | 'note';

/** From when something is unusual. All in one place, so that they can be discussed. */
export const UNUSUAL = {
	/** More than so many times the usual amount of the row. */
	timesTheUsual: 2n,
	/** The usual is the median of at least so many accepted periods. */
	fewestPeriods: 2,
	/** A unit cost more than so many times that of the reference period, or less than its share. */
	timesTheUnitCost: 2n
};

/** What is unusual in what was sent, in a French sentence with its figures. */
export type Finding = {
	severity: Severity;
	/** The row that it is about; null is the whole declaration. */
	rowKey: string | null;
	sentence: string;
};

/** A line as it was sent, with what is known of its row. */
export type JudgedLine = {
	rowKey: string;
	label: string;
	amountCents: Cents | null;
	/** A guarantee is counted and asks for no amount. */
	asksAmount: boolean;
	/** What the row counts beside its amount each period; null where it counts nothing, or dwellings. */
	asksCount: IndicatorUnit | null;
	counts: readonly { unit: IndicatorUnit; number: number; staged: boolean }[];
	corrects: Period | null;
	/** What the ledger holds of the corrected period in the same line of use, this left aside; null where nothing is booked. */
	heldCents: Cents | null;
	newOperation: { name: string; landlord: string; commune: string } | null;
	/** Of the reference period of the act. */
	baseline: { amountCents: Cents; count: number } | null;
};

/** What was sent, with what finance knows when it decides. */
export type JudgedDeclaration = {
	lines: readonly JudgedLine[];
	fileCount: number;
	/** What the envelope has left; null where that is not known. */
	leftCents: Cents | null;
	overrunReason: string | null;
	/** Accepted periods before, the latest first: the amount of each row. */
	earlier: readonly { period: Period; amounts: ReadonlyMap<string, Cents | null> }[];
	/** The rows that are asked, by name: for those about which nothing was said. */
	labels: ReadonlyMap<string, string>;
	/** The day it was sent for the first time, and the day by which it was due. */
	sentOn: Day | null;
	dueOn: Day | null;
};

const ORDER: readonly Severity[] = ['alert', 'warning', 'note'];

/** What is unusual in a declaration, the most serious first; nothing where all is as usual. */
export function listUnusual(declaration: JudgedDeclaration): Finding[] {
	const found = [
		overrun(declaration),
		silence(declaration),
		...declaration.lines.map((line) => muchMore(line, declaration)),
		...declaration.lines.map(unitCost),
		...declaration.lines.map(countAlone),
		...declaration.lines.map(correctionBeyond),
		evidence(declaration),
		...declaration.lines.map(amountAlone),
		...silentRows(declaration),
		...declaration.lines.map(correction),
		...declaration.lines.map(newOperation),
		late(declaration)
	].filter((finding) => finding !== null);
	return found.toSorted(
		(left, right) => ORDER.indexOf(left.severity) - ORDER.indexOf(right.severity)
	);
}

/** What was declared over all rows; null where no amount was said. */
export function declaredTotal(lines: readonly { amountCents: Cents | null }[]): Cents | null {
	const said = lines.map(({ amountCents }) => amountCents).filter((amount) => amount !== null);
	return said.length === 0 ? null : sumCents(said);
}

function overrun({ lines, leftCents, overrunReason }: JudgedDeclaration): Finding | null {
	const total = declaredTotal(lines);
	if (leftCents === null || total === null || total <= 0n || total <= leftCents) return null;
	const over = subtractCents(total, leftCents);
	const remains =
		leftCents > 0n ? `pour ${formatEuros(leftCents)} restants` : 'alors qu’il ne reste rien';
	const why = overrunReason ? `Motif donné : « ${overrunReason} ».` : 'Aucun motif n’est donné.';
	return about(
		null,
		'alert',
		`Dépasse le reste de l’enveloppe : ${formatEuros(total)} déclarés ${remains}, soit ${formatEuros(over)} de trop. ${why}`
	);
}

function muchMore(line: JudgedLine, { earlier }: JudgedDeclaration): Finding | null {
	const { rowKey, label, amountCents } = line;
	const before = amountsBefore(rowKey, earlier);
	const usual = medianCents(before);
	if (amountCents === null || usual === null || usual <= 0n) return null;
	if (before.length < UNUSUAL.fewestPeriods) return null;
	if (amountCents <= UNUSUAL.timesTheUsual * usual) return null;
	return about(
		rowKey,
		'warning',
		`${label} : ${formatEuros(amountCents)}, plus du double de l’habituel (${formatEuros(usual)}, médiane de ${before.length} périodes validées).`
	);
}

function unitCost({ rowKey, label, amountCents, counts, baseline }: JudgedLine): Finding | null {
	const [count] = counts.filter(({ staged }) => !staged);
	if (!count || !baseline || amountCents === null || amountCents <= 0n) return null;
	if (count.number <= 0 || baseline.count <= 0 || baseline.amountCents <= 0n) return null;
	// Compared crosswise, so that nothing is rounded before it is judged.
	const now = amountCents * BigInt(baseline.count);
	const then = baseline.amountCents * BigInt(count.number);
	const times = UNUSUAL.timesTheUnitCost;
	if (now <= times * then && times * now >= then) return null;
	const each = (amount: Cents, number: number) =>
		formatEuros(cents((amount + BigInt(number) / 2n) / BigInt(number)));
	return about(
		rowKey,
		'warning',
		`${label} : ${each(amountCents, count.number)} par ${unitWord(count.unit)}, contre ${each(baseline.amountCents, baseline.count)} dans la période de référence, ${now > then ? 'plus du double' : 'moins de la moitié'}.`
	);
}

function countAlone({
	rowKey,
	label,
	amountCents,
	asksAmount,
	counts
}: JudgedLine): Finding | null {
	const counted = counts.find(({ number }) => number !== 0);
	if (!asksAmount || !counted || (amountCents !== null && amountCents !== 0n)) return null;
	// Dwellings follow their building site, not the payments.
	if (counted.staged) return null;
	return about(
		rowKey,
		'warning',
		`${label} : ${inUnits(counted.unit, counted.number)}, et aucun montant.`
	);
}

function amountAlone({
	rowKey,
	label,
	amountCents,
	asksCount,
	counts
}: JudgedLine): Finding | null {
	if (amountCents === null || amountCents <= 0n || asksCount === null) return null;
	if (counts.some(({ number, staged }) => number !== 0 && !staged)) return null;
	return about(
		rowKey,
		'note',
		`${label} : ${formatEuros(amountCents)}, et le nombre ${ofUnits(asksCount)} n’est pas renseigné.`
	);
}

function evidence({ lines, fileCount }: JudgedDeclaration): Finding | null {
	const moved = lines.filter(({ amountCents }) => amountCents !== null && amountCents !== 0n);
	const total = declaredTotal(moved);
	if (fileCount > 0 || total === null) return null;
	return about(
		null,
		'warning',
		`Aucun justificatif n’est joint, pour ${formatEuros(total)} déclarés.`
	);
}

function silence({ lines, earlier }: JudgedDeclaration): Finding | null {
	if (lines.some(({ amountCents }) => amountCents !== null && amountCents !== 0n)) return null;
	const last = earlier[0];
	const before = last && sumCents([...last.amounts.values()].filter((amount) => amount !== null));
	if (!last || !before || before <= 0n) return null;
	return about(
		null,
		'warning',
		`Rien n’est déclaré, alors que la dernière période validée (${formatPeriod(last.period)}) comptait ${formatEuros(before)}.`
	);
}

/** A row of which nothing is said, although every accepted period said something. */
function silentRows({ lines, earlier, labels }: JudgedDeclaration): Finding[] {
	if (lines.every(({ amountCents }) => amountCents === null || amountCents === 0n)) return [];
	const said = new Map(lines.map(({ rowKey, amountCents }) => [rowKey, amountCents]));
	return [...labels].flatMap(([rowKey, label]) => {
		const usual = medianCents(amountsBefore(rowKey, earlier).filter((amount) => amount > 0n));
		const periods = earlier.filter(({ amounts }) => (amounts.get(rowKey) ?? 0n) > 0n).length;
		if ((said.get(rowKey) ?? null) !== null || usual === null) return [];
		if (periods < UNUSUAL.fewestPeriods || periods < earlier.length) return [];
		return about(
			rowKey,
			'note',
			`${label} : montant non renseigné, alors que les ${periods} dernières périodes validées en avaient un (${formatEuros(usual)} en médiane).`
		);
	});
}

/** It takes back more than was ever booked for that period. */
function correctionBeyond(line: JudgedLine): Finding | null {
	const { rowKey, label, amountCents, corrects, heldCents } = line;
	if (!corrects || amountCents === null || !takesBeyond(line)) return null;
	const held = heldCents === null ? 'rien' : formatEuros(heldCents);
	return about(
		rowKey,
		'warning',
		`${label} : ${formatEuros(amountCents)} corrigent ${namePeriod(corrects)}, c’est plus que ce que le grand livre en tient sur cette ligne : ${held}.`
	);
}

const takesBeyond = ({ amountCents, corrects, heldCents }: JudgedLine): boolean =>
	corrects !== null && amountCents !== null && amountCents < 0n && -amountCents > (heldCents ?? 0n);

function correction(line: JudgedLine): Finding | null {
	const { rowKey, label, amountCents, corrects } = line;
	if (amountCents === null || amountCents >= 0n || takesBeyond(line)) return null;
	const which = corrects ? ` (${formatPeriod(corrects)})` : '';
	return about(
		rowKey,
		'note',
		`${label} : ${formatEuros(amountCents)}, qui corrigent une période antérieure${which}.`
	);
}

function newOperation({ rowKey, newOperation: added }: JudgedLine): Finding | null {
	if (!added) return null;
	const { name, landlord, commune } = added;
	return about(
		rowKey,
		'note',
		`Opération nouvelle, que valider confirmera : ${name} (${landlord}, ${commune}).`
	);
}

function late({ sentOn, dueOn }: JudgedDeclaration): Finding | null {
	if (!sentOn || !dueOn || sentOn <= dueOn) return null;
	const days = daysBetween(dueOn, sentOn);
	return about(
		null,
		'note',
		`Transmise le ${formatDay(sentOn)}, ${days} ${plural(days, 'jour')} après l’échéance du ${formatDay(dueOn)}.`
	);
}

const about = (rowKey: string | null, severity: Severity, sentence: string): Finding => ({
	rowKey,
	severity,
	sentence: typeset(sentence)
});

/** What the accepted periods said of a row. What was not said is not zero. */
const amountsBefore = (rowKey: string, earlier: JudgedDeclaration['earlier']): Cents[] =>
	earlier
		.map(({ amounts }) => amounts.get(rowKey) ?? null)
		.filter((amount): amount is Cents => amount !== null);

const inUnits = (unit: IndicatorUnit, value: number): string =>
	formatReference(unit, { product: null, value: { value, citation: null } });

/** `aide`, `ménage`, `logement`. */
const unitWord = (unit: IndicatorUnit): string => inUnits(unit, 1).replace(/^1\s/u, '');

/** `d’aides`, `de ménages`. */
const ofUnits = (unit: IndicatorUnit): string =>
	`${unitWord(unit)}s`.replace(/^(?=[aeéiou])/, 'd’').replace(/^(?!d’)/, 'de ');
