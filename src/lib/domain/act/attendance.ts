import { fieldOf, foundOf } from '#lib/domain/act/head/fields.ts';
import type { LabelledCount } from '#lib/domain/act/head/count-tokens.ts';
import { readHeadcounts, type HeadcountRole } from '#lib/domain/act/head/headcounts.ts';
import { readListedNames } from '#lib/domain/act/head/listed-names.ts';
import { headRegion, TAIL_LENGTH } from '#lib/domain/act/head/region.ts';
import type { Headcount, ReadAttendance } from '#lib/domain/act/reading.ts';
import { readSections, type Sections } from '#lib/domain/act/sections.ts';
import { openText, type ActText, type Span } from '#lib/domain/act/text.ts';

/** Who sat, as an act states it in its head. What it does not state is null. */
export type Attendance = {
	members: number | null;
	inOffice: number | null;
	present: number | null;
	proxies: number | null;
	/** Absent without proxy; acts list them and do not count them. */
	absent: number | null;
};

/** How the council voted, as an act states it. */
export type Vote = {
	for: number | null;
	against: number | null;
	abstention: number | null;
	notVoting: number | null;
};

/** How many names an act lists, null for a list it does not have. The names themselves go nowhere. */
export type NameCounts = { present: number | null; proxies: number | null; absent: number | null };

/** Reads who sat: the numbers that an act states, beside those that its lists of names count. */
export function readAttendance(text: ActText, sections: Sections): ReadAttendance {
	const { plain } = text;
	const region = headRegion(plain);
	const head = { start: region.start, end: Math.max(sections.plain.header.end, region.start) };
	const stated = [...readHeadcounts(plain, head), ...statedLater(plain, sections, head)];
	const listed = readListedNames(text, head);
	const isInOffice = stated.some(({ role }) => role === 'inOffice');
	const headcount = (role: HeadcountRole, counted: number | null = null): Headcount => ({
		stated: fieldOf(
			stated
				.filter((count) => count.role === role || (role === wholeRole && count.role === 'all'))
				.map((count) => foundOf(text, { ...count, value: count.value }))
		),
		counted
	});
	// “Nombre de conseillers : 53”, and nothing of those in office: it is them that the act counts.
	const wholeRole: HeadcountRole = isInOffice ? 'members' : 'inOffice';
	return withoutDoubtfulAbsent({
		members: headcount('members'),
		inOffice: headcount('inOffice'),
		present: headcount('present', listed.present),
		represented: headcount('represented'),
		proxies: headcount('proxies', listed.proxies),
		absent: headcount('absent', listed.absent),
		voting: headcount('voting')
	});
}

/** The number of voters, and of proxies among them, may stand with the result of the vote. */
function statedLater(
	plain: string,
	sections: Sections,
	head: Span
): LabelledCount<HeadcountRole>[] {
	const ballot = sections.plain.ballot;
	const formula = sections.formula;
	const windows: Span[] = [];
	if (formula)
		windows.push({ start: Math.max(head.end, formula.start - 200), end: formula.end + 400 });
	if (ballot)
		windows.push({ start: ballot.start, end: Math.min(ballot.end, ballot.start + 1_500) });
	if (!formula && !ballot)
		windows.push({ start: Math.max(head.end, plain.length - TAIL_LENGTH), end: plain.length });
	const later = windows.flatMap((window) => readHeadcounts(plain, window));
	const roles: HeadcountRole[] = ['voting', 'proxies', 'inOffice', 'present'];
	return later.filter(
		({ role, start }, index) =>
			roles.includes(role) && later.findIndex((other) => other.start === start) === index
	);
}

/**
 * Many acts count those who gave a proxy among the absent. What we call absent is without one, so
 * that a number that makes up the whole without the proxies is no answer.
 */
function withoutDoubtfulAbsent(attendance: ReadAttendance): ReadAttendance {
	const { inOffice, present, proxies, represented, absent } = attendance;
	const [whole, there, away] = [inOffice.stated.value, present.stated.value, absent.stated.value];
	const given = proxies.stated.value ?? represented.stated.value ?? proxies.counted;
	if (whole === null || there === null || away === null || !given) return attendance;
	if (there + away !== whole) return attendance;
	return { ...attendance, absent: { ...absent, stated: { ...absent.stated, value: null } } };
}

/** The numbers of an act as they are kept with it: as stated, or else, for the absent, as listed. */
export function attendanceOf(read: ReadAttendance): Attendance {
	return {
		members: read.members.stated.value,
		inOffice: read.inOffice.stated.value,
		present: read.present.stated.value,
		proxies: read.proxies.stated.value,
		absent: read.absent.stated.found.length > 0 ? read.absent.stated.value : read.absent.counted
	};
}

/** Counts the names that the head of an act lists, and that it states elsewhere or not at all. */
export function countNames(source: string): NameCounts {
	const text = openText(source);
	const { present, proxies, absent } = readAttendance(text, readSections(text));
	return { present: present.counted, proxies: proxies.counted, absent: absent.counted };
}
