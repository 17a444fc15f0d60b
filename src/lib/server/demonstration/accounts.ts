import type { Role } from '#lib/domain/role.ts';
import type { Party } from '#lib/server/acts/act.ts';

/** Of every account of the demonstration, and of no other. */
export const DEMONSTRATION_PASSWORD = 'tenu-demonstration';

export const ACCOUNTS: readonly { email: string; name: string; role: Role; party: Party }[] = [
	{
		email: 'finances@demo.example',
		name: 'Direction des finances',
		role: 'finance',
		party: 'Dijon Métropole'
	},
	{
		email: 'partenaire@demo.example',
		name: 'Partenariats territoriaux',
		role: 'partner',
		party: 'Action Logement Services'
	},
	{
		email: 'collegue@demo.example',
		name: 'Délégation territoriale',
		role: 'partner',
		party: 'Action Logement Services'
	},
	{
		email: 'etat@demo.example',
		name: 'Pôle Logement d’abord',
		role: 'partner',
		party: 'État (DIHAL)'
	},
	{
		email: 'elus@demo.example',
		name: 'Élus métropolitains',
		role: 'elected',
		party: 'Dijon Métropole'
	},
	{
		email: 'admin@demo.example',
		name: 'Administration de tenu',
		role: 'admin',
		party: 'Dijon Métropole'
	}
];
