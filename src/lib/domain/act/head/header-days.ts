import { findDays, type DayMention } from '#lib/domain/act/head/day-mentions.ts';
import type { Span } from '#lib/domain/act/text.ts';

export type DayRole = 'sitting' | 'convened' | 'published' | 'received' | 'sent' | 'other';
type Label = Span & { role: DayRole; weak: boolean };
export type RoleOfDay = DayMention & { role: DayRole | null; weak: boolean };

const AUTHORITY_OF_STATE = "(?:prefecture|representant de l'etat|legalite|prefet)";

/** What the words before a day say of it. The longer way of saying stands first. */
const LABELS: readonly [DayRole, string, 'weak'?][] = [
	['received', `recue?s?[a-z' -]{0,20}${AUTHORITY_OF_STATE}`],
	['received', `(?:accuse (?:de )?)?receptione?e?[a-z' -]{0,30}${AUTHORITY_OF_STATE}`],
	['received', 'accuse (?:de )?reception|date de reception|recue?s? le|a\\.?r\\.? prefecture'],
	[
		'sent',
		`(?:envoi|envoyee?s?|transmi[a-z]+|teletransmi[a-z]+|depot|deposee?)[a-z' -]{0,40}${AUTHORITY_OF_STATE}`
	],
	['sent', 'teletransmi[a-z]+|(?:date de )?transmission'],
	[
		'other',
		'convention|seances? precedentes?|precedentes? seances?|derniere seance|prochaine seance'
	],
	['convened', 'convocations?|convoquee?s?'],
	[
		'published',
		"affichages?(?: (?:du|de la|des|de) [a-z' -]{3,30})(?= ?:)|affichages?|affichee?s?|publication|publiee?s?|mise? en ligne|mise? a disposition du public"
	],
	[
		'sitting',
		"seances?(?: (?:ordinaire|extraordinaire|publique|pleniere|solennelle|officielle|d'installation|du conseil [a-z]+|du comite [a-z]+|du bureau [a-z]+|de la commission permanente|de conseil [a-z]+|du conseil d'administration|en date))*"
	],
	['sitting', 'reunions?|sessions?|reunie?s?|assemblee?s'],
	['sitting', 'delibere(?: en seance)?', 'weak'],
	[
		'sitting',
		"conseil(?= d[ue] (?:[0-9]|lundi|mardi|mercredi|jeudi|vendredi|samedi))|conseil (?:municipal|communautaire|metropolitain|departemental|regional|syndical|general|de [a-z]+|d'administration)|commission permanente|bureau(?: communautaire| metropolitain| syndical| municipal)?|comite (?:syndical|directeur)|assemblee(?: pleniere| departementale| generale| regionale)?|deliberation",
		'weak'
	],
	[
		'other',
		'proces[- ]verbal|compte[- ]rendu|lois?|decrets?|ordonnances?|arretes?|circulaire|avis|depuis|a compter|jusqu|fait a|signe|certifiee?|executoire|nee?|courrier|lettre|avenant|marche|bail|contrat|debat|installation|elections?|arrivee?|modifiee?|approuvee?|adoptee?|instituee?|decision|notifi[a-z]+|echeance|debut|fin|effet|vigueur|visa|budget|exercice'
	]
];

const LABEL = new RegExp(
	LABELS.map(([, source], index) => `(?<l${index}>(?<![a-z])(?:${source})(?![a-z]))`).join('|'),
	'g'
);

/** Sessions that the act tells of and that are not its own. */
const EARLIER =
	/(?:approbation|adoption|arrete|lecture|precedente|derniere|lors de|au cours de|prochaine|suite a|dans)[^\n]{0,60}$/;

/** “Le procès-verbal de la séance du …”, in a sentence: a heading begins with the words themselves. */
const RECORD =
	/(?:^|[^a-z])(?:l[ea]s?|du|aux?|des|ce|un) (?:proces[- ]verba(?:l|ux)|compte[- ]rendus?|pv)[^\n]{0,40}$/;

