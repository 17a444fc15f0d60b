import { readAgreements } from '#lib/domain/act/agreements.ts';
import type { ActReading, Field } from '#lib/domain/act/reading.ts';
import { readDecisions } from '#lib/domain/act/decisions.ts';
import { readFigures } from '#lib/domain/act/figures/read-figures.ts';
import { readHeader } from '#lib/domain/act/header.ts';
import { readLists } from '#lib/domain/act/lists.ts';
import { readSections } from '#lib/domain/act/sections.ts';
import { openText } from '#lib/domain/act/text.ts';

/**
 * Reads the text of a deliberation. It proposes: every value stands on its place in the text, what
 * is not written stays unknown, and nothing is repaired. It takes any text and never fails on one.
 */
export function readDeliberation(source: string): ActReading {
	const text = openText(source);
	const sections = readSections(text);
	const decisions = readDecisions(text, sections);
	return {
		header: readHeader(text, sections),
		attendance: {
			members: { stated: unknown(), counted: null },
			inOffice: { stated: unknown(), counted: null },
			present: { stated: unknown(), counted: null },
			represented: { stated: unknown(), counted: null },
			proxies: { stated: unknown(), counted: null },
			absent: { stated: unknown(), counted: null },
			voting: { stated: unknown(), counted: null }
		},
		vote: null,
		decisions,
		...readFigures(text, sections),
		lists: readLists(text, sections, decisions),
		agreements: readAgreements(text, sections, decisions),
		promises: [],
		checks: []
	};
}

const unknown = <Value>(): Field<Value> => ({ value: null, found: [] });
