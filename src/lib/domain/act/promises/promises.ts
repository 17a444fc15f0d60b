import { findCircuit } from '#lib/domain/act/promises/promise-circuit.ts';
import { findGiver, findReceiver } from '#lib/domain/act/promises/promise-parties.ts';
import { findPeriod } from '#lib/domain/act/promises/promise-period.ts';
import { findPurpose } from '#lib/domain/act/promises/promise-purpose.ts';
import {
	GRANT,
	INTENDS,
	settingOfAmount,
	type Setting
} from '#lib/domain/act/promises/promise-setting.ts';
import type { ActReading, Confidence, ReadPromise, Supposed } from '#lib/domain/act/reading.ts';
import type { Sections } from '#lib/domain/act/sections.ts';
import { quoteOf, spanOf, type ActText } from '#lib/domain/act/text.ts';
import { typeset } from '#lib/domain/typography.ts';

/** What of a reading promises are supposed from. */
export type ReadFacts = Pick<
	ActReading,
	'header' | 'decisions' | 'amounts' | 'periods' | 'agreements'
>;

/**
 * Which amounts seem to be given, by whom, to whom, for what, when. Only what the sentence says: an
 * amount of the past is a reference and no promise, a price is none, and what is unknown stays so.
 */
export function readPromises(text: ActText, sections: Sections, facts: ReadFacts): ReadPromise[] {
	const wholes = new Set(facts.amounts.map(({ partOf }) => partOf));
	const settings = facts.amounts.map((_, index) =>
		settingOfAmount(text, sections, facts, index, wholes)
	);
	const decided = new Set(
		settings.flatMap((one) => (one?.isDecided ? [keyOf(facts, one.amount)] : []))
	);
	return settings.flatMap((setting) => {
		if (!setting) return [];
		// What the reasons announce and the decision gives is promised once, where it is decided.
		if (!setting.isDecided && decided.has(keyOf(facts, setting.amount))) return [];
		const promise = buildPromise(text, facts, setting);
		// An intention of nobody is no promise.
		return setting.isDecided || promise.giver ? [promise] : [];
	});
}

const keyOf = ({ amounts }: ReadFacts, index: number): string =>
	`${amounts[index]?.cents} ${amounts[index]?.per}`;

function buildPromise(text: ActText, facts: ReadFacts, setting: Setting): ReadPromise {
	const authority = facts.header.authority.value;
	const giver = findGiver(text, setting, authority);
	const receiver = findReceiver(text, setting, giver, authority);
	const purpose = findPurpose(text, setting, receiver);
	const strength = findStrength(text, setting);
	const circuit = findCircuit(giver, receiver, authority);
	const confidence = confidenceOf([giver, receiver ?? purpose]);
	return {
		amount: setting.amount,
		giver,
		receiver,
		purpose,
		period: findPeriod(facts, setting),
		strength,
		circuit,
		confidence,
		because: typeset(because(text, setting, giver, receiver ?? purpose))
	};
}

/** What the council decides is firm; what its reasons say of the future is an intention. */
function findStrength(text: ActText, setting: Setting): Supposed<'intention' | 'firm'> {
	if (setting.isDecided) {
		return {
			value: 'firm',
			span: null,
			confidence: 'high',
			because: 'Le montant se trouve dans ce qui est décidé.'
		};
	}
	const { plain } = text;
	const before = plain.slice(setting.sentence.start, setting.place.start);
	const found = INTENDS.exec(before);
	if (!found) return null;
	const start = setting.sentence.start + found.index;
	const rest = plain.slice(start, setting.place.start);
	const end =
		/,? (?:a hauteur de|pour un montant|d'un montant|de l'ordre|pour un total|pour) /.exec(rest);
	const span = spanOf(text, start, start + (end?.index ?? found[0].length));
	const quote = text.source.slice(span.start, span.end);
	return {
		value: 'intention',
		span,
		confidence: 'high',
		because: typeset(
			`L’exposé des motifs dit « ${quote} » : c’est une intention, et non une décision.`
		)
	};
}

/** As sure as the least sure of who gives and to whom or for what. */
function confidenceOf(parts: readonly Supposed<unknown>[]): Confidence {
	if (parts.some((part) => part === null)) return 'low';
	return parts.every((part) => part?.confidence === 'high') ? 'high' : 'medium';
}

function because(
	text: ActText,
	{ isDecided, words, sentence }: Setting,
	giver: Supposed<string>,
	use: Supposed<string>
): string {
	const found = GRANT.exec(words);
	const at = sentence.start + (found?.index ?? 0);
	const grant = found && quoteOf(text.source, spanOf(text, at, at + found[0].length));
	const where = isDecided
		? 'Ce qui est décidé donne ce montant'
		: 'L’exposé des motifs annonce ce montant';
	const kind = grant && isDecided ? ` (« ${grant} »)` : '';
	const unknown = [...(giver ? [] : ['qui le donne']), ...(use ? [] : ['à qui ni pour quoi'])].join(
		', '
	);
	return `${where}${kind}${unknown ? ` ; l’acte ne dit pas clairement ${unknown}` : ''}.`;
}
