import { formatDay, type Day } from '#lib/domain/day.ts';
import { isSiret } from '#lib/domain/siret.ts';
import { typeset } from '#lib/domain/typography.ts';

/** The columns of the common schema of local data for deliberations, 2.1.5, in their order. */
export const SCDL_COLUMNS = [
	'COLL_NOM',
	'COLL_SIRET',
	'DELIB_ID',
	'DELIB_DATE',
	'DELIB_MATIERE_CODE',
	'DELIB_MATIERE_NOM',
	'DELIB_OBJET',
	'BUDGET_ANNEE',
	'BUDGET_NOM',
	'PREF_ID',
	'PREF_DATE',
	'VOTE_EFFECTIF',
	'VOTE_REEL',
	'VOTE_POUR',
	'VOTE_CONTRE',
	'VOTE_ABSTENTION',
	'DELIB_URL'
] as const;

export type ScdlColumn = (typeof SCDL_COLUMNS)[number];

/** An act with what its publication needs, from its text or given beside it. */
export type PublishedAct = {
	authority: string | null;
	siret: string | null;
	number: string | null;
	sittingOn: Day;
	matterCode: string | null;
	matterName: string | null;
	title: string;
	budgetYear: number | null;
	budgetName: string | null;
	prefectureId: string | null;
	prefectureOn: Day | null;
	inOffice: number | null;
	present: number | null;
	proxies: number | null;
	voting: number | null;
	votesFor: number | null;
	votesAgainst: number | null;
	abstentions: number | null;
	notVoting: number | null;
	notTakingPart: number | null;
	/** Whether the counts follow from unanimity and are not written in the act. */
	voteImplied: boolean;
	url: string | null;
};

/** Why an act cannot be published: the column, and what to do, in a sentence. */
export type ScdlProblem = {
	column: ScdlColumn;
	message: string;
	/** Whether it can be given; what the act itself says can not. */
	isGiven: boolean;
};

/** What stands in the way of the publication of an act; nothing where it can be published. */
export function findScdlProblems(act: PublishedAct): ScdlProblem[] {
	const problems: ScdlProblem[] = [];
	const say = (column: ScdlColumn, message: string, isGiven = true): void =>
		void problems.push({ column, message: typeset(message), isGiven });
	if (!act.authority) say('COLL_NOM', 'Le nom de la collectivité n’est pas connu.', false);
	if (!act.siret) say('COLL_SIRET', 'Il manque le SIRET de la collectivité.');
	else if (!isSiret(act.siret)) say('COLL_SIRET', `Le SIRET ${act.siret} n’est pas valable.`);
	if (!act.number) say('DELIB_ID', 'Il manque le numéro de l’acte, que son texte ne porte pas.');
	if (!act.matterCode || !act.matterName) {
		say('DELIB_MATIERE_CODE', 'Il manque la matière, comme 8.5 (habitat, logement).');
	} else if (!/^\d\.\d{1,2}$/.test(act.matterCode)) {
		say('DELIB_MATIERE_CODE', `Le code de matière ${act.matterCode} n’a pas la forme 8.5.`);
	}
	if ((act.budgetYear === null) !== (act.budgetName === null)) {
		say('BUDGET_ANNEE', 'L’année et le nom du budget vont ensemble : il en manque un.');
	}
	if (act.prefectureOn && act.prefectureOn < act.sittingOn) {
		const days = `${formatDay(act.prefectureOn)}, avant la séance du ${formatDay(act.sittingOn)}`;
		say('PREF_DATE', `La préfecture aurait reçu l’acte le ${days} : la date est à vérifier.`);
	}
	const vote = findVoteProblem(act);
	if (vote) say(vote.column, vote.message, false);
	return problems;
}

function findVoteProblem(act: PublishedAct): { column: ScdlColumn; message: string } | null {
	if (act.notVoting) {
		const people =
			act.notVoting === 1
				? 'Une personne ne se prononce pas'
				: `${act.notVoting} personnes ne se prononcent pas`;
		return {
			column: 'VOTE_REEL',
			message: `${people}, et ce format n’a pas de colonne pour le dire : l’acte ne peut pas y être écrit sans fausser le vote.`
		};
	}
	const vote = voteOf(act);
	if (!vote) return null;
	const stated = votersOf(act);
	if (stated !== null && stated !== vote.cast) {
		return {
			column: 'VOTE_REEL',
			message: `Les voix font ${vote.cast} et l’acte compte ${stated} votants : l’un des deux est à vérifier dans l’acte.`
		};
	}
	if (vote.inOffice < vote.cast) {
		return {
			column: 'VOTE_EFFECTIF',
			message: `L’acte compte ${vote.cast} votants pour ${vote.inOffice} membres en exercice.`
		};
	}
	return null;
}

/** Those who voted, as the act says it: in so many words, or by its presence. */
function votersOf({ voting, present, proxies, notTakingPart }: PublishedAct): number | null {
	if (voting !== null) return voting;
	if (present === null || proxies === null) return null;
	return present + proxies - (notTakingPart ?? 0);
}

type Vote = { inOffice: number; cast: number; for: number; against: number; abstention: number };

/** The vote where the act states all of it; else none of its columns is filled in. */
function voteOf(act: PublishedAct): Vote | null {
	const { inOffice, votesFor, votesAgainst, abstentions, voteImplied } = act;
	if (voteImplied || inOffice === null) return null;
	if (votesFor === null || votesAgainst === null || abstentions === null) return null;
	return {
		inOffice,
		cast: votesFor + votesAgainst + abstentions,
		for: votesFor,
		against: votesAgainst,
		abstention: abstentions
	};
}

/** The line of an act without problems. What is not known is left empty. */
export function buildScdlLine(act: PublishedAct): Record<ScdlColumn, string> {
	const vote = voteOf(act);
	const text = (value: string | number | null | undefined): string => String(value ?? '');
	return {
		COLL_NOM: text(act.authority),
		COLL_SIRET: text(act.siret),
		DELIB_ID: text(act.number),
		DELIB_DATE: act.sittingOn,
		DELIB_MATIERE_CODE: text(act.matterCode),
		DELIB_MATIERE_NOM: text(act.matterName),
		DELIB_OBJET: act.title,
		BUDGET_ANNEE: text(act.budgetYear),
		BUDGET_NOM: text(act.budgetName),
		PREF_ID: text(act.prefectureId),
		PREF_DATE: text(act.prefectureOn),
		VOTE_EFFECTIF: text(vote?.inOffice),
		VOTE_REEL: text(vote?.cast),
		VOTE_POUR: text(vote?.for),
		VOTE_CONTRE: text(vote?.against),
		VOTE_ABSTENTION: text(vote?.abstention),
		DELIB_URL: text(act.url)
	};
}
