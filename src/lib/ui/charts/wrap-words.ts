/** A name on several lines, none longer than so many letters unless one word is. */
export function wrapWords(text: string, longest: number): string[] {
	const lines: string[] = [];
	for (const word of text.split(' ')) {
		const line = lines.at(-1);
		if (line !== undefined && line.length + 1 + word.length <= longest) {
			lines[lines.length - 1] = `${line} ${word}`;
		} else {
			lines.push(word);
		}
	}
	return lines;
}
