import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';

/** What stands in real acts, or in what was taken for one, and tempts a pattern to try too long. */
const NASTY = [
	// A row of dots to be filled in, before a mark that no pattern expects: nobody ever saw its end.
	'.',
	' ',
	'\n',
	' \n',
	'|',
	'_',
	'…',
	'1',
	'1 ',
	'\n1',
	'- ',
	'- \n',
	', ',
	"d'",
	'a ',
	'D E ',
	'Aa ',
	'e\u0301',
	'M. Jean FICTIF\n\n',
	'présents : ',
	'12 votants ',
	'pouvoir à ',
	'le maire ',
	' de M. FICTIF',
	'vu le ',
	'a 5 €\ntotal 10 €\n',
	'12 mars 2020, '
];
const SHORT = 7_500;
const LONG = 4 * SHORT;

/** Four times the text may take four times as long, and not sixteen; below so many milliseconds nobody cares. */
const MOST_GROWTH = 10;
const A_MOMENT = 15;

/** For all texts together, which take two seconds: only what never ends comes so far. */
const DEADLINE = 60_000;

it(
	'no text takes longer to read than its length allows',
	async () => {
		const times = await readApart(NASTY.flatMap((seed) => [actOf(seed, SHORT), actOf(seed, LONG)]));
		const slow = NASTY.filter((_, index) => {
			const [short, long] = times.slice(2 * index, 2 * index + 2);
			if (short === undefined || long === undefined) return true;
			return long > MOST_GROWTH * Math.max(short, A_MOMENT);
		});
		expect(slow).toEqual([]);
	},
	DEADLINE + 5_000
);

/** An act that says the same again and again in its head and in what it decides. */
function actOf(seed: string, length: number): string {
	const row = seed.repeat(length / seed.length);
	return `CONSEIL MUNICIPAL DE FICTIVE
Séance du 12 mars 2020
Présents : Jean FICTIF${row}§
Secrétaire de séance : Mme Anne INVENTÉE
Objet : subvention
Après en avoir délibéré, DÉCIDE :
- d'approuver les conclusions${row}§
ci-jointes ;
le maire ${row}§ 12
`;
}

/** How long each text takes, in order; those not reached at the deadline are missing. */
async function readApart(texts: string[]): Promise<number[]> {
	const times: number[] = [];
	const clock = new URL('./reading-clock.ts', import.meta.url);
	const worker = new Worker(clock, { workerData: texts });
	worker.on('message', (milliseconds: number) => times.push(milliseconds));
	const stop = setTimeout(() => void worker.terminate(), DEADLINE);
	await new Promise((resolve, reject) => worker.once('exit', resolve).once('error', reject));
	clearTimeout(stop);
	return times;
}
