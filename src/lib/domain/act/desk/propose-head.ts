import type { Proposal, ProposalRole, ProposalValue } from '#lib/domain/act/desk/proposal.ts';
import type {
	ActReading,
	Confidence,
	Field,
	Found,
	Headcount,
	ReadAttendance,
	ReadHeader
} from '#lib/domain/act/reading.ts';
import { formatDay, type Day } from '#lib/domain/day.ts';
import { formatCount, plural } from '#lib/domain/numeral.ts';
import { typeset } from '#lib/domain/typography.ts';

/** What the head says of the act itself. */
export function proposeIdentity({ header }: ActReading): Proposal[] {
	return [
		...TEXTS.flatMap((role) =>
			proposeField(role, LABELS[role], header[role], (text) => ({ type: 'text', text }))
		),
		...DAYS.flatMap((role) =>
			proposeField(role, LABELS[role], header[role], (day) => ({ type: 'day', day }))
		)
	].sort((left, right) => ORDER.indexOf(left.role) - ORDER.indexOf(right.role));
}

/** How many sat, as the act states it; as its list counts it where it states nothing. */
export function proposeAttendance({ attendance }: ActReading): Proposal[] {
	return HEADCOUNTS.flatMap(([role, name, label]) =>
		proposeHeadcount(role, label, attendance[name])
	);
}

type TextRole = 'authority' | 'number' | 'president' | 'secretary' | 'theme' | 'title';
type DayRole = Exclude<keyof ReadHeader, TextRole>;

const TEXTS: readonly TextRole[] = [
	'authority',
	'number',
	'president',
	'secretary',
	'theme',
	'title'
];
const DAYS: readonly DayRole[] = ['sitting', 'convened', 'published', 'received'];
const ORDER: readonly ProposalRole[] = [
	'authority',
	'number',
	'sitting',
	'convened',
	'published',
	'received',
	'president',
	'secretary',
	'theme',
	'title'
];

const LABELS: Record<keyof ReadHeader, string> = {
	authority: 'le nom de l’assemblée ou de la collectivité',
	number: 'le numéro de l’acte',
	sitting: 'le jour de la séance',
	convened: 'le jour de la convocation',
	published: 'le jour de la publication',
	received: 'le jour de la réception par l’État',
	president: 'le nom de qui présidait',
	secretary: 'le nom du secrétaire de séance',
	theme: 'le thème',
	title: 'l’objet'
};

const HEADCOUNTS: readonly [ProposalRole, keyof ReadAttendance, string][] = [
	['members', 'members', 'les membres du conseil'],
	['in_office', 'inOffice', 'les membres en exercice'],
	['present', 'present', 'les présents'],
	['represented', 'represented', 'les membres représentés'],
	['proxies', 'proxies', 'les procurations'],
	['absent', 'absent', 'les absents'],
	['voting', 'voting', 'les votants']
];

/** A thing that the act says in several ways gives as many proposals: nobody chooses here. */
function proposeField<Value extends string | number>(
	role: ProposalRole,
	label: string,
	field: Field<Value>,
	valueOf: (value: Value) => ProposalValue
): Proposal[] {
	const distinct = field.found.filter(
		({ value }, index) => field.found.findIndex((other) => other.value === value) === index
	);
	const isSettled = field.value !== null && distinct.length === 1;
	const differing = distinct.map(({ value }) => written(value)).join(' ; ');
	const because = isSettled
		? `L’acte donne ${label}${often(field.found.length)}.`
		: `L’acte donne ${label} de plusieurs façons, à vous de choisir : ${differing}.`;
	return distinct.map((found, index) => ({
		...statedAt(found),
		key: `${role}-${index + 1}`,
		role,
		step: DAY_OR_TEXT.has(role) ? 'identity' : 'attendance',
		value: valueOf(found.value),
		confidence: isSettled ? 'high' : 'low',
		because: typeset(because)
	}));
}

const DAY_OR_TEXT = new Set<ProposalRole>(ORDER);

function proposeHeadcount(role: ProposalRole, label: string, headcount: Headcount): Proposal[] {
	const { stated, counted } = headcount;
	const proposals = proposeField(role, `combien sont ${label}`, stated, (number) => ({
		type: 'count',
		number,
		of: null
	}));
	if (proposals.length > 0) {
		if (stated.value === null || counted === null) return proposals;
		const [confidence, because] = compare(stated.value, counted);
		return proposals.map((proposal) => ({ ...proposal, confidence, because }));
	}
	if (counted === null) return [];
	const because = `L’acte n’écrit pas combien sont ${label} : sa liste compte ${names(counted)}.`;
	return [
		{
			key: `${role}-1`,
			step: 'attendance',
			role,
			span: null,
			section: 'header',
			value: { type: 'count', number: counted, of: null },
			confidence: 'medium',
			because: typeset(because),
			partOf: null,
			promise: null
		}
	];
}

function compare(stated: number, counted: number): [Confidence, string] {
	if (stated === counted) {
		return ['high', `L’acte l’écrit, et sa liste compte ${names(counted)}.`];
	}
	return [
		'medium',
		`L’acte écrit ${formatCount(stated)}, mais sa liste compte ${names(counted)}, à vérifier.`
	];
}

const names = (count: number): string => `${formatCount(count)} ${plural(count, 'nom')}`;

const often = (times: number): string => (times > 1 ? `, ${times} fois de la même façon` : '');

const written = (value: string | number): string =>
	typeof value === 'number'
		? formatCount(value)
		: /^\d{4}-\d{2}-\d{2}$/.test(value)
			? formatDay(value as Day)
			: `« ${value} »`;

function statedAt({ start, end, quote }: Found<unknown>) {
	const section = 'header' as const;
	return { span: { start, end, quote }, section, partOf: null, promise: null };
}
