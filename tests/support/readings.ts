import { createHash, randomUUID } from 'node:crypto';
import { readWrittenDay } from '#lib/domain/act/written-day.ts';
import type { ActPlan } from '#lib/domain/act/plan/plan.ts';
import {
	PROPOSAL_ROLES,
	PROPOSAL_STEPS,
	type ProposalRole,
	type ProposalStep,
	type ProposalValue,
	type ProposedPromise
} from '#lib/domain/act/desk/proposal.ts';
import type { CitationSection } from '#lib/domain/act/cited-value.ts';
import { writtenPrecision } from '#lib/domain/precision.ts';
import type { Act, Passage } from '#lib/server/acts/act.ts';
import { asOwner } from '#lib/server/db/as-owner.ts';
import { readingProposals, readings } from '#lib/server/db/schema/index.ts';
import type { TestDatabase } from './database.ts';
import { addPerson, ask } from './people.ts';

/** A passage as it was read and decided at the desk; accepted, unless another choice is given. */
export type PlantedChoice = {
	/** Its name in the test. */
	key: string;
	role: ProposalRole;
	quote: string;
	/** What stands around the quote, as much of it as makes it stand there once. */
	within?: string;
	/** Where it is not what the quote says by itself. */
	value?: ProposalValue;
	section?: CitationSection;
	choice?: 'accepted' | 'refused' | 'marked' | null;
	partOf?: string;
	promise?: ProposedPromise;
};

export type PlantedReading = {
	id: string;
	/** The identifier of a proposal by its name in the test. */
	key: (name: string) => string;
};

/** Puts an open reading of a text into the database, with what was decided about its passages. */
export async function plantReading(
	test: TestDatabase,
	text: string,
	choices: readonly PlantedChoice[],
	options: { by?: string; plan?: ActPlan } = {}
): Promise<PlantedReading> {
	const by = options.by ?? (await findFinance(test));
	const id = randomUUID();
	const ids = new Map(choices.map(({ key }) => [key, randomUUID() as string]));
	const key = (name: string): string => {
		const found = ids.get(name);
		if (!found) throw new Error(`no passage is called ${name}`);
		return found;
	};
	await asOwner(test.owner, async (tx) => {
		await tx.insert(readings).values({
			id,
			text,
			textDigest: createHash('sha256').update(text).digest('hex'),
			source: 'paste',
			plan: options.plan ?? null,
			createdBy: by,
			updatedBy: by
		});
		if (choices.length === 0) return;
		await tx
			.insert(readingProposals)
			.values(choices.map((choice) => rowOf(id, by, text, choice, key)));
	});
	return { id, key };
}

/** The passages that the seed cites of an act we ship, as though all of them had been accepted. */
export const choicesOfAct = (act: Act): PlantedChoice[] => [
	...Object.entries(act.passages).map(([key, passage]: [string, Passage]) => ({
		key,
		role: ROLES_OF_HEAD[key] ?? ROLES_OF_KIND[passage.kind],
		quote: passage.quote,
		section: passage.section,
		...(passage.within ? { within: passage.within } : {}),
		...(passage.partOf ? { partOf: passage.partOf } : {})
	})),
	...act.decisions.map(({ verb, quote }, index) => ({
		key: `decision${index + 1}`,
		role: 'decision' as const,
		quote,
		section: 'decision' as const,
		value: { type: 'decision' as const, verb, text: quote }
	}))
];

const ROLES_OF_HEAD: Readonly<Record<string, ProposalRole>> = {
	sitting: 'sitting',
	convened: 'convened',
	members: 'members',
	present: 'present',
	inOffice: 'in_office',
	proxies: 'proxies',
	votesFor: 'for',
	votesAgainst: 'against',
	abstentions: 'abstention',
	notVoting: 'not_voting'
};

const ROLES_OF_KIND: Readonly<Record<Passage['kind'], ProposalRole>> = {
	amount: 'amount',
	count: 'count',
	percentage: 'percentage',
	date: 'day',
	words: 'words'
};

function rowOf(
	readingId: string,
	by: string,
	text: string,
	planted: PlantedChoice,
	idOf: (name: string) => string
): typeof readingProposals.$inferInsert {
	const { key, role, quote, within = quote, choice = 'accepted', partOf, promise } = planted;
	const start = indexOfOnly(text, within) + indexOfOnly(within, quote);
	const end = start + quote.length;
	const value = planted.value ?? valueOf(role, quote);
	const isMarked = choice === 'marked';
	return {
		id: idOf(key),
		readingId,
		step: stepOf(role),
		role,
		section: planted.section ?? 'statement_of_reasons',
		readStart: isMarked ? null : start,
		readEnd: isMarked ? null : end,
		readValue: isMarked ? null : value,
		keptStart: isMarked ? start : null,
		keptEnd: isMarked ? end : null,
		keptValue: isMarked ? value : null,
		confidence: isMarked ? null : 'high',
		because: isMarked ? null : 'L’acte l’écrit.',
		promise: promise ?? null,
		wholeProposalId: partOf ? idOf(partOf) : null,
		choice,
		decidedBy: choice ? by : null,
		decidedAt: choice ? new Date() : null
	};
}

function valueOf(role: ProposalRole, quote: string): ProposalValue {
	if (['sitting', 'convened', 'published', 'received', 'day'].includes(role)) {
		const day = readWrittenDay(quote);
		if (!day) throw new Error(`« ${quote} » is not a day`);
		return { type: 'day', day };
	}
	if (stepOf(role) === 'identity') return { type: 'text', text: quote };
	if (stepOf(role) === 'words') return { type: 'words' };
	const figure = writtenPrecision(quote);
	if (figure?.kind === 'amount') {
		return {
			type: 'amount',
			cents: String(figure.valueCents),
			precisionCents: String(figure.precisionCents),
			kind: 'amount',
			per: null,
			formula: null
		};
	}
	if (figure?.kind === 'percentage') {
		return { type: 'percentage', number: figure.value, precision: figure.precision, of: null };
	}
	if (!figure) throw new Error(`« ${quote} » is not a figure`);
	return { type: 'count', number: figure.value, of: null };
}

function stepOf(role: ProposalRole): ProposalStep {
	const step = PROPOSAL_STEPS.find((one) =>
		(PROPOSAL_ROLES[one] as readonly string[]).includes(role)
	);
	if (!step) throw new Error(`no step has the role ${role}`);
	return step;
}

function indexOfOnly(text: string, part: string): number {
	const index = text.indexOf(part);
	if (index === -1) throw new Error(`« ${part} » does not stand in the text`);
	if (text.includes(part, index + 1)) throw new Error(`« ${part} » stands more than once`);
	return index;
}

async function findFinance(test: TestDatabase): Promise<string> {
	const [person] = await ask<{ id: string }>(
		test,
		"select id from users where role = 'finance' order by created_at, id limit 1"
	);
	return person?.id ?? addPerson(test, 'finances@demo.example');
}
