import type { Passage } from '#lib/server/acts/act.ts';

type Header = {
	sitting: string;
	convened: string;
	members: string;
	inOffice: string;
	present: string;
	proxies: string;
	votesFor: string;
	votesAgainst: string;
	abstentions: string;
	notVoting: string;
};

/** The head of an act of the council and its ballot are always worded alike: only the figures differ. */
export function headerPassages(header: Header): Record<keyof Header, Passage> {
	return {
		sitting: dayAfter('Séance du jeudi', header.sitting),
		convened: dayAfter('Convocation envoyée le', header.convened),
		members: countAfter('Nombre de membres du Conseil métropolitain :', header.members),
		present: countAfter('Nombre de présents participant au vote :', header.present),
		inOffice: countAfter('Nombre de membres en exercice :', header.inOffice),
		proxies: countAfter('Nombre de procurations :', header.proxies),
		votesFor: countAfter('POUR :', header.votesFor),
		votesAgainst: countAfter('CONTRE :', header.votesAgainst),
		abstentions: countAfter('ABSTENTION :', header.abstentions),
		notVoting: countAfter('NE SE PRONONCE PAS :', header.notVoting)
	};
}

const dayAfter = (words: string, quote: string): Passage => ({
	quote,
	within: `${words} ${quote}`,
	kind: 'date',
	section: 'header'
});

const countAfter = (words: string, quote: string): Passage => ({
	quote,
	within: `${words} ${quote}`,
	kind: 'count',
	section: 'header'
});
