import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { attendanceOf, countNames, readAttendance } from '#lib/domain/act/attendance.ts';
import { readSections } from '#lib/domain/act/sections.ts';
import { openText } from '#lib/domain/act/text.ts';
import { readVote } from '#lib/domain/act/vote.ts';

const read = (name: string) => readFileSync(`src/lib/server/acts/texts/${name}.txt`, 'utf8');
const ACTION_LOGEMENT = read('2020-12-17-action-logement');
const LOGEMENT_D_ABORD = read('2021-09-30-logement-d-abord');

function attendanceIn(source: string) {
	const text = openText(source);
	return attendanceOf(readAttendance(text, readSections(text)));
}

function voteIn(source: string) {
	const text = openText(source);
	return readVote(text, readSections(text));
}

describe('the head of an act', () => {
	it('of 17 December 2020 states 86 members, 74 present and 9 proxies, and lists as many names', () => {
		expect(attendanceIn(ACTION_LOGEMENT)).toEqual({
			members: 86,
			inOffice: 86,
			present: 74,
			proxies: 9,
			absent: 3
		});
		expect(countNames(ACTION_LOGEMENT)).toEqual({ present: 74, proxies: 9, absent: 3 });
	});

	it('of 30 September 2021 states 86 members, 75 present and 8 proxies, and lists as many names', () => {
		expect(attendanceIn(LOGEMENT_D_ABORD)).toEqual({
			members: 86,
			inOffice: 86,
			present: 75,
			proxies: 8,
			absent: 3
		});
		expect(countNames(LOGEMENT_D_ABORD)).toEqual({ present: 75, proxies: 8, absent: 3 });
	});

	it('gives up no name: only counts come out', () => {
		const out = JSON.stringify([attendanceIn(ACTION_LOGEMENT), countNames(ACTION_LOGEMENT)]);
		expect(out.replaceAll(/"(members|inOffice|present|proxies|absent)"/g, '')).not.toMatch(
			/[A-Za-z]/
		);
	});

	it('that says nothing is unknown, not zero', () => {
		expect(attendanceIn('')).toEqual({
			members: null,
			inOffice: null,
			present: null,
			proxies: null,
			absent: null
		});
		expect(countNames('')).toEqual({ present: null, proxies: null, absent: null });
	});
});

describe('the vote', () => {
	it.each([
		['17 December 2020', ACTION_LOGEMENT],
		['30 September 2021, printed in two columns', LOGEMENT_D_ABORD]
	])('of %s is 83 for and nobody else', (_sitting, text) => {
		expect(voteIn(text)).toMatchObject({
			for: 83,
			against: 0,
			abstention: 0,
			notVoting: 0,
			unanimous: null,
			implied: false
		});
	});

	it('that is not in the text is unknown', () => {
		expect(voteIn('Vu le code général des collectivités territoriales')).toBeNull();
	});
});
