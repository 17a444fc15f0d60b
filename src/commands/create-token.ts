/**
 * Makes an API token: `npm run token:create -- --email … --label … [--days 365]`. It is shown this once,
 * and reads what the person of this address may see.
 */
import { createToken } from '#lib/server/auth/create-token.ts';
import { readConfig } from '#lib/server/config.ts';
import { asOwner } from '#lib/server/db/as-owner.ts';
import { migrate } from '#lib/server/db/migrate.ts';
import { SetupError } from '#lib/server/setup-error.ts';
import { ask, readOptions } from './ask.ts';
import { withDatabase } from './database.ts';
import { runCommand } from './terminal.ts';

const DAY_MS = 86_400_000;

await runCommand(async () => {
	const { values } = readOptions(['email', 'label', 'days'], []);
	const email = values.email ?? (await ask('Adresse électronique du compte', '--email'));
	const label = values.label ?? (await ask('Usage du jeton', '--label'));
	const days = readDays(values.days ?? '365');
	const expiresAt = new Date(Date.now() + days * DAY_MS);

	await withDatabase(readConfig(), async (owner) => {
		await migrate(owner);
		const token = await asOwner(owner, (tx) => createToken(tx, { email, label, expiresAt }));
		console.log(`Jeton, à noter maintenant, valable ${days} jours : ${token}`);
	});
});

function readDays(text: string): number {
	if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
	throw new SetupError(`--days : « ${text} » n’est pas un nombre de jours, par exemple 365.`);
}
