import type { Choice } from '#lib/domain/act/desk/desk.ts';
import type { ProposalRole, ProposalStep } from '#lib/domain/act/desk/proposal.ts';

/** How a kind of passage looks in the text: by the line under it, its colour and the letter after it. */
export type Look =
	'head' | 'seat' | 'decision' | 'amount' | 'count' | 'percentage' | 'date' | 'words';

export const LOOKS: Record<Look, { letter: string; label: string }> = {
	head: { letter: 'A', label: 'l’acte' },
	seat: { letter: 'V', label: 'présence et vote' },
	decision: { letter: 'D', label: 'décision' },
	amount: { letter: '€', label: 'montant' },
	count: { letter: 'n', label: 'nombre' },
	percentage: { letter: '%', label: 'pourcentage' },
	date: { letter: 'J', label: 'date ou période' },
	words: { letter: '§', label: 'mots qui engagent' }
};

export function lookOf({ step, role }: { step: ProposalStep; role: ProposalRole }): Look {
	switch (step) {
		case 'identity':
			return 'head';
		case 'attendance':
		case 'vote':
			return 'seat';
		case 'decisions':
			return 'decision';
		case 'words':
			return 'words';
		case 'figures':
			return role === 'period' || role === 'day'
				? 'date'
				: (role as 'amount' | 'count' | 'percentage');
	}
}

/** What became of it, as the text shows it: waiting, kept, or refused. */
export type Fate = 'waiting' | 'kept' | 'refused';

export const fateOf = (choice: Choice | null): Fate =>
	choice === null ? 'waiting' : choice === 'refused' ? 'refused' : 'kept';

export const FATE_LABELS: Record<Fate, string> = {
	waiting: 'à décider',
	kept: 'retenu',
	refused: 'refusé'
};
