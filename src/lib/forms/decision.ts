import { z } from 'zod';

/** Sent with the form and stored with its answer: the same form sent twice decides once. */
const key = z.uuid('Ce formulaire a expiré : rechargez la page.');

/** Which time it was sent that was read: something else is not decided on. */
const readSubmission = z.coerce
	.number('Ce formulaire a expiré : rechargez la page.')
	.int()
	.positive('Ce formulaire a expiré : rechargez la page.');

const words = (problem: string, most: number) =>
	z
		.string()
		.trim()
		.min(1, problem)
		.max(most, `C’est trop long : ${most === 4000 ? '4 000' : most} caractères au plus.`)
		.default('');

/** Finance accepts; its own reason is asked where more is paid than what is left. */
export const acceptForm = z.object({
	overrunReason: z
		.string()
		.trim()
		.max(500, 'C’est trop long : 500 caractères au plus.')
		.default(''),
	readSubmission,
	key
});

/** Why a declaration is sent back: its organisation reads it first. */
export const returnForm = z.object({
	reason: words('Dites en quelques mots ce qui est à corriger.', 4000),
	readSubmission
});

/** Why what was accepted is taken back. */
export const reopenForm = z.object({
	reason: words('Dites en quelques mots pourquoi elle est rouverte.', 4000),
	readSubmission,
	key
});

export const remarkForm = z.object({
	rowKey: z.string().default(''),
	text: words('Écrivez votre remarque.', 4000),
	readSubmission
});

export const messageForm = z.object({ text: words('Écrivez votre message.', 4000) });

/** A button without fields. */
export const withdrawForm = z.object({});
