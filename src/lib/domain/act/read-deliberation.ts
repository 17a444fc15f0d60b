import { readAgreements } from '#lib/domain/act/agreements.ts';
import { readAttendance } from '#lib/domain/act/attendance.ts';
import type { ActReading } from '#lib/domain/act/reading.ts';
import { readDecisions } from '#lib/domain/act/decisions.ts';
import { readFigures } from '#lib/domain/act/figures/read-figures.ts';
import { readHeader } from '#lib/domain/act/header.ts';
import { readLists } from '#lib/domain/act/lists.ts';
import { readPromises } from '#lib/domain/act/promises/promises.ts';
import { readChecks } from '#lib/domain/act/reading-checks.ts';
import { readSections } from '#lib/domain/act/sections.ts';
import { openText } from '#lib/domain/act/text.ts';
import { readVote } from '#lib/domain/act/vote.ts';

/**
 * Reads the text of a deliberation. It proposes: every value stands on its place in the text, what
 * is not written stays unknown, and nothing is repaired. It takes any text and never fails on one.
 */
export function readDeliberation(source: string): ActReading {
	const text = openText(source);
	const sections = readSections(text);
	const decisions = readDecisions(text, sections);
	const attendance = readAttendance(text, sections);
	const facts = {
		header: readHeader(text, sections),
		attendance,
		vote: readVote(text, sections, attendance.voting.stated.value),
		decisions,
		...readFigures(text, sections),
		lists: readLists(text, sections, decisions),
		agreements: readAgreements(text, sections, decisions)
	};
	return {
		...facts,
		promises: readPromises(text, sections, facts),
		checks: readChecks(source, facts)
	};
}
