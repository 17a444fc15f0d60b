import { z } from 'zod';

/** Who signs in. What an address looks like is left to the answer: a wrong one is an unknown account. */
export const signInForm = z.object({
	email: z
		.string()
		.trim()
		.toLowerCase()
		.min(1, 'Saisissez votre adresse électronique, par exemple prenom.nom@metropole.fr.')
		.max(254, 'Cette adresse électronique est trop longue.')
		.default(''),
	password: z
		.string()
		.min(1, 'Saisissez votre mot de passe.')
		.max(1024, 'Ce mot de passe est trop long.')
		.default('')
});
