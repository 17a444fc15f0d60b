import { z } from 'zod';

/** Which account is closed or opened again: one button a person. */
export const accessForm = z.object({
	personId: z.uuid('Ce compte n’existe pas.').default(''),
	access: z.enum(['closed', 'open'], { error: 'Choisissez de désactiver ou de réactiver.' })
});
