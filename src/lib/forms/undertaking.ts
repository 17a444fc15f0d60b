import { z } from 'zod';
import { parseDay, type Day } from '#lib/domain/day.ts';
import { isIdentifier } from '#lib/domain/identifier.ts';
import {
	UNDERTAKING_STATUSES,
	type UndertakingStatus,
	type UndertakingStep
} from '#lib/domain/undertaking.ts';

const words = (problem: string) =>
	z
		.string()
		.trim()
		.min(1, problem)
		.max(2000, 'C’est trop long : 2 000 caractères au plus.')
		.default('');

const day = (problem: string) =>
	z
		.string()
		.trim()
		.default('')
		.refine((text) => parseDay(text) !== null, problem);

/** What happened, with how it stands now where that is said. */
export const reportForm = z.object({
	status: z
		.string()
		.refine((text) => text === '' || isStatus(text), 'Choisissez dans la liste.')
		.default(''),
	occurredOn: day('Indiquez le jour du fait, par exemple 30/06/2022.'),
	text: words('Dites en quelques mots ce qui a été fait, et ce qui le prouve.')
});

export const confirmForm = z.object({
	proposalId: z.string().refine(isIdentifier, 'Ce formulaire a expiré : rechargez la page.')
});

export const refuseForm = confirmForm.extend({
	reason: words('Dites en quelques mots pourquoi vous ne la retenez pas.')
});

/** Nothing chosen: nobody in particular keeps it. */
export const ownerForm = z.object({
	ownerId: z
		.string()
		.refine((text) => text === '' || isIdentifier(text), 'Choisissez dans la liste.')
		.default('')
});

/** Nothing typed: no review is planned. */
export const reviewForm = z.object({
	reviewOn: z
		.string()
		.trim()
		.default('')
		.refine(
			(text) => text === '' || parseDay(text) !== null,
			'Indiquez un jour, par exemple 30/06/2022, ou rien.'
		)
});

/** What was typed, as a step of the log; a partner proposes what finance decides. Only for a valid form. */
export function readReport(
	{ status, occurredOn, text }: z.output<typeof reportForm>,
	role: 'finance' | 'partner'
): UndertakingStep {
	const on = readDay(occurredOn);
	if (!isStatus(status)) return { action: 'note', occurredOn: on, text };
	return { action: role === 'finance' ? 'decide' : 'propose', status, occurredOn: on, text };
}

export const readReview = ({ reviewOn }: z.output<typeof reviewForm>): UndertakingStep => ({
	action: 'schedule',
	reviewOn: reviewOn === '' ? null : readDay(reviewOn)
});

function readDay(text: string): Day {
	const day = parseDay(text);
	if (!day) throw new TypeError('the form was not checked');
	return day;
}

const isStatus = (text: string): text is UndertakingStatus =>
	(UNDERTAKING_STATUSES as readonly string[]).includes(text);
