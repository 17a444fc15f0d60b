import { expect, it } from 'vitest';
import { describeAwaited } from '#lib/domain/awaited.ts';

it.each([
	[0, 0, null],
	[1, 0, '1 déclaration attend votre décision'],
	[2, 1, '2 déclarations attendent votre décision, 1 est en retard'],
	[2, 3, '2 déclarations attendent votre décision, 3 sont en retard'],
	[0, 1, '1 déclaration est en retard'],
	[0, 2, '2 déclarations sont en retard']
])('says of %i that wait and %i that are late: %s', (waiting, late, words) => {
	expect(describeAwaited(waiting, late)).toBe(words);
});
