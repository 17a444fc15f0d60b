/**
 * Adds a person who may sign in: `npm run user:create`. Asks for what the options do not say. A script
 * gives `-- --email … --name … --role … [--organisation …] --password-stdin`; without a password one is
 * made, and shown this once.
 */
import { randomInt } from 'node:crypto';
import { ROLES } from '#lib/domain/role.ts';
import { newUserForm, type NewUser } from '#lib/forms/new-user.ts';
import { createUser } from '#lib/server/auth/create-user.ts';
import { readConfig } from '#lib/server/config.ts';
import { asOwner } from '#lib/server/db/as-owner.ts';
import { migrate } from '#lib/server/db/migrate.ts';
import { SetupError } from '#lib/server/setup-error.ts';
import { ask, askSecret, readOptions, readSecretFromInput } from './ask.ts';
import { withDatabase } from './database.ts';
import { runCommand } from './terminal.ts';

await runCommand(async () => {
	const { values, flags } = readOptions(
		['email', 'name', 'role', 'organisation'],
		['password-stdin']
	);
	const email = values.email ?? (await ask('Adresse électronique', '--email'));
	const name = values.name ?? (await ask('Nom', '--name'));
	const role = values.role ?? (await ask(`Rôle (${ROLES.join(', ')})`, '--role'));
	const organisation = values.organisation ?? (await askOrganisation(role));
	const typed = await findPassword(flags['password-stdin'] ?? false);
	const password = typed || makePassword();
	const person = check({ email, name, role, organisation, password });

	await withDatabase(readConfig(), async (owner) => {
		await migrate(owner);
		await asOwner(owner, (tx) => createUser(tx, person));
	});
	console.log(`Compte créé : ${person.email}`);
	if (!typed) console.log(`Mot de passe, à noter maintenant : ${password}`);
});

async function askOrganisation(role: string): Promise<string | null> {
	if (role !== 'partner') return null;
	return ask('Organisation, telle qu’elle est enregistrée', '--organisation');
}

async function findPassword(fromInput: boolean): Promise<string> {
	if (fromInput) return readSecretFromInput();
	if (!process.stdin.isTTY) return '';
	return askSecret('Mot de passe (vide : tenu en fabrique un)', '--password-stdin');
}

/** Twenty letters and digits that are not mistaken for one another: 99 bits. */
function makePassword(): string {
	const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789';
	const characters = Array.from({ length: 20 }, () => alphabet[randomInt(alphabet.length)]);
	return characters.join('').replaceAll(/.{5}(?=.)/g, '$&-');
}

function check(input: Record<keyof NewUser, string | null>): NewUser {
	const checked = newUserForm.safeParse(input);
	if (checked.success) return checked.data;
	throw new SetupError(checked.error.issues.map(({ message }) => message));
}
