/**
 * A tenu process that uses the embedded database and does nothing else: says where it is on one line, leaves when its
 * standard input ends. Tests start several, and kill them.
 */
import { openEmbeddedDatabase, type EmbeddedOptions } from '#lib/server/db/embedded/embedded.ts';

const options = JSON.parse(process.argv[2] ?? '{}') as EmbeddedOptions;
const { owner, superuser, dataFolder, started, close } = await openEmbeddedDatabase(options);
console.log(JSON.stringify({ owner, superuser, dataFolder, started }));
process.stdin.resume().on('end', () => void close().then(() => process.exit(0)));
