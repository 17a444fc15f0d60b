import { readActNumber } from '#lib/domain/act/head/act-number.ts';
import { readAuthority } from '#lib/domain/act/head/authority.ts';
import { fieldOf, foundOf } from '#lib/domain/act/head/fields.ts';
import { findDayRoles, type DayRole, type RoleOfDay } from '#lib/domain/act/head/header-days.ts';
import { readPresident, readSecretary } from '#lib/domain/act/head/people.ts';
import { plausibleDays, type OwnDays } from '#lib/domain/act/head/plausible-days.ts';
import { headRegion, TAIL_LENGTH } from '#lib/domain/act/head/region.ts';
import { readSubject } from '#lib/domain/act/head/subject.ts';
import type { Field, Found, ReadHeader } from '#lib/domain/act/reading.ts';
import type { Sections } from '#lib/domain/act/sections.ts';
import { spanOf, type ActText, type Span } from '#lib/domain/act/text.ts';
import type { Day } from '#lib/domain/day.ts';

/**
 * Reads who decided, when, under whom and about what. All that was found is kept; where it differs,
 * the value is null.
 */
export function readHeader(text: ActText, sections: Sections): ReadHeader {
	const { plain } = text;
	const region = headRegion(plain);
	const head = { start: region.start, end: Math.max(sections.plain.header.end, region.start) };
	// A text that begins with what it tells has its head there, as far as it has one.
	if (head.end === head.start)
		head.end = Math.min(sections.formula?.start ?? plain.length, head.start + 600);
	const reasons = { start: region.start, end: sections.formula?.start ?? region.end };
	const subject = readSubject(text);
	const number = readActNumber(text, head, subject.block);
	const days = findHeadDays(text, head, subject.block?.start ?? 0, [
		...(subject.block ? [spanOf(text, subject.block.start, subject.block.end)] : []),
		...number.found
	]);
	const tail = findTailDays(plain, head);
	const convened = dayField(text, days, ['convened']);
	const fieldsOf = (...roles: DayRole[]): Field<Day> => dayField(text, [...days, ...tail], roles);
	const received = fieldsOf('received');
	const own: OwnDays = {
		sitting: readSitting(text, plain, reasons, days, tail),
		convened: convened.found.length > 0 ? convened : convenedLater(text, head, reasons),
		published: fieldsOf('published'),
		received: received.found.length > 0 ? received : fieldsOf('sent')
	};
	const isSureSitting = days.some(({ role, weak }) => role === 'sitting' && !weak);
	return {
		authority: readAuthority(text, head),
		number,
		...plausibleDays(own, isSureSitting),
		president: readPresident(text, head, {
			start: head.end,
			end: Math.min(reasons.end, head.end + 1_500)
		}),
		secretary: readSecretary(text, head, clamp(reasons, region.end)),
		theme: subject.theme,
		title: subject.title
	};
}

const clamp = ({ start, end }: Span, most: number): Span => ({ start, end: Math.min(end, most) });

/** Days of a title are its own, and a number may look like a day. */
const findHeadDays = (
	text: ActText,
	head: Span,
	title: number,
	others: readonly Span[]
): RoleOfDay[] =>
	findDayRoles(text.plain, head, (place) => {
		const isNumberOfTitle = /^\d{4}-\d{2}-\d{2}[ :-]{1,4}$/.test(text.plain.slice(place, title));
		return (
			isNumberOfTitle ||
			others.some(({ start, end }) => text.at(place) >= start && text.at(place) < end)
		);
	});

/** “Le Conseil régional, convoqué par son Président le 3 novembre 2023”, after the title. */
function convenedLater(text: ActText, head: Span, reasons: Span): Field<Day> {
	const soon = { start: head.end, end: Math.min(reasons.end, head.end + 1_500) };
	const days = findDayRoles(text.plain, soon).filter(({ role, start }) => {
		const lead = text.plain.slice(Math.max(soon.start, start - 70), start);
		return role === 'convened' && /convoque[a-z]*[^.;]{0,40}$/.test(lead);
	});
	return dayField(text, days, ['convened']);
}

/** Stamps and signatures stand at the end: when it was posted, sent, received. */
function findTailDays(plain: string, head: Span): RoleOfDay[] {
	const start = Math.max(head.end, plain.length - TAIL_LENGTH);
	const stamped = findDayRoles(plain, { start, end: plain.length });
	return stamped.filter(({ role, weak, start: place }) => {
		if (role === 'sitting') return weak && /delibere/.test(plain.slice(place - 40, place));
		return role === 'published' || role === 'received' || role === 'sent';
	});
}

/** What says plainly that it is the day of the sitting counts first; what only suggests it, after. */
function readSitting(
	text: ActText,
	plain: string,
	reasons: Span,
	days: readonly RoleOfDay[],
	tail: readonly RoleOfDay[]
): Field<Day> {
	const sure = days.filter(({ role, weak }) => role === 'sitting' && !weak);
	if (sure.length > 0) return dayField(text, sure, ['sitting'], plain);
	const weak = days.filter(({ role }) => role === 'sitting');
	if (weak.length > 0) return dayField(text, weak, ['sitting'], plain);
	const later = findDayRoles(plain, clamp(reasons, reasons.start + 20_000)).filter(
		({ start, role }) => role === 'sitting' && /^l['\s]? ?an/.test(plain.slice(start, start + 4))
	);
	if (later.length > 0) return dayField(text, later, ['sitting'], plain);
	const alone = days.filter((day) => day.role === null && opensLine(plain, day));
	if (alone.length === 1) return dayField(text, alone, [null], plain);
	return dayField(text, tail, ['sitting'], plain);
}

/** “Jeudi 22 octobre 2021 à 20 h” alone at the head of its line. */
const opensLine = (plain: string, { start }: RoleOfDay): boolean =>
	/(?:^|\n)[ \t|"-]*(?:le )?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)?[ ,]*(?:le )?$/.test(
		plain.slice(Math.max(0, start - 40), start)
	);

function dayField(
	text: ActText,
	days: readonly RoleOfDay[],
	roles: readonly (DayRole | null)[],
	plain: string = text.plain
): Field<Day> {
	const found = days
		.filter(({ role }) => roles.includes(role))
		.flatMap((day): Found<Day>[] => {
			const several = /(?<![\d/])\d{1,2}(?:er)? et (?:le )?$/.test(
				plain.slice(Math.max(0, day.start - 12), day.start)
			);
			// “les 16 et 17 décembre” are two days: the first has no month of its own.
			return several ? [] : [foundOf(text, { ...day, value: day.day })];
		});
	return fieldOf(found);
}
