import type { Span } from '#lib/domain/act/text.ts';

/** “à l’unanimité”, or “à la majorité”, said of this vote. */
export type Unanimity = Span & {
	unanimous: boolean;
	/** Whether nobody is said to have kept out of it: not “à l’unanimité moins deux abstentions”. */
	isWhole: boolean;
};

const SAID = /(?<![a-z])(?:unanimite|unanimement|unanimes?|majorite)(?![a-z])/g;

/** Said of somebody else, or of another day. */
const OTHER =
	/commission(?! permanente)|comite (?:technique|social)|proces[- ]verbal|compte[- ]rendu|avis|seance (?:du|precedente)|avait|avaient|coproprietaires|membres? du (?:groupe|jury)|jury|par deliberation|(?:ont|a) ete (?:adopte|approuve)|conditions? de|regle de|absolue|majorite (?:absolue|qualifiee|des (?:deux|membres en exercice)|simple|relative|requise)|requiert|statuant|quorum/;

/** Words that make a sentence one of the council's own vote. */
const OWN =
	/apres en avoir|conseil|assemblee|adopte|vote|approuve|decide|delibere|unanimite[ \n]*$|pour :|scrutin|resultat|comite syndical|accepte|emet|valide/;

/** Finds what is said of unanimity in the windows of a vote, apart from what is said of others. */
export function findUnanimity(plain: string, windows: readonly Span[]): Unanimity[] {
	return windows.flatMap((window) =>
		[...plain.slice(window.start, window.end).matchAll(SAID)].flatMap((match) => {
			const start = window.start + match.index;
			const end = start + match[0].length;
			const lead = sentenceBefore(plain, start);
			const rest = plain.slice(end, end + 120);
			const isMajority = match[0] === 'majorite';
			if (OTHER.test(lead.slice(-90)) && !/apres en avoir|adopte|delibere/.test(lead.slice(-60)))
				return [];
			if (isMajority && !/(?:a|par) (?:la |une )?(?:large )?$/.test(lead)) return [];
			if (isMajority && OTHER.test(`majorite${rest.slice(0, 30)}`)) return [];
			if (
				!isMajority &&
				/^ (?:de|des|du|par|en)(?: la| sa| ses| les)? (?:commissions?(?! permanente)|jury|groupe)/.test(
					rest
				)
			)
				return [];
			if (!OWN.test(lead) && !OWN.test(rest.slice(0, 40)) && !standsAlone(lead, rest)) return [];
			return [{ start, end, unanimous: !isMajority, isWhole: isWholeVote(rest) }];
		})
	);
}

/** What stands before, back to the end of the sentence before it. */
function sentenceBefore(plain: string, start: number): string {
	const lead = plain.slice(Math.max(0, start - 300), start);
	const stop = Math.max(
		lead.lastIndexOf('. '),
		lead.lastIndexOf('.\n'),
		lead.lastIndexOf('\n\n'),
		lead.lastIndexOf(';')
	);
	return lead.slice(stop + 1);
}

/** “VOTE : UNANIMITÉ”, “À l’unanimité” at the head of a line. */
const standsAlone = (lead: string, rest: string): boolean =>
	/(?:^|\n)[ \t|"-]{0,20}(?:a l'? ?)?$/.test(lead) || /^[ ]*(?:[.,:;)\n]|$)/.test(rest);

/** Somebody abstained, or took no part. */
const isWholeVote = (rest: string): boolean =>
	!/abst|contre|moins|sauf|excepte|exprime|ne prend|n'ont pas|n'a pas/.test(rest);
