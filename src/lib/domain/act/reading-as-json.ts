import type {
	ActReading,
	Field,
	Headcount,
	ReadDecision,
	ReadPromise
} from '#lib/domain/act/reading.ts';

/**
 * A reading in the shape that `npm run act:read` prints and others rely on: days in ISO, cents as
 * text since JSON rounds them, null for what is unknown. `found` has what the head says in several
 * ways, where nobody chose.
 */
export function readingAsJson(reading: ActReading) {
	const { header, attendance, vote } = reading;
	return {
		...valuesOf(header),
		attendance: {
			members: headcount(attendance.members),
			in_office: headcount(attendance.inOffice),
			present: headcount(attendance.present),
			represented: headcount(attendance.represented),
			proxies: headcount(attendance.proxies),
			absent: headcount(attendance.absent),
			voting: headcount(attendance.voting)
		},
		vote: vote && {
			for: vote.for,
			against: vote.against,
			abstention: vote.abstention,
			not_voting: vote.notVoting,
			not_taking_part: vote.notTakingPart,
			unanimous: vote.unanimous,
			implied: vote.implied,
			quote: vote.quote,
			start: vote.start,
			end: vote.end
		},
		decisions: reading.decisions.map(decisionAsJson),
		amounts: reading.amounts.map(({ cents, precisionCents, partOf, ...amount }) => ({
			...amount,
			cents: String(cents),
			precision_cents: String(precisionCents),
			part_of: partOf
		})),
		counts: reading.counts.map(({ partOf, ...count }) => ({ ...count, part_of: partOf })),
		percentages: reading.percentages,
		periods: reading.periods.map(({ startsOn, endsOn, ...period }) => ({
			...period,
			starts_on: startsOn,
			ends_on: endsOn
		})),
		days: reading.days,
		lost: reading.lost,
		lists: reading.lists,
		agreements: reading.agreements,
		promises: reading.promises.map(promiseAsJson),
		checks: reading.checks,
		found: foundIn(reading)
	};
}

function valuesOf({ sitting, convened, published, received, ...texts }: ActReading['header']) {
	return {
		authority: texts.authority.value,
		number: texts.number.value,
		sitting: sitting.value,
		convened: convened.value,
		published: published.value,
		received: received.value,
		president: texts.president.value,
		secretary: texts.secretary.value,
		theme: texts.theme.value,
		title: texts.title.value
	};
}

/** What is stated; what the list counts where nothing is stated; null where it is stated in two ways. */
function headcount({ stated, counted }: Headcount): number | null {
	return stated.found.length > 0 ? stated.value : counted;
}

/** The places of a decision are those of its text; `item` has those of the whole of it, verb and all. */
function decisionAsJson({ verb, text, quote, start, end }: ReadDecision) {
	const place = quote.lastIndexOf(text);
	const from = place === -1 ? start : start + place;
	return {
		verb,
		text,
		start: from,
		end: place === -1 ? end : from + text.length,
		item: { quote, start, end }
	};
}

function promiseAsJson({ period, amount, because, confidence, ...parts }: ReadPromise) {
	return {
		amount,
		...parts,
		period: period && {
			starts_on: period.value.startsOn,
			ends_on: period.value.endsOn,
			confidence: period.confidence,
			because: period.because
		},
		confidence,
		because
	};
}

/** Every value of the head that the text gives, with its place: more than one where they differ. */
function foundIn({ header, attendance }: ActReading) {
	const fields: Record<string, Field<string | number>> = { ...header };
	const names = {
		members: 'members',
		inOffice: 'in_office',
		present: 'present',
		represented: 'represented',
		proxies: 'proxies',
		absent: 'absent',
		voting: 'voting'
	} as const;
	for (const name of Object.keys(names) as (keyof typeof names)[]) {
		fields[names[name]] = attendance[name].stated;
	}
	return Object.fromEntries(Object.entries(fields).map(([name, { found }]) => [name, found]));
}
