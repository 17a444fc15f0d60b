import { describe, expect, it } from 'vitest';
import { day } from '#lib/domain/day.ts';
import type { DeclarationState } from '#lib/domain/declaration.ts';
import { sayWhatIsDue, type DuePeriod } from '#lib/domain/due.ts';
import { namePeriod, ofPeriod } from '#lib/domain/period-words.ts';
import { dueOn, stateOfPeriod, type Period } from '#lib/domain/period.ts';

const duty = { dueDays: 30 };
const period = (startsOn: string, endsOn: string): Period => ({
	startsOn: day(startsOn),
	endsOn: day(endsOn)
});
const Q1 = period('2022-01-01', '2022-03-31');
const Q2 = period('2022-04-01', '2022-06-30');
const Q3 = period('2022-07-01', '2022-09-30');

const due = (own: Period, declared: DeclarationState | null, today = '2022-06-30'): DuePeriod => ({
	period: own,
	dueOn: dueOn(own, duty),
	state: stateOfPeriod(own, duty, declared, day(today)),
	declaration: declared && { id: '1', number: 1, state: declared }
});

const say = (...periods: DuePeriod[]) =>
	sayWhatIsDue([{ envelope: 'Parcours', periods }]).replaceAll('\u00A0', ' ');

describe('what is due, in one sentence', () => {
	it('says what is open and by when', () => {
		expect(say(due(Q1, 'accepted'), due(Q2, null))).toBe(
			'Il vous reste à déclarer le 2e trimestre 2022 pour « Parcours », au plus tard le 30 juillet 2022'
		);
		expect(say(due(Q2, 'draft'))).toContain('Il vous reste à déclarer');
	});

	it('says first what is late, and how many others there are', () => {
		expect(say(due(Q2, null), due(Q1, 'draft'))).toBe(
			'En retard : le 1er trimestre 2022 pour « Parcours » était à déclarer au plus tard le 30 avril 2022 ; 1 autre période est à déclarer'
		);
	});

	it('says what was sent back before what is merely open', () => {
		expect(say(due(Q2, 'returned'), due(Q1, 'accepted'))).toContain('Il vous reste à corriger');
		expect(say(due(Q1, 'reopened'))).toMatch(
			/^En retard : .* est à corriger, pour le 30 avril 2022 au plus tard$/
		);
	});

	it('says when there is nothing to do, who is at it, and when the next period opens', () => {
		expect(say(due(Q1, 'accepted'), due(Q2, 'submitted'), due(Q3, null))).toBe(
			'Vous êtes à jour : la direction des finances examine 1 déclaration ; le 3e trimestre 2022 se déclare à partir du 30 septembre 2022'
		);
		expect(say(due(Q1, 'accepted'))).toBe('Vous êtes à jour');
		expect(say(due(Q1, 'accepted'), due(Q3, null))).toBe(
			'Vous êtes à jour : le 3e trimestre 2022 se déclare à partir du 30 septembre 2022'
		);
		expect(say()).toBe('Aucune déclaration ne vous est demandée pour le moment');
	});

	it('does not call late what was sent in time and waits', () => {
		expect(say(due(Q1, 'submitted'))).toBe(
			'Vous êtes à jour : la direction des finances examine 1 déclaration'
		);
	});
});

describe('a period within a sentence', () => {
	it.each([
		[Q2, 'le 2e trimestre 2022', 'du 2e trimestre 2022'],
		[period('2021-01-01', '2021-06-30'), 'le 1er semestre 2021', 'du 1er semestre 2021'],
		[period('2021-01-01', '2021-12-31'), 'l’année 2021', 'de l’année 2021'],
		[period('2022-06-01', '2022-06-30'), 'juin 2022', 'de juin 2022'],
		[period('2022-04-01', '2022-04-30'), 'avril 2022', 'd’avril 2022'],
		[
			period('2020-12-17', '2020-12-31'),
			'la période de décembre 2020 à décembre 2020',
			'de la période de décembre 2020 à décembre 2020'
		]
	])('%j', (own, name, of) => {
		expect(namePeriod(own)).toBe(name);
		expect(ofPeriod(own)).toBe(of);
	});
});
