// Loaded before every command, and plain JavaScript on purpose: an older Node cannot even read the command itself.
import module from 'node:module';
import { fileURLToPath } from 'node:url';

if (Number(process.versions.node.split('.')[0]) < 24) {
	console.error(
		`tenu demande Node.js 24 ou plus récent, celui-ci est le ${process.versions.node} : ` +
			'lancez-le par npm (« npm start »), ou installez Node.js 24 (https://nodejs.org).'
	);
	process.exit(1);
}

// The next start finds its modules compiled. Where the folder can't be written, it does without.
module.enableCompileCache(
	fileURLToPath(new URL('../../node_modules/.cache/tenu/compiled', import.meta.url))
);
