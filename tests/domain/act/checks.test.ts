import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { attendanceOf, countNames, readAttendance } from '#lib/domain/act/attendance.ts';
import { checkAttendance, checkSum, WHOLE_SHARE } from '#lib/domain/act/checks.ts';
import { readSections } from '#lib/domain/act/sections.ts';
import { openText } from '#lib/domain/act/text.ts';
import { readVote } from '#lib/domain/act/vote.ts';
import { writtenPrecision, type WrittenFigure } from '#lib/domain/precision.ts';

const plain = (text: string) => text.replaceAll(/[\u00A0\u202F]/gu, ' ');

function figure(written: string): WrittenFigure {
	const read = writtenPrecision(written);
	if (!read) throw new Error(written);
	return read;
}

/** `15 M€ + 15 M€ ? 30 M€` → the result and the sentence. */
function check(sum: string): string {
	const [parts = '', whole = ''] = sum.split(' ? ');
	const figures = (text: string) => text.split(' + ').map(figure);
	const { result, message } = checkSum('somme', figures(parts), figures(whole));
	return plain(`${result}: ${message}`);
}

describe('what an act prints', () => {
	it('adds up exactly where parts are counted, the households included', () => {
		expect(check('268 + 5 823 + 1 575 + 391 + 1 306 ? 9 363')).toBe(
			'passed: 268 + 5 823 + 1 575 + 391 + 1 306 = 9 363.'
		);
	});

	it('does not add up when a count is out by one: counts are never rounded', () => {
		expect(check('268 + 5 823 + 1 575 + 391 + 1 307 ? 9 363')).toBe(
			'failed: 268 + 5 823 + 1 575 + 391 + 1 307 = 9 364, mais l’acte donne 9 363 : écart de 1.'
		);
	});

	it('adds up within rounding where amounts were rounded to be printed', () => {
		expect(check('4,2 M€ + 8,6 M€ + 2,2 M€ + 236 000 € ? 15,2 M€')).toBe(
			'within_rounding: 4,2 M€ + 8,6 M€ + 2,2 M€ + 236 000 € = 15 236 000 €, soit 15,2 M€ à l’arrondi près.'
		);
	});

	it('adds up within rounding up to all that the figures leave open, and no cent more', () => {
		// 1,5 M€ may be printed 1 M€ in one place and 2 M€ in another.
		expect(check('1 M€ ? 2 M€').slice(0, 15)).toBe('within_rounding');
		expect(check('1 M€ ? 2 000 001 €').slice(0, 6)).toBe('failed');
	});

	it('adds up exactly where the two halves are the whole', () => {
		expect(check('15 M€ + 15 M€ ? 30 M€')).toBe('passed: 15 M€ + 15 M€ = 30 M€.');
	});

	it('does not add up when the difference is more than all the figures leave open', () => {
		expect(check('4,2 M€ + 8,6 M€ ? 13,0 M€')).toBe(
			'failed: 4,2 M€ + 8,6 M€ = 12 800 000 €, mais l’acte donne 13,0 M€ : écart de 200 000 €.'
		);
		expect(check('494 000 € + 494 000 € ? 988 002 €').slice(0, 6)).toBe('failed');
	});

	it('makes up a hundred within rounding where shares were rounded', () => {
		const shares = ['52%', '38%', '7%', '4%'].map(figure);
		const { result, message } = checkSum('Répartition', shares, [WHOLE_SHARE]);
		expect([result, plain(message)]).toEqual([
			'within_rounding',
			'52% + 38% + 7% + 4% = 101 %, soit 100 % à l’arrondi près.'
		]);
	});

	it('is never compared between things of two kinds', () => {
		expect(() => check('15 M€ + 12 ? 30 M€')).toThrow(TypeError);
		expect(() => checkSum('rien', [], [])).toThrow(TypeError);
	});
});

describe('the attendance and the vote', () => {
	it.each(['2020-12-17-action-logement', '2021-09-30-logement-d-abord'])('of %s agree', (name) => {
		const text = readFileSync(`src/lib/server/acts/texts/${name}.txt`, 'utf8');
		const opened = openText(text);
		const sections = readSections(opened);
		const vote = readVote(opened, sections);
		if (!vote) throw new Error('no vote');
		const attendance = attendanceOf(readAttendance(opened, sections));
		const checks = checkAttendance(attendance, vote, countNames(text));
		expect(checks.map(({ name: title, result }) => `${title}: ${result}`)).toEqual([
			'Votants et voix: passed',
			'Présents, procurations et absents: passed',
			'Présents et noms listés: passed',
			'Procurations et pouvoirs listés: passed'
		]);
	});

	it('say with their numbers what does not agree', () => {
		const checks = checkAttendance(
			{ members: 86, inOffice: 86, present: 74, proxies: 9, absent: 2 },
			{ for: 81, against: 0, abstention: 1, notVoting: 0 },
			{ present: 73, proxies: 9, absent: 2 }
		);
		expect(checks.map(({ result, message }) => plain(`${result}: ${message}`))).toEqual([
			'failed: 74 présents + 9 procurations = 83, mais l’acte donne 81 pour + 0 contre + 1 abstention + 0 ne se prononce pas : écart de 1.',
			'failed: 74 présents + 9 procurations + 2 absents = 85, mais l’acte donne 86 membres en exercice : écart de 1.',
			'failed: 74 présents = 74, mais l’acte donne 73 noms listés : écart de 1.',
			'passed: 9 procurations = 9 pouvoirs listés.'
		]);
	});

	it('are not checked where the act does not state a number', () => {
		const unknown = { members: null, inOffice: null, present: 74, proxies: 9, absent: null };
		const vote = { for: 83, against: null, abstention: null, notVoting: null };
		const checks = checkAttendance(unknown, vote, { present: 74, proxies: 9, absent: 3 });
		expect(checks.map(({ name }) => name)).toEqual([
			'Présents et noms listés',
			'Procurations et pouvoirs listés'
		]);
	});
});
