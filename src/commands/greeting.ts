import type pg from 'pg';
import { ROLE_LABELS, type Role } from '#lib/domain/role.ts';
import type { Config } from '#lib/server/config.ts';
import { DEMONSTRATION_PASSWORD } from '#lib/server/demonstration/accounts.ts';
import { queryOnce } from './prepare-database.ts';

/** Says where the application is, who can sign in and how to stop. */
export async function greet(origin: string, config: Config, owner: pg.ClientConfig): Promise<void> {
	const accounts = await queryOnce<{
		email: string;
		role: Role;
		organisation: string | null;
		fictitious: boolean;
	}>(
		owner,
		`select u.email, u.role, o.name as organisation, u.fictitious from users u
		left join organisations o on o.id = u.organisation_id where u.deactivated_at is null
		order by array_position(array['finance', 'partner', 'elected', 'admin'], u.role), u.email`
	);
	const fictitious = accounts.filter((account) => account.fictitious);
	console.log(`\ntenu est prêt : ${origin}\n`);
	if (accounts.length === 0) {
		console.log('Aucun compte : créez le premier avec « npm run user:create ».\n');
	}
	if (fictitious.length > 0) {
		console.log(`Comptes de démonstration, mot de passe « ${DEMONSTRATION_PASSWORD} » :`);
		for (const { email, role, organisation } of fictitious) {
			const of = role === 'partner' && organisation ? `, ${organisation}` : '';
			console.log(`  ${email.padEnd(26)} ${ROLE_LABELS[role]}${of}`);
		}
		console.log('');
		if (!isLoopback(config.host)) {
			console.log(
				`Attention : ces comptes, au mot de passe connu, sont ouverts à tout le réseau (HOST=${config.host}).\n`
			);
		}
	}
	console.log('Pour arrêter : Ctrl+C');
}

function isLoopback(host: string): boolean {
	return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
