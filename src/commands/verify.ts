/** Recounts everything from the ledger and names what differs: `npm run verify`. Exit code 1 when something does. */
import { readConfig } from '#lib/server/config.ts';
import { describeDifference } from '#lib/domain/difference.ts';
import { verifyBooks, type Verification } from '#lib/server/ledger/verify-books.ts';
import { openFileStore } from '#lib/server/evidence/file-store.ts';
import { migrate } from '#lib/server/db/migrate.ts';
import { withDatabase } from './database.ts';
import { formatSeconds, readFlags, runCommand } from './terminal.ts';

/** Beyond this, the books are so wrong that more lines tell nothing. */
const MOST_LINES = 200;

await runCommand(async () => {
	readFlags([]);
	const config = readConfig();
	await withDatabase(config, async (owner) => {
		await migrate(owner);
		const start = performance.now();
		const verification = await verifyBooks(owner, openFileStore(config.filesDir));
		const { differences } = verification;
		for (const difference of differences.slice(0, MOST_LINES)) {
			console.log(describeDifference(difference));
		}
		if (differences.length > MOST_LINES) {
			console.log(`… et ${differences.length - MOST_LINES} autres.`);
		}
		const seconds = formatSeconds(performance.now() - start);
		console.log(`${countedIn(verification)} en ${seconds}\u00a0: ${verdict(differences.length)}.`);
		if (differences.length > 0) process.exitCode = 1;
	});
});

function countedIn(verification: Verification) {
	const { entries, envelopes, monthTotals, passages, deliberations, declarations, files } =
		verification;
	return (
		`${many(entries, 'écriture')}, ${many(envelopes, 'enveloppe')}, ${many(monthTotals, 'total de mois', 'totaux de mois')}, ` +
		`${many(passages, 'passage')} de ${many(deliberations, 'délibération')}, ${many(declarations, 'déclaration')}, ${many(files, 'fichier')} recomptés`
	);
}

function verdict(count: number): string {
	if (count === 0) return 'tout concorde';
	return count === 1 ? '1 écart' : `${count} écarts`;
}

function many(count: number, one: string, several = `${one}s`): string {
	return `${new Intl.NumberFormat('fr-FR').format(count)} ${count < 2 ? one : several}`;
}
