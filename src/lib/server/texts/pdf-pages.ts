/** Lines at the head and at the foot of a page that may come again on every page. */
const DEEPEST_EDGE = 3;

type Page = { head: string[]; body: string[]; foot: string[] };

/**
 * Pages one after the other. What comes again at the head and foot of every page stays as text, but not in
 * the middle of a sentence: where one goes on over the page, it is put after it.
 */
export function joinPages(pages: readonly (readonly string[])[]): string {
	const running = findRunning(pages);
	const written: string[] = [];
	let waiting: string[] = [];
	for (const page of pages) {
		const { head, body, foot } = partPage(page, running);
		const goesOn =
			written.length > 0 && isUnfinished(lastOf(written)) && isContinued(body[0] ?? '');
		if (goesOn && body.length > 0) {
			const end = endOfParagraph(body);
			written.push(...body.slice(0, end), ...apart([...waiting, ...head]), ...body.slice(end));
		} else {
			written.push(...apart([...waiting, ...head]), ...body);
		}
		waiting = foot;
	}
	written.push(...apart(waiting));
	return written
		.join('\n')
		.replace(/\n{3,}/g, '\n\n')
		.trim();
}

const apart = (lines: readonly string[]): string[] => [
	'',
	...lines,
	...(lines.length > 0 ? [''] : [])
];

const lastOf = (lines: readonly string[]): string => lines.findLast((line) => line !== '') ?? '';

const isUnfinished = (line: string): boolean => /[\p{L}\p{N},(’'-]$/u.test(line);
const isContinued = (line: string): boolean => /^[\p{Ll}\p{N}(«]/u.test(line);

function endOfParagraph(lines: readonly string[]): number {
	const end = lines.findIndex(
		(line, index) => line === '' || (index < 40 && /[.;:!?]$/.test(line))
	);
	if (end === -1) return lines.length;
	return lines[end] === '' ? end : end + 1;
}

/** A line without what changes from page to page. */
const patternOf = (line: string): string =>
	line.toLowerCase().replace(/\d+/g, '#').replace(/\s+/g, ' ');

/** Lines that stand at the edge of most pages, and of two at least. */
function findRunning(pages: readonly (readonly string[])[]): Set<string> {
	const seen = new Map<string, number>();
	for (const page of pages) {
		const lines = page.filter((line) => line !== '');
		const edges = [...lines.slice(0, DEEPEST_EDGE), ...lines.slice(-DEEPEST_EDGE)];
		for (const pattern of new Set(edges.map(patternOf))) {
			seen.set(pattern, (seen.get(pattern) ?? 0) + 1);
		}
	}
	const fewest = Math.max(2, Math.ceil(pages.length * 0.6));
	return new Set([...seen].flatMap(([pattern, times]) => (times >= fewest ? [pattern] : [])));
}

function partPage(lines: readonly string[], running: ReadonlySet<string>): Page {
	const isRunning = (line: string | undefined): boolean =>
		line !== undefined && (line === '' || running.has(patternOf(line)));
	let from = 0;
	while (from < lines.length && from < DEEPEST_EDGE * 2 && isRunning(lines[from])) from += 1;
	let to = lines.length;
	while (to > from && lines.length - to < DEEPEST_EDGE * 2 && isRunning(lines[to - 1])) to -= 1;
	const said = (part: readonly string[]) => part.filter((line) => line !== '');
	return {
		head: said(lines.slice(0, from)),
		body: lines.slice(from, to),
		foot: said(lines.slice(to))
	};
}
