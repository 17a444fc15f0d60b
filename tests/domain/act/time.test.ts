import { expect, it } from 'vitest';

import { readDeliberation } from '#lib/domain/act/read-deliberation.ts';

/** Generous, for a machine that others use too; what it holds back takes hours. */
const SECONDS = 5;

it(
	'a blank form with rows of dots is read like any text',
	() => {
		readDeliberation(`Donne pouvoir à M.${'.'.repeat(140)}«présents»${'.'.repeat(140)}— 3`);
	},
	SECONDS * 1_000
);
