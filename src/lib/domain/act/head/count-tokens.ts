import { NUMBER_IN_WORDS, readNumberInWords } from '#lib/domain/act/head/written-number.ts';
import type { Span } from '#lib/domain/act/text.ts';

/** A number that stands by a label, in the plain form. `atLabel` is where the label stands. */
export type LabelledCount<Role> = Span & { role: Role; value: number; atLabel: Span };

type Token<Role> = Span &
	(
		| { kind: 'label'; role: Role }
		| { kind: 'number'; value: number; inWords: boolean }
		| { kind: 'stop' }
	);

export type Vocabulary<Role> = {
	/** What names a count; the longer way of saying stands first. */
	labels: readonly (readonly [Role, string])[];
	/** Words that may stand between a label and its number, or around them. */
	around: string;
};

/**
 * Marks that may stand between a label and its number; any other ends what belongs together. A row
 * of dots is taken whole: in parts, there would be more ways to take it than can be tried.
 */
const FILLER = /^(?:[\s:=|"'_>…°·-]|(?<!\.)\.{2,}(?!\.))*$/;

/** Numbers of two or three figures that are no part of an amount, a day, an hour, a code. */
const FIGURES =
	'(?<![0-9a-z][.,/°-]?)[0-9]{1,3}(?![0-9a-z]|[.,/-][0-9]|[ ]?(?:€|%|euros?|heures?|h[ 0-9]|[0-9]{3}|bis|rue|eme|er)(?![a-z]))';
const DATE =
	'[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}|[0-9]{1,2}(?:er)? ?(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)[a-z0-9 ]{0,5}';

/** Makes what finds the counts of a vocabulary in a stretch of a plain form. */
export function buildCountReader<Role>({ labels, around }: Vocabulary<Role>) {
	const pattern = new RegExp(
		[
			...labels.map(([, source], index) => `(?<l${index}>(?<![a-z])(?:${source})(?![a-z]))`),
			`(?<date>${DATE})`,
			`(?<none>(?<![a-z])(?:neant|aucune?|zero|nul)(?![a-z]))`,
			`(?<words>(?<![a-z])${NUMBER_IN_WORDS})`,
			`(?<figures>${FIGURES})`,
			`(?<around>(?<![a-z])(?:${around})(?![a-z])\\.?)`,
			`(?<stop>[a-z0-9]+)`
		].join('|'),
		'g'
	);

	const tokensOf = (plain: string, region: Span): Token<Role>[] => {
		const tokens: Token<Role>[] = [];
		let end = region.start;
		for (const match of plain.slice(region.start, region.end).matchAll(pattern)) {
			const groups = match.groups ?? {};
			const start = region.start + match.index;
			const span = { start, end: start + match[0].length };
			// A mark that divides, or an empty line, divides what stands on its two sides.
			const gap = plain.slice(end, start);
			if (!FILLER.test(gap) || /\n[ \t|]*\n[ \t|]*\n/.test(gap)) {
				tokens.push({ kind: 'stop', start: end, end: start });
			}
			end = span.end;
			if (groups['around'] !== undefined) continue;
			tokens.push(tokenOf(groups, match[0], span));
		}
		return tokens;
	};

	const tokenOf = (groups: Record<string, string>, text: string, span: Span): Token<Role> => {
		const label = labels.findIndex((_, index) => groups[`l${index}`] !== undefined);
		const role = labels[label]?.[0];
		if (role !== undefined) return { kind: 'label', role, ...span };
		if (groups['none'] !== undefined) return { kind: 'number', value: 0, inWords: true, ...span };
		if (groups['figures'] !== undefined) {
			return { kind: 'number', value: Number(text), inWords: false, ...span };
		}
		const value = groups['words'] === undefined ? null : readNumberInWords(text);
		return value === null
			? { kind: 'stop', ...span }
			: { kind: 'number', value, inWords: true, ...span };
	};

	return (plain: string, region: Span): LabelledCount<Role>[] =>
		chainsOf(tokensOf(plain, region)).flatMap((chain) => pairsOf(plain, chain));
}

type Link<Role> = Exclude<Token<Role>, { kind: 'stop' }>;

function chainsOf<Role>(tokens: readonly Token<Role>[]): Link<Role>[][] {
	const chains: Link<Role>[][] = [[]];
	for (const token of tokens) {
		if (token.kind === 'stop') chains.push([]);
		else chains.at(-1)?.push(token);
	}
	return chains.filter((chain) => chain.length > 1);
}

/** Numbers after their labels, or before them, or a row of labels and a row of numbers. */
function pairsOf<Role>(plain: string, chain: readonly Link<Role>[]): LabelledCount<Role>[] {
	const pairs: LabelledCount<Role>[] = [];
	let at = 0;
	for (let number = chain[at]; number?.kind === 'number'; number = chain[at]) {
		const label = labelTouching(plain, chain, at);
		if (label) pair(pairs, label, number);
		at += label ? 2 : 1;
	}
	return [...pairs, ...labelsFirst(plain, chain.slice(at))];
}

/** The label that a number stands right before. */
function labelTouching<Role>(
	plain: string,
	chain: readonly Link<Role>[],
	at: number
): LabelToken<Role> | null {
	const [number, label, next] = chain.slice(at, at + 3);
	if (!number || label?.kind !== 'label') return null;
	// “12 : Présents” is a number of something else before a label.
	if (/[\n:=|]/.test(plain.slice(number.end, label.start))) return null;
	// “2 Présents : 12” keeps the number that follows its colon.
	const colon = next?.kind === 'number' && /^[ ]*[:=]/.test(plain.slice(label.end, next.start));
	return colon ? null : label;
}

function labelsFirst<Role>(plain: string, chain: readonly Link<Role>[]): LabelledCount<Role>[] {
	const pairs: LabelledCount<Role>[] = [];
	let at = 0;
	while (at < chain.length) {
		const labels = takeWhile(chain, at, isLabel);
		const numbers = takeWhile(chain, at + labels.length, isNumber);
		at += labels.length + numbers.length;
		if (labels.length === 0 || numbers.length === 0) continue;
		const last = labels.at(-1);
		const [first] = numbers;
		if (labels.length === numbers.length) {
			for (const [index, number] of numbers.entries()) pair(pairs, labels[index], number);
		} else if (last && first && !plain.slice(last.end, first.start).includes('\n')) {
			pair(pairs, last, first);
		}
	}
	return pairs;
}

type LabelToken<Role> = Extract<Token<Role>, { kind: 'label' }>;
type NumberToken = Extract<Token<unknown>, { kind: 'number' }>;

const isLabel = <Role>(link: Link<Role>): link is LabelToken<Role> => link.kind === 'label';
const isNumber = <Role>(link: Link<Role>): link is Link<Role> & NumberToken =>
	link.kind === 'number';

function takeWhile<Role, Kind extends Link<Role>>(
	chain: readonly Link<Role>[],
	from: number,
	isKind: (link: Link<Role>) => link is Kind
): Kind[] {
	const taken: Kind[] = [];
	for (let at = from; at < chain.length; at += 1) {
		const link = chain[at];
		if (!link || !isKind(link)) break;
		taken.push(link);
	}
	return taken;
}

function pair<Role>(
	pairs: LabelledCount<Role>[],
	label: LabelToken<Role> | undefined,
	number: NumberToken | undefined
): void {
	if (!label || !number) return;
	const { start, end, value } = number;
	pairs.push({
		start,
		end,
		value,
		role: label.role,
		atLabel: { start: label.start, end: label.end }
	});
}
