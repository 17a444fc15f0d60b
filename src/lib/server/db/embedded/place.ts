import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SetupError } from '#lib/server/setup-error.ts';
import { accountFor, canReach, type Account } from './account.ts';

/** The major version of the PostgreSQL we bring: it opens only data that the same major version wrote. */
const MAJOR_VERSION = '18';

/** Where root keeps what the server's account could not reach in the project's own folder. */
const SYSTEM_FOLDER = '/var/lib/tenu';

/** Where the data of the embedded server is, whose it is, and where copies of its programs may go. */
export type Place = { dataFolder: string; account: Account | null; copiesFolder: string };

/**
 * Decides where the data is. Existing data always wins, so that a change of permissions never makes it look lost;
 * new data goes under DATA_DIR, or under /var/lib/tenu when root's server account can't reach DATA_DIR.
 */
export function findPlace(dataDir: string, systemFolder = SYSTEM_FOLDER): Place {
	const inProject = join(resolve(dataDir), 'postgresql');
	const inSystem = join(systemFolder, digest(inProject), 'postgresql');
	const isRoot = process.getuid?.() === 0;
	const copiesFolder = isRoot ? systemFolder : resolve(dataDir);

	const existing = [inProject, ...(isRoot ? [inSystem] : [])].find(holdsData);
	if (existing) {
		const { uid, gid } = statSync(existing);
		return { dataFolder: existing, account: accountFor({ uid, gid }), copiesFolder };
	}

	const account = accountFor(null);
	makeFolder(dataDir);
	if (canReach(account, resolve(dataDir))) return { dataFolder: inProject, account, copiesFolder };
	makeFolder(join(systemFolder, digest(inProject)));
	return { dataFolder: inSystem, account, copiesFolder };
}

function holdsData(folder: string): boolean {
	const file = join(folder, 'PG_VERSION');
	try {
		const version = readFileSync(file, 'utf8').trim();
		if (version === MAJOR_VERSION) return true;
		throw new SetupError(
			`Les données de ${folder} ont été écrites par PostgreSQL ${version}, tenu apporte PostgreSQL ${MAJOR_VERSION} : ` +
				'migrez-les, ou choisissez un autre dossier avec DATA_DIR.'
		);
	} catch (error) {
		if (error instanceof SetupError) throw error;
		if ((error as NodeJS.ErrnoException).code !== 'EACCES') return false;
		throw new SetupError(
			`Les données de ${folder} appartiennent à un autre compte : lancez tenu avec le compte qui les a créées, ` +
				'ou choisissez un autre dossier avec DATA_DIR.'
		);
	}
}

/** A folder we make can be gone through by all: the data below is closed by its own mode. */
function makeFolder(folder: string): void {
	const path = resolve(folder);
	if (existsSync(path)) return;
	try {
		mkdirSync(path, { recursive: true });
		chmodSync(path, 0o755);
	} catch (error) {
		throw new SetupError(
			`Le dossier ${path} ne peut pas être créé : donnez-y accès, ou choisissez-en un autre avec DATA_DIR.`,
			{ cause: error }
		);
	}
}

function digest(path: string): string {
	return createHash('sha256').update(path).digest('hex').slice(0, 12);
}
