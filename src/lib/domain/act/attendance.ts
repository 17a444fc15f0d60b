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

/** Counts the names under `Membres présents` and `Membres absents`; whoever gave a `pouvoir` is a proxy. */
export function countNames(text: string): NameCounts {
	const present = namesBetween(text, /^Membres présents\s*:/mu, /^Membres absents\s*:/mu);
	const away = namesBetween(text, /^Membres absents\s*:/mu, /^OBJET\s*:/mu);
	const proxies = away?.filter((name) => /\spouvoir à\s/u.test(name));
	return {
		present: present?.length ?? null,
		proxies: proxies?.length ?? null,
		absent: away && proxies ? away.length - proxies.length : null
	};
}

/** Reads the numbers that the head of an act states. */
export function readAttendance(text: string): Attendance {
	return {
		members: numberAfter(text, /Nombre de membres du Conseil[^:\n]*:/u),
		inOffice: numberAfter(text, /Nombre de membres en exercice\s*:/u),
		present: numberAfter(text, /Nombre de présents[^:\n]*:/u),
		proxies: numberAfter(text, /Nombre de procurations\s*:/u),
		absent: countNames(text).absent
	};
}

/** Reads the result of the vote (`SCRUTIN`) at the end of an act. */
export function readVote(text: string): Vote {
	const start = text.lastIndexOf('SCRUTIN');
	const ballot = start === -1 ? '' : text.slice(start);
	return {
		for: numberAfter(ballot, /POUR\s*:/u),
		against: numberAfter(ballot, /CONTRE\s*:/u),
		abstention: numberAfter(ballot, /ABSTENTIONS?\s*:/u),
		notVoting: numberAfter(ballot, /NE SE PRONONCE(?:NT)? PAS\s*:/u)
	};
}

/** Names stand in columns divided by tabs, one civility each. */
function namesBetween(text: string, opening: RegExp, closing: RegExp): string[] | null {
	const start = opening.exec(text);
	if (!start) return null;
	const rest = text.slice(start.index + start[0].length);
	const end = closing.exec(rest)?.index ?? 0;
	const cells = rest.slice(0, end).split(/[\t\n\r]+/u);
	return cells.filter((cell) => /^\s*(M\.|MM\.|Mme|Mmes|Monsieur|Madame)\s/u.test(cell));
}

function numberAfter(text: string, label: RegExp): number | null {
	const found = new RegExp(`${label.source}\\s*(\\d{1,4})`, 'u').exec(text)?.[1];
	return found === undefined ? null : Number(found);
}
