/** What a person comes to do (design: who comes for what). One person has one role. */
export type Role = 'finance' | 'partner' | 'elected' | 'admin';

export const ROLES: readonly Role[] = ['finance', 'partner', 'elected', 'admin'];

export const ROLE_LABELS: Record<Role, string> = {
	finance: 'Direction des finances',
	partner: 'Partenaire',
	elected: 'Élue ou élu',
	admin: 'Administration'
};

/** Whoever acts: known by name, with a role, and for a partner the organisation it speaks for. */
export type Actor = {
	id: string;
	name: string;
	role: Role;
	organisationId: string | null;
	organisationName: string | null;
};
