import type { Span } from '#lib/domain/act/text.ts';

/** Every line of the act carries where it begins in the whole text. */
export const LINE_START = 'data-start';

/** The text of a selection as a span of the act; null where nothing of the act is selected. */
export function spanOfRange(sheet: HTMLElement, range: Range): Span | null {
	if (range.collapsed || !range.intersectsNode(sheet)) return null;
	const start = offsetOf(sheet, range.startContainer, range.startOffset, 'start');
	const end = offsetOf(sheet, range.endContainer, range.endOffset, 'end');
	return start !== null && end !== null && start < end ? { start, end } : null;
}

/**
 * A place in the page as an offset of the text, in UTF-16 units. Lines hold their words sign by sign,
 * hidden signs too, whatever marks they are cut into; so the words before a place, counted from the
 * start of its line, tell where it is. A place between two lines belongs to the nearer end.
 */
function offsetOf(
	sheet: HTMLElement,
	container: Node,
	offset: number,
	side: 'start' | 'end'
): number | null {
	const line = lineAround(container);
	if (line && sheet.contains(line)) return startOf(line) + wordsBefore(line, container, offset);
	const lines = [...sheet.querySelectorAll<HTMLElement>(`[${LINE_START}]`)];
	const place = document.createRange();
	place.setStart(container, offset);
	const isAfter = (one: HTMLElement) => place.comparePoint(one, 0) > 0;
	if (side === 'start') {
		const next = lines.find(isAfter);
		return next ? startOf(next) : null;
	}
	const last = lines.findLast((one) => !isAfter(one));
	return last ? startOf(last) + (last.textContent?.length ?? 0) : null;
}

const startOf = (line: Element): number => Number(line.getAttribute(LINE_START));

function lineAround(node: Node): Element | null {
	const element = node instanceof Element ? node : node.parentElement;
	return element?.closest(`[${LINE_START}]`) ?? null;
}

function wordsBefore(line: Element, container: Node, offset: number): number {
	const range = document.createRange();
	range.selectNodeContents(line);
	range.setEnd(container, offset);
	return range.toString().length;
}
