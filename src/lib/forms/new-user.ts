import { z } from 'zod';
import { findPasswordProblem } from '#lib/domain/password-rule.ts';
import { ROLES } from '#lib/domain/role.ts';

/** Whom an administrator lets in. */
export const newUserForm = z
	.object({
		email: z
			.string()
			.trim()
			.toLowerCase()
			.max(254, 'Cette adresse électronique est trop longue.')
			.pipe(z.email('Saisissez une adresse électronique, par exemple prenom.nom@metropole.fr.')),
		name: z
			.string()
			.trim()
			.min(1, 'Saisissez le nom de la personne, tel qu’il paraîtra à côté de ce qu’elle fait.')
			.max(120, 'Ce nom est trop long : 120 caractères au plus.'),
		role: z.enum(ROLES, { error: `Choisissez un rôle parmi ${ROLES.join(', ')}.` }),
		/** As the organisations list it; a partner always has one. */
		organisation: z.string().trim().nullable().default(null),
		password: z.string()
	})
	.superRefine((person, context) => {
		const problem = findPasswordProblem(person.password, person);
		if (problem) context.addIssue({ code: 'custom', path: ['password'], message: problem });
		if (person.role === 'partner' && !person.organisation) {
			context.addIssue({
				code: 'custom',
				path: ['organisation'],
				message: 'Un partenaire parle au nom d’une organisation : indiquez laquelle.'
			});
		}
	});

export type NewUser = z.output<typeof newUserForm>;
