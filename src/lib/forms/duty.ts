import { z } from 'zod';
import { parseDay, type Day } from '#lib/domain/day.ts';
import { FREQUENCIES } from '#lib/domain/period.ts';

const DUE_DAYS = 'Le délai va de 1 à 366 jours après la fin de la période.';

/** How often an envelope is declared, as finance types it. */
export const dutyForm = z.object({
	frequency: z.enum(FREQUENCIES as [string, ...string[]], 'Choisissez un rythme.'),
	dueDays: z
		.string()
		.trim()
		.default('')
		.refine((text) => readDays(text) !== null, DUE_DAYS),
	startsOn: z
		.string()
		.trim()
		.default('')
		.refine((text) => parseDay(text) !== null, 'Indiquez un jour, par exemple 01/07/2022.'),
	byOperation: z.boolean().default(false)
});

/** Whole days from 1 to 366; null for anything else. */
export function readDays(text: string): number | null {
	const days = /^\d{1,3}$/.test(text) ? Number(text) : 0;
	return days >= 1 && days <= 366 ? days : null;
}

/** What was typed, as values; only for a form that was found valid. */
export function readDuty(values: z.output<typeof dutyForm>) {
	const frequency = FREQUENCIES.find((known) => known === values.frequency);
	const dueDays = readDays(values.dueDays);
	const startsOn: Day | null = parseDay(values.startsOn);
	if (!frequency || dueDays === null || !startsOn) throw new TypeError('the form was not checked');
	return { frequency, dueDays, startsOn, byOperation: values.byOperation };
}
