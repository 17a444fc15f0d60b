import type { Attendance, NameCounts, Vote } from '#lib/domain/act/attendance.ts';
import { cents, formatEuros } from '#lib/domain/money.ts';
import { formatCount, formatMagnitude, NO_BREAK_SPACE, plural } from '#lib/domain/numeral.ts';
import { exactCount, type WrittenFigure } from '#lib/domain/precision.ts';
import { typeset } from '#lib/domain/typography.ts';

export type CheckResult = 'passed' | 'within_rounding' | 'failed';

export const CHECK_RESULT_LABELS: Record<CheckResult, string> = {
	passed: 'exact',
	within_rounding: 'à l’arrondi près',
	failed: 'ne concorde pas'
};

/** A check of an act against itself. The figures stay as they are printed, whatever comes out. */
export type Check = { name: string; result: CheckResult; message: string };

/**
 * Whether the parts that an act prints make up the whole that it prints. Exact when the sums are
 * equal; "à l’arrondi près" when the difference fits in the written precision of all the figures
 * together. Things that are counted are never rounded: a count that is out by one has failed.
 */
export function checkSum(
	name: string,
	parts: readonly WrittenFigure[],
	whole: readonly WrittenFigure[]
): Check {
	const kind = onlyKind([...parts, ...whole]);
	const partsSum = sum(parts.map(exactValue));
	const wholeSum = sum(whole.map(exactValue));
	const difference = partsSum > wholeSum ? partsSum - wholeSum : wholeSum - partsSum;
	const tolerance = kind === 'count' ? 0n : sum([...parts, ...whole].map(exactPrecision));

	const left = `${expression(parts)} = ${format(kind, partsSum)}`;
	const right = expression(whole);
	if (difference === 0n) {
		return { name, result: 'passed', message: typeset(`${expression(parts)} = ${right}.`) };
	}
	if (difference <= tolerance) {
		const message = typeset(`${left}, soit ${right} à l’arrondi près.`);
		return { name, result: 'within_rounding', message };
	}
	const message = `${left}, mais l’acte donne ${right} : écart de ${format(kind, difference)}.`;
	return { name, result: 'failed', message: typeset(message) };
}

/** All the shares of a whole together: what percentages are checked against. */
export const WHOLE_SHARE: WrittenFigure = {
	kind: 'percentage',
	written: `100${NO_BREAK_SPACE}%`,
	value: 100,
	precision: 0
};

/** The checks of every act (design §2). One that lacks a number is left out. */
export function checkAttendance(attendance: Attendance, vote: Vote, names: NameCounts): Check[] {
	const present = labelled(attendance.present, 'présent', 'présents');
	const proxies = labelled(attendance.proxies, 'procuration', 'procurations');
	const checks: [string, (WrittenFigure | null)[], (WrittenFigure | null)[]][] = [
		[
			VOTES,
			[present, proxies],
			[
				labelled(vote.for, 'pour', 'pour'),
				labelled(vote.against, 'contre', 'contre'),
				labelled(vote.abstention, 'abstention', 'abstentions'),
				labelled(vote.notVoting, 'ne se prononce pas', 'ne se prononcent pas')
			]
		],
		[
			'Présents, procurations et absents',
			[present, proxies, labelled(attendance.absent, 'absent', 'absents')],
			[labelled(attendance.inOffice, 'membre en exercice', 'membres en exercice')]
		],
		['Présents et noms listés', [present], [labelled(names.present, 'nom listé', 'noms listés')]],
		[
			'Procurations et pouvoirs listés',
			[proxies],
			[labelled(names.proxies, 'pouvoir listé', 'pouvoirs listés')]
		]
	];
	return checks.flatMap(([name, parts, stated]) => {
		// Few acts say who was present and had no vote: where this one does not, the others are compared.
		const whole = vote.notVoting === null && name === VOTES ? stated.slice(0, 3) : stated;
		const known = [...parts, ...whole].every((figure) => figure !== null);
		return known ? [checkSum(name, parts.filter(isKnown), whole.filter(isKnown))] : [];
	});
}

/** The name of the check of the votes against who was there. */
export const VOTES = 'Votants et voix';

const isKnown = (figure: WrittenFigure | null): figure is WrittenFigure => figure !== null;

/** A count with its name: `74 présents`. Null where the count is. */
export function labelled(
	count: number | null,
	singular: string,
	severalForm: string
): WrittenFigure | null {
	if (count === null) return null;
	return exactCount(count, `${formatCount(count)} ${plural(count, singular, severalForm)}`);
}

function onlyKind(figures: readonly WrittenFigure[]): WrittenFigure['kind'] {
	const kind = figures[0]?.kind;
	if (!kind || figures.some((figure) => figure.kind !== kind)) {
		throw new TypeError('a sum is of figures of one kind');
	}
	return kind;
}

const expression = (figures: readonly WrittenFigure[]): string =>
	figures.map((figure) => figure.written).join(' + ');

const sum = (values: readonly bigint[]): bigint =>
	values.reduce((total, value) => total + value, 0n);

// Sums are exact: amounts in cents, counts and percentages in ten-thousandths.
const SCALE = 10_000;

const exactValue = (figure: WrittenFigure): bigint =>
	figure.kind === 'amount' ? figure.valueCents : scaled(figure.value);

const exactPrecision = (figure: WrittenFigure): bigint =>
	figure.kind === 'amount' ? figure.precisionCents : scaled(figure.precision);

const scaled = (value: number): bigint => BigInt(Math.round(value * SCALE));

function format(kind: WrittenFigure['kind'], value: bigint): string {
	if (kind === 'amount') return formatEuros(cents(value));
	const number = Number(value) / SCALE;
	const text = formatMagnitude(number, Number.isInteger(number) ? 0 : 1);
	return kind === 'count' ? text : `${text}${NO_BREAK_SPACE}%`;
}
