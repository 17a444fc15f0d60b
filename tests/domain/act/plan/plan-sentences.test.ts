import { describe, expect, it } from 'vitest';
import type { DeskProposal } from '#lib/domain/act/desk/desk.ts';
import { readKeptHead } from '#lib/domain/act/desk/kept-head.ts';
import { listKeptDecisions, listKeptPassages } from '#lib/domain/act/desk/kept-passages.ts';
import { sayPlan } from '#lib/domain/act/plan/plan-sentences.ts';
import type { ProposalRole, ProposalValue } from '#lib/domain/act/desk/proposal.ts';
import type { ActUnderReview } from '#lib/domain/act/plan/review/problem.ts';
import { UNTOUCHED_BOOKS } from '#lib/domain/act/plan/touched-books.ts';
import { day } from '#lib/domain/day.ts';
import { BODY, PLAN, TEXT } from '../../../support/small-act.ts';

const proposal = (
	id: string,
	role: ProposalRole,
	value: ProposalValue,
	quote: string | null = null,
	choice: DeskProposal['choice'] = 'accepted'
): DeskProposal => {
	const start = quote === null ? 0 : TEXT.indexOf(quote);
	return {
		id,
		step: 'words',
		role,
		readSpan: quote === null ? null : { start, end: start + quote.length },
		readValue: value,
		keptSpan: null,
		keptValue: null,
		confidence: 'high',
		because: null,
		promise: null,
		section: 'decision',
		wholeId: null,
		choice,
		decidedBy: null,
		decidedAt: null,
		citationId: null
	};
};

const amount = (cents: string): ProposalValue => ({
	type: 'amount',
	cents,
	precisionCents: '50',
	kind: 'amount',
	per: 'year',
	formula: null
});

const KEPT: DeskProposal[] = [
	proposal('sitting', 'sitting', { type: 'day', day: day('2024-03-12') }, '12 mars 2024'),
	proposal('title', 'title', { type: 'text', text: 'Aide à la\n rénovation' }),
	proposal('authority', 'authority', { type: 'text', text: 'Ville de Valbelle' }),
	proposal('for', 'for', { type: 'count', number: 20, of: null }),
	proposal('grant', 'amount', amount('30000000'), '300 000 €'),
	proposal('renovated', 'count', { type: 'count', number: 140, of: null }, '140'),
	...BODY.filter(({ role }) => ['undertaking', 'agreement', 'purpose'].includes(role)).map(
		({ key, role, quote }) => proposal(key, role, { type: 'words' }, quote)
	),
	proposal(
		'decision',
		'decision',
		{ type: 'decision', verb: 'approuver', text: "la convention avec l'association Habiter" },
		"approuve la convention avec l'association Habiter"
	),
	proposal('refused', 'count', { type: 'count', number: 12, of: null }, '12 %', 'refused'),
	proposal('left', 'amount', amount('80000000'), '0,8 M€', null)
];