/** The days of a stretch, each with what the words before it say it is the day of; those inside something else are none. */
export function findDayRoles(
	plain: string,
	region: Span,
	isOther: (place: number) => boolean = () => false
): RoleOfDay[] {
	const days = findDays(plain, region.start, region.end).filter(({ start }) => !isOther(start));
	const labels = findLabels(plain, region);
	const zipped = zipTable(plain, labels, days);
	let previous = region.start;
	return days.map((day) => {
		const from = previous;
		previous = day.end;
		const own = zipped.get(day);
		if (own) return { ...day, role: own, weak: false };
		return { ...day, ...roleBefore(plain, labels, from, day) };
	});
}

function findLabels(plain: string, region: Span): Label[] {
	return [...plain.slice(region.start, region.end).matchAll(LABEL)].map((match) => {
		const index = LABELS.findIndex((_, place) => match.groups?.[`l${place}`] !== undefined);
		const [role, , weak] = LABELS[index] ?? ['other', ''];
		const start = region.start + match.index;
		return { start, end: start + match[0].length, role, weak: weak === 'weak' };
	});
}

/** The words nearest before a day, unless a sentence ends between; a convocation is stronger than the name of who is convened. */
function roleBefore(
	plain: string,
	labels: readonly Label[],
	from: number,
	day: DayMention
): { role: DayRole | null; weak: boolean } {
	if (/^l/.test(plain.slice(day.start, day.start + 1))) return { role: 'sitting', weak: false };
	const before = labels.filter(({ end, start }) => start >= from && end <= day.start);
	const [nearest] = before.slice(-1);
	if (!nearest) return { role: null, weak: false };
	const gap = plain.slice(nearest.end, day.start);
	const lineBefore = plain.slice(Math.max(from, nearest.start - 80), nearest.start);
	if (nearest.role === 'sitting') {
		const stronger = before
			.slice(-3)
			.find(({ role }) => role === 'convened' || role === 'published');
		if (
			nearest.weak &&
			stronger &&
			/^[^.;\n]{0,80}$/.test(plain.slice(stronger.end, nearest.start))
		) {
			return { role: stronger.role, weak: false };
		}
		const line = lineBefore.slice(lineBefore.lastIndexOf('\n') + 1);
		if (EARLIER.test(line) || RECORD.test(line)) return OTHER_DAY;
		return isNear(gap, 90) ? { role: 'sitting', weak: nearest.weak } : { role: null, weak: false };
	}
	// “Date de convocation :” awaits a day: names that stand in a column beside it may come between.
	const awaits = /^[ ]*:/.test(gap) && /date d[e'] ?(?:la |l')?$/.test(lineBefore);
	if (isNear(gap, 100) || (awaits && gap.length < 250)) return { role: nearest.role, weak: false };
	return { role: null, weak: false };
}

const OTHER_DAY = { role: 'other', weak: false } as const;

/** Close enough, and no sentence ends between. */
const isNear = (gap: string, most: number): boolean =>
	gap.length <= most &&
	!/[;]|[a-z]{3}\. [^:]*$|\n[ ]*\n(?![ ]*(?:le )?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)?[ ,]*(?:le )?$)/.test(
		gap
	);

/** A row of labels above a row of days: each day belongs to the label of its column. */
function zipTable(
	plain: string,
	labels: readonly Label[],
	days: readonly DayMention[]
): Map<DayMention, DayRole> {
	const zipped = new Map<DayMention, DayRole>();
	const isTouching = (from: number, to: number): boolean =>
		/^[\s|:()-]*(?:(?:date )?(?:d[eu] ?|d' ?|l' ?|la |et )+[\s|:()-]*|date [\s|:()-]*)?$/.test(
			plain.slice(from, to)
		);
	for (const [first, day] of days.entries()) {
		let last = labels.findLastIndex(({ end }) => end <= day.start);
		const row: Label[] = [];
		let at = day.start;
		while (last >= 0 && row.length < 4) {
			const label = labels[last];
			if (!label || !isTouching(label.end, at)) break;
			row.unshift(label);
			at = label.start;
			last -= 1;
		}
		if (row.length < 2) continue;
		const column = [day];
		while (column.length < row.length) {
			const [next, current] = [days[first + column.length], column.at(-1)];
			if (!next || !current || !/^[\s|]*$/.test(plain.slice(current.end, next.start))) break;
			column.push(next);
		}
		if (column.length !== row.length) continue;
		for (const [index, each] of column.entries()) zipped.set(each, row[index]?.role ?? 'other');
	}
	return zipped;
}
