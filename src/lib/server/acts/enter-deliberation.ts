import { randomUUID } from 'node:crypto';
import { countNames, readAttendance, readVote } from '#lib/domain/act/attendance.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Act } from '#lib/server/acts/act.ts';
import type { Entering } from '#lib/server/acts/enter-acts.ts';
import { readAct, type ReadAct, type ReadPassage } from '#lib/server/acts/read-act.ts';
import { citations, decisions, deliberations } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

export type EnteredDeliberation = {
	id: string;
	sittingOn: Day;
	/** The passage of a name, with the identifier of its citation. */
	cite: (name: string) => ReadPassage & { id: string };
};

/** Enters an act with its decisions and its citations. Councillors are counted; their names stay in the text. */
export async function enterDeliberation(
	tx: Transaction,
	act: Act,
	entering: Entering
): Promise<EnteredDeliberation> {
	const id = randomUUID();
	const read = readAct(act);
	const sittingOn = dayOf(read, 'sitting');
	const vote = readVote(read.text);
	await tx.insert(deliberations).values({
		id,
		slug: act.slug,
		authorityId: entering.parties['Dijon Métropole'],
		sittingOn,
		convenedOn: dayOf(read, 'convened'),
		president: act.president,
		secretary: act.secretary,
		theme: act.theme,
		title: act.title,
		text: read.text,
		textDigest: read.textDigest,
		...readAttendance(read.text),
		namesCounted: countNames(read.text).present,
		votesFor: vote.for,
		votesAgainst: vote.against,
		abstentions: vote.abstention,
		notVoting: vote.notVoting,
		enteredAt: entering.at(sittingOn),
		enteredBy: entering.by
	});
	await tx.insert(decisions).values(
		read.decisions.map((decision, index) => ({
			...decision,
			deliberationId: id,
			position: index + 1
		}))
	);
	return { id, sittingOn, cite: await enterCitations(tx, id, read) };
}

/** All in one statement: a part may so stand in the text before the whole that it names. */
async function enterCitations(
	tx: Transaction,
	deliberationId: string,
	read: ReadAct
): Promise<EnteredDeliberation['cite']> {
	const cited = new Map(
		[...read.passages].map(([name, passage]) => [name, { ...passage, id: randomUUID() }])
	);
	const cite: EnteredDeliberation['cite'] = (name) => {
		const citation = cited.get(name);
		if (!citation) throw new Error(`the act has no passage named ${name}`);
		return citation;
	};
	await tx.insert(citations).values(
		[...cited.values()].map(({ within: _, partOf, ...citation }) => ({
			...citation,
			deliberationId,
			wholeCitationId: partOf === undefined ? null : cite(partOf).id
		}))
	);
	return cite;
}

function dayOf(read: ReadAct, name: string): Day {
	const day = read.passages.get(name)?.day;
	if (!day) throw new Error(`the act has no passage ${name} with a day`);
	return day;
}
