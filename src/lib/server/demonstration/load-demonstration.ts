import { randomUUID } from 'node:crypto';
import { drizzle } from 'drizzle-orm/node-postgres';
import { Client, type ClientConfig } from 'pg';
import { addDays, day, type Day } from '#lib/domain/day.ts';
import type { Party } from '#lib/server/acts/act.ts';
import { enterActs, type EnteredActs } from '#lib/server/acts/enter-acts.ts';
import { enterParties } from '#lib/server/acts/enter-parties.ts';
import { recordChange } from '#lib/server/audit/record-change.ts';
import { hashPassword } from '#lib/server/auth/password.ts';
import { ACCOUNTS, DEMONSTRATION_PASSWORD } from '#lib/server/demonstration/accounts.ts';
import { buildAids } from '#lib/server/demonstration/build-aids.ts';
import { buildDevelopments } from '#lib/server/demonstration/build-developments.ts';
import { buildOperators } from '#lib/server/demonstration/build-operators.ts';
import { declareAids } from '#lib/server/demonstration/declare-aids.ts';
import { declareDevelopments } from '#lib/server/demonstration/declare-developments.ts';
import { declareReceipts } from '#lib/server/demonstration/declare-receipts.ts';
import { enterDeclarations } from '#lib/server/demonstration/enter-declarations.ts';
import { enterMeasurements, enterMovements } from '#lib/server/demonstration/enter-movements.ts';
import type { Cast } from '#lib/server/demonstration/enter-steps.ts';
import { keepInventedFiles } from '#lib/server/demonstration/evidence.ts';
import { idOf } from '#lib/server/demonstration/id-of.ts';
import { atWork, OPENS_ON } from '#lib/server/demonstration/movement.ts';
import { createRandom } from '#lib/server/demonstration/random.ts';
import { reportUndertakings } from '#lib/server/demonstration/report-undertakings.ts';
import { setDuties } from '#lib/server/demonstration/set-duties.ts';
import { operations, organisations, settings, users } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';
import { openFileStore, type FileStore } from '#lib/server/evidence/file-store.ts';
import { SetupError } from '#lib/server/setup-error.ts';

const SEED = 2022;

/** An act is entered a few days after its sitting. */
const enteredOn = (sittingOn: Day): Day => addDays(sittingOn, 5);

/**
 * Fills an empty database with the two real acts and with fictitious movements and declarations, marked
 * as such, in one transaction; their evidence is kept in the folder before. Refuses any database where
 * somebody or something is already.
 */
export async function loadDemonstration(owner: ClientConfig, filesDir: string): Promise<void> {
	const client = new Client({ ...owner, pipeline: true });
	await client.connect();
	try {
		await client.query('begin');
		await refuseUnlessEmpty(client);
		await fill(drizzle(client), openFileStore(filesDir));
		await client.query('commit');
	} finally {
		await client.end(); // What was not committed goes with the connection.
	}
}

async function fill(tx: Transaction, store: FileStore): Promise<void> {
	await tx.update(settings).set({
		demonstration: true,
		opensOn: OPENS_ON,
		authorityName: 'Dijon Métropole',
		authoritySiren: '242100410'
	});
	const files = await keepInventedFiles(store);
	const parties = await enterParties(tx);
	const people = await createAccounts(tx, parties);
	const acts = await enterActs(tx, {
		by: idOf(people, 'finances'),
		at: (sittingOn) => atWork(enteredOn(sittingOn)),
		parties
	});
	await enterFiction(tx, acts, parties, { people, files });
	await recordChange(tx, { actorId: null, action: 'load_demonstration', subjectType: 'settings' });
}

async function enterFiction(
	tx: Transaction,
	{ actionLogement, logementDAbord }: EnteredActs,
	parties: Record<Party, string>,
	cast: Cast
): Promise<void> {
	const random = createRandom(SEED);
	const landlords = await createOrganisations(tx, 'landlord', 'Bailleur', 'ABCDE');
	const operators = await createOrganisations(tx, 'operator', 'Opérateur', 'ABCDE');
	const enteredIn2020 = enteredOn(day('2020-12-17'));
	const enteredIn2021 = enteredOn(day('2021-09-30'));
	const state = parties['État (DIHAL)'];
	const aids = buildAids(actionLogement, enteredIn2020, random);
	const developments = buildDevelopments(actionLogement, landlords, enteredIn2020, random);
	const paid = buildOperators(logementDAbord, state, operators, enteredIn2021, random);

	await tx.insert(operations).values(developments.operations);
	await setDuties(tx, [actionLogement, logementDAbord], idOf(cast.people, 'finances'));
	const partner = parties['Action Logement Services'];
	const declared = await enterDeclarations(
		tx,
		[
			...declareAids(actionLogement, partner, aids.declared),
			...declareDevelopments(actionLogement, partner, developments.declared, developments.names),
			...declareReceipts(logementDAbord, state)
		],
		cast
	);
	await reportUndertakings(tx, actionLogement, partner, cast);
	const recordedBy = idOf(cast.people, 'finances');
	await enterMovements(
		tx,
		[...aids.movements, ...developments.movements, ...paid, ...declared.movements],
		recordedBy,
		declared.reopenings
	);
	await enterMeasurements(
		tx,
		[...aids.measurements, ...developments.measurements, ...declared.measurements],
		recordedBy
	);
}

/** Answers with the identifiers of the accounts, by the name before the @. */
async function createAccounts(
	tx: Transaction,
	parties: Record<Party, string>
): Promise<ReadonlyMap<string, string>> {
	const rows = await Promise.all(
		ACCOUNTS.map(async ({ party, ...account }) => ({
			id: randomUUID(),
			...account,
			organisationId: parties[party],
			passwordHash: await hashPassword(DEMONSTRATION_PASSWORD),
			fictitious: true
		}))
	);
	await tx.insert(users).values(rows);
	return new Map(rows.map(({ id, email }) => [email.split('@')[0] ?? '', id]));
}

/** Invented organisations: `Bailleur A (fictif)` … Answers with identifiers by letter. */
async function createOrganisations(
	tx: Transaction,
	kind: 'landlord' | 'operator',
	title: string,
	letters: string
): Promise<ReadonlyMap<string, string>> {
	const rows = [...letters].map((letter) => ({ letter, id: randomUUID() }));
	await tx.insert(organisations).values(
		rows.map(({ letter, id }) => ({
			id,
			kind,
			name: `${title} ${letter} (fictif)`,
			fictitious: true
		}))
	);
	return new Map(rows.map(({ letter, id }) => [letter, id]));
}

/** The row of settings is the lock: of two that load at once, the second finds a database that is no longer empty. */
async function refuseUnlessEmpty(client: Client): Promise<void> {
	await client.query('select from settings for update');
	const { rows } = await client.query<{ begun: boolean }>(
		`select exists (select from users) or exists (select from programmes)
			or exists (select from deliberations) or exists (select from organisations) as begun`
	);
	if (!rows[0]?.begun) return;
	throw new SetupError(
		'La démonstration ne se charge que dans une base vide : celle-ci contient déjà des comptes ou des programmes. Rien n’a été changé.'
	);
}