const ACT: ActUnderReview = {
	head: readKeptHead(KEPT),
	sittingOn: day('2024-03-12'),
	title: 'Aide à la rénovation',
	today: day('2024-04-02'),
	plan: PLAN,
	passages: new Map(listKeptPassages(TEXT, KEPT).map((passage) => [passage.key, passage])),
	books: { ...UNTOUCHED_BOOKS, communes: [{ code: '21999', name: 'Valbelle' }] }
};

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('the last page', () => {
	it('says all that will be created, what will not, and what nobody knows', () => {
		const groups = sayPlan(ACT, KEPT).map(({ title, sentences }) => [
			title,
			...sentences.map(plain)
		]);
		expect(groups).toEqual([
			[
				'La délibération',
				'La délibération du 12 mars 2024, « Aide à la rénovation », sera enregistrée mot pour mot, avec 1 décision et 6 passages cités. Elle ne pourra plus être modifiée.',
				'Le vote : 20 pour (nombres déduits de l’unanimité, et marqués comme tels).'
			],
			[
				'Les organismes',
				'L’assemblée « Ville de Valbelle » sera ajoutée aux organismes, comme collectivité.',
				'L’organisme « Habiter » sera ajouté.'
			],
			[
				'Le programme',
				'Le programme « Rénovation » sera créé, du 1er janvier 2024 au 31 décembre 2025. Les élus le verront aussitôt, et les partenaires leurs enveloppes.'
			],
			[
				'Les conventions',
				"La convention « Convention Habiter » sera enregistrée, du 1er janvier 2024 au 31 décembre 2025, applicable à partir du 12 mars 2024, sur le passage « la convention avec l'association Habiter »."
			],
			[
				'Les enveloppes',
				'L’enveloppe « Rénovation des copropriétés » de 600 000 € (engagement ferme, dépense propre), promise par Habiter, sera ouverte du 1er janvier 2024 au 31 décembre 2025, sur le passage « 300 000 € ». Son objet : « la rénovation des copropriétés ».',
				'Pour « Rénovation des copropriétés », seront inscrits au grand livre : 300 000 € à l’exercice 2024, 300 000 € à l’exercice 2025.',
				'Pour « Rénovation des copropriétés », l’échéancier prévoira : 300 000 € le 31 décembre 2024, 300 000 € le 31 décembre 2025.'
			],
			[
				'Les mesures',
				'L’enveloppe « Rénovation des copropriétés » aura 1 mesure : « Parties communes ».'
			],
			[
				'Les repères et les cibles',
				'L’indicateur « Logements rénovés » sera créé, avec repère 2023 : 140.'
			],
			[
				'Les engagements réciproques',
				'1 engagement réciproque sera suivi, dans les mots de l’acte.',
				'« réunir ses partenaires chaque année », tenu par Habiter.'
			],
			[
				'Les quartiers',
				'Le quartier « Les Prés » (Valbelle) sera rattaché au programme, sur le passage « réunir ses partenaires chaque année ».'
			],
			[
				'Ce qui n’est pas créé',
				'1 lecture refusée ne sera pas citée : elle reste dans la lecture.',
				'1 lecture sans décision ne sera pas citée ; l’acte pourra être rouvert pour en citer davantage.'
			],
			['Ce qui reste inconnu', 'Le numéro de l’acte.', 'Le numéro SIREN de « Habiter ».']
		]);
	});

	it('says that an act kept alone brings no money', () => {
		const alone = { ...ACT, plan: { newParties: [], programme: null } };
		const sentences = sayPlan(alone, KEPT).flatMap((group) => group.sentences);
		expect(sentences.map(plain)).toContain(
			'Aucun programme, aucune convention et aucune enveloppe : l’acte est conservé et cité, sans argent.'
		);
	});
});

describe('what was kept', () => {
	it('is decided in its own words, without the verb', () => {
		expect(listKeptDecisions(TEXT, KEPT)).toEqual([
			{
				verb: 'approuver',
				quote: "la convention avec l'association Habiter",
				startOffset: TEXT.indexOf("la convention avec l'association"),
				endOffset: TEXT.indexOf("la convention avec l'association") + 40
			}
		]);
	});

	it('of the head is one value each, and several are said', () => {
		const twice = [...KEPT, proposal('late', 'sitting', { type: 'day', day: day('2024-03-13') })];
		expect(readKeptHead(twice).contested).toEqual(['sitting']);
		expect(readKeptHead(KEPT)).toMatchObject({
			sittingOn: '2024-03-12',
			title: 'Aide à la rénovation',
			votesFor: 20,
			voteImplied: true,
			proxies: null,
			contested: []
		});
	});

	it('says for which authority that is known the act is entered, and how the act names it', () => {
		const said = (name: string) =>
			sayPlan(
				{
					...ACT,
					books: { ...ACT.books, organisations: [{ id: '1', name, kind: 'authority' as const }] }
				},
				KEPT
			)
				.flatMap(({ sentences }) => sentences)
				.map(plain);
		expect(said('Ville de Valbelle')).toContain(
			'La délibération sera celle de l’organisme « Ville de Valbelle ».'
		);
		expect(said('Commune de Valbelle')).toContain(
			'La délibération sera celle de l’organisme « Commune de Valbelle », que l’acte nomme « Ville de Valbelle ».'
		);
		expect(said('Ville de Valbelle-sur-Mer')).toContain(
			'L’assemblée « Ville de Valbelle » sera ajoutée aux organismes, comme collectivité.'
		);
	});
});
