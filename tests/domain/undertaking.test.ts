import { describe, expect, it } from 'vitest';
import { day } from '#lib/domain/day.ts';
import {
	statusAt,
	summariseUndertakings,
	type UndertakingEvent,
	type UndertakingStatus
} from '#lib/domain/undertaking.ts';
import {
	describeReview,
	describeUndertakings,
	describeUndertakingsAwaited,
	keptOf
} from '#lib/domain/undertaking-words.ts';
import { records } from '../support/table.ts';

const plain = (text: string | null) => text?.replaceAll(/[\u00a0\u202f]/g, ' ') ?? null;

describe('how an undertaking stands', () => {
	const LOG = records(`
		number | action  | fact       | status      | said
		1      | note    | 2021-01-05 |             | 2021-01-06
		2      | decide  | 2021-03-01 | under_way   | 2021-03-02
		3      | propose | 2021-06-01 | kept        | 2021-06-02
		4      | confirm | 2021-06-01 | kept        | 2021-07-15
		5      | decide  | 2021-05-01 | not_started | 2021-08-01
		6      | decide  | 2021-06-01 | not_kept    | 2021-09-01
	`).map(({ number = '', action, fact = '', status, said = '' }): UndertakingEvent => ({
		number: Number(number),
		action: action as UndertakingEvent['action'],
		occurredOn: day(fact),
		status: (status ?? null) as UndertakingStatus | null,
		at: new Date(`${said}T09:00:00Z`)
	}));
	const at = (asOf: string, knownOn?: string) =>
		statusAt(LOG, { asOf: day(asOf), knownAt: knownOn ? new Date(`${knownOn}T00:00:00Z`) : null });

	it.each<[string, string | undefined, UndertakingStatus | null, string]>([
		['2021-02-28', undefined, null, 'nobody had said: a note is no standing'],
		['2021-04-30', undefined, 'under_way', 'what was decided last'],
		['2021-05-31', undefined, 'not_started', 'a fact that was told late counts from its day'],
		['2021-06-01', undefined, 'not_kept', 'of two facts of a day the one said last'],
		['2021-06-01', '2021-07-01', 'under_way', 'a proposal counts only once it is confirmed'],
		['2021-06-01', '2021-08-15', 'kept', 'as it was known before the last word'],
		['2021-05-31', '2021-07-31', 'under_way', 'as it was known before the late fact']
	])('on %s as known on %s is %s: %s', (asOf, knownOn, expected) => {
		expect(at(asOf, knownOn)).toBe(expected);
	});
});

describe('the promises in words, together', () => {
	const sum = (...statuses: (UndertakingStatus | null)[]) => summariseUndertakings(statuses);

	it('are counted by how they stand, and those of which nobody spoke apart', () => {
		const summary = sum('kept', 'kept', 'under_way', 'not_kept', 'not_started', null);
		expect(plain(describeUndertakings(summary))).toBe(
			'2 engagements tenus sur 6, 1 en cours, 1 non tenu, 1 pas commencé, 1 non renseigné.'
		);
		expect(plain(keptOf(summary))).toBe('2 sur 6');
	});

	it('are unknown, and not none of six, where nobody has said anything', () => {
		const summary = sum(null, null);
		expect(keptOf(summary)).toBeNull();
		expect(plain(describeUndertakings(summary))).toBe(
			'2 engagements réciproques, suivi non renseigné.'
		);
	});

	it('are nothing where none was made', () => {
		expect(describeUndertakings(sum())).toBeNull();
	});

	it('say what waits', () => {
		expect(describeUndertakingsAwaited(0, 0)).toBeNull();
		expect(plain(describeUndertakingsAwaited(1, 2))).toBe(
			'1 proposition sur un engagement attend votre réponse, 2 points d’étape sont dépassés'
		);
	});

	it('say when they are looked at again, and when that is past', () => {
		const on = day('2022-05-31');
		expect(plain(describeReview(on, day('2022-05-31')))).toBe('prochain point le 31 mai 2022');
		expect(plain(describeReview(on, day('2022-06-01')))).toBe(
			'point prévu le 31 mai 2022, dépassé'
		);
	});
});
