import type { Proposal, ProposalRole } from '#lib/domain/act/desk/proposal.ts';
import type {
	ActReading,
	Confidence,
	ListedPassage,
	ReadPromise,
	Supposed
} from '#lib/domain/act/reading.ts';
import type { Span } from '#lib/domain/act/text.ts';
import { typeset } from '#lib/domain/typography.ts';

/** The words that bind: what was signed, what is promised and for what, undertakings and objectives. */
export function proposeWords(source: string, reading: ActReading): Proposal[] {
	const { agreements, lists } = reading;
	return [
		...agreements.map((agreement, index) => ({
			...words(`agreement-${index + 1}`, 'agreement', agreement, source, agreement.section),
			confidence: agreement.confidence,
			because: agreement.because
		})),
		...proposeParts(source, reading, 'promise', ({ strength }) => strength),
		...proposeParts(source, reading, 'purpose', ({ purpose }) => purpose),
		...proposeLists(source, lists)
	];
}

/** Two amounts that are promised or meant by the same words have them proposed once. */
function proposeParts(
	source: string,
	{ promises, amounts }: ActReading,
	role: 'promise' | 'purpose',
	partOf: (promise: ReadPromise) => Supposed<string>
): Proposal[] {
	const places = new Set<string>();
	return promises.flatMap((promise) => {
		const part = partOf(promise);
		const amount = amounts[promise.amount];
		if (!part?.span || !amount) return [];
		const place = `${part.span.start}-${part.span.end}`;
		if (places.has(place)) return [];
		places.add(place);
		const key = `${role}-${places.size}`;
		return [
			{
				...words(key, role, part.span, source, amount.section),
				confidence: part.confidence,
				because: part.because
			}
		];
	});
}

/** Listed passages are numbered by kind, so that a change in one list leaves the keys of the others. */
function proposeLists(source: string, lists: readonly ListedPassage[]): Proposal[] {
	const numbers = new Map<ListedPassage['kind'], number>();
	const keys = lists.map(({ kind }) => {
		const number = (numbers.get(kind) ?? 0) + 1;
		numbers.set(kind, number);
		return `${kind}-${number}`;
	});
	return lists.map((passage, index) => ({
		...words(keys[index] ?? '', passage.kind, passage, source, passage.section),
		...(isSentence(passage) ? SENTENCE : REASONS[passage.kind]),
		partOf: passage.parent === null ? null : (keys[passage.parent] ?? null)
	}));
}

/** An undertaking outside of a list says itself that it is one. */
const isSentence = ({ kind, parent, quote }: ListedPassage): boolean =>
	kind === 'undertaking' && parent === null && /\bs['’]\s?engage(?:nt)?\b/iu.test(quote);

const SENTENCE = {
	confidence: 'medium',
	because: typeset(
		'Une phrase dit « s’engage à » ; elle ne se trouve pas dans une liste d’engagements.'
	)
} as const;

const REASONS: Record<ListedPassage['kind'], { confidence: Confidence; because: string }> = {
	undertaking: {
		confidence: 'high',
		because: typeset('L’acte l’énumère parmi les engagements : ce qu’une partie promet de faire.')
	},
	objective: { confidence: 'high', because: 'L’acte l’énumère parmi ses objectifs.' },
	item: { confidence: 'medium', because: 'L’acte l’énumère avec ce qu’il compte ou finance.' }
};

function words(
	key: string,
	role: ProposalRole,
	{ start, end }: Span,
	source: string,
	section: Proposal['section']
): Proposal {
	return {
		key,
		step: 'words',
		role,
		span: { start, end, quote: source.slice(start, end) },
		section,
		value: { type: 'words' },
		confidence: 'high',
		because: typeset('L’acte l’écrit.'),
		partOf: null,
		promise: null
	};
}
