/**
 * How well acts are read: `npm run act:score`, and `npm run act:score -- --errors` for every mistake.
 * Precision is the part of what was found that is right, recall the part of what was there that was found.
 */
import { readDeliberation } from '#lib/domain/act/read-deliberation.ts';
import { readingAsJson } from '#lib/domain/act/reading-as-json.ts';
import { formatSeconds, readFlags, runCommand } from '../../src/commands/terminal.ts';
import { listFixtures, type Fixture } from './fixture.ts';
import { longTexts } from './long-texts.ts';
import { precision, recall, scoreReadings, type PrintedReading, type Score } from './score.ts';

await runCommand(async () => {
	const { errors, quick } = readFlags(['errors', 'quick']);
	const fixtures = listFixtures();
	printScore('Actes', scoreOf(fixtures.filter(({ heldOut }) => !heldOut)), errors);
	printScore('Actes mis à part', scoreOf(fixtures.filter(({ heldOut }) => heldOut)), errors);
	if (!quick) printSpeed(fixtures);
});

function scoreOf(fixtures: readonly Fixture[]): Score & { acts: number } {
	const readings = fixtures.map((fixture) => ({
		fixture,
		reading: readingAsJson(readDeliberation(fixture.text)) as unknown as PrintedReading
	}));
	return { ...scoreReadings(readings), acts: fixtures.length };
}

function printScore(label: string, score: Score & { acts: number }, errors: boolean): void {
	console.log(`\n${label} : ${score.acts}\n`);
	console.log(line('', 'attendus', 'lus', 'justes', 'précision', 'rappel'));
	for (const [fact, tally] of score.tallies) {
		const { expected, found, right } = tally;
		console.log(
			line(fact, expected, found, right, percent(precision(tally)), percent(recall(tally)))
		);
	}
	if (!errors) return;
	for (const { fixture, fact, expected, found } of score.mistakes) {
		console.log(`\n${fixture} · ${fact}\n  attendu : ${expected}\n  lu      : ${found}`);
	}
}

function printSpeed(fixtures: readonly Fixture[]): void {
	console.log('\n5 Mo de texte');
	for (const [label, text] of longTexts(fixtures)) {
		const start = performance.now();
		readDeliberation(text);
		const milliseconds = performance.now() - start;
		const speed = Math.round(text.length / milliseconds);
		console.log(`  ${label.padEnd(28)} ${formatSeconds(milliseconds)}, ${speed} signes par ms`);
	}
}

function line(name: string, ...cells: (string | number)[]): string {
	return `${name.padEnd(26)}${cells.map((cell) => String(cell).padStart(10)).join('')}`;
}

function percent(part: number | null): string {
	return part === null ? '–' : `${(part * 100).toFixed(1).replace('.', ',')} %`;
}
