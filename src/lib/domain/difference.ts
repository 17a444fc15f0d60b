import { formatDay, formatMonth, type Day } from '#lib/domain/day.ts';
import { ENTRY_KIND_LABELS, type EntryKind } from '#lib/domain/ledger.ts';
import { formatEuros, NO_CENTS, type Cents } from '#lib/domain/money.ts';
import { typeset } from '#lib/domain/typography.ts';

/** Where what is kept beside the ledger differs from what the ledger says. Null: there is no such row. */
export type BookDifference = { envelope: string } & (
	| { of: 'balance'; kind: EntryKind; kept: Cents | null; counted: Cents }
	| { of: 'balance_count'; kept: number | null; counted: number }
	| { of: 'overrun_reason'; kept: string | null }
	| ({ of: 'month'; kept: Cents | null; counted: Cents | null } & MonthLine)
	| ({ of: 'month_count'; kept: number | null; counted: number | null } & MonthLine)
	| ({ of: 'month_last_day'; kept: Day; counted: Day } & MonthLine)
	| { of: 'counterparty'; organisation: string; kept: boolean }
	| { of: 'reversal'; entryId: bigint; reversesEntryId: bigint }
	| { of: 'receipt'; entryId: bigint }
	| { of: 'fiction'; entryId: bigint }
);

type MonthLine = { measure: string | null; kind: EntryKind; month: Day };

/** Where an act is no longer what was entered, or a passage no longer stands where it is said to. */
export type ActDifference = { deliberation: string } & (
	| { of: 'text' }
	| { of: 'passage'; startOffset: number; endOffset: number; quote: string; found: string }
	/** What a person kept when the act was read, and what is cited elsewhere or not at all. */
	| { of: 'kept'; startOffset: number; endOffset: number; quote: string }
	| { of: 'reading' }
);

/** Where a file that something names is not there, or is no longer what was given. */
export type FileDifference = {
	of: 'file_missing' | 'file_changed';
	/** What names it, in French: `Déclaration nº 12`, `Engagement nº 2 de « … »`. */
	namedBy: string;
	/** Its name. */
	file: string;
};

/** Where a declaration says one thing, and the ledger, the observations or its own digest another. */
export type DeclarationDifference = {
	/** Its number. */
	declaration: number;
} & (
	| { of: 'declared_amount'; line: number; declared: Cents; posted: Cents; entries: number }
	| { of: 'declared_count'; line: number; declared: number | null; recorded: number | null }
	| { of: 'sent_digest' }
);

export type Difference = BookDifference | ActDifference | FileDifference | DeclarationDifference;

/** One difference in one French sentence: where, what is kept, what the ledger or the text says. */
export function describeDifference(difference: Difference): string {
	return typeset(`${placeOf(difference)} : ${statement(difference)}.`);
}

function placeOf(difference: Difference): string {
	if ('file' in difference) {
		return `${difference.namedBy} › « ${difference.file} »`;
	}
	if ('declaration' in difference) {
		const line = 'line' in difference ? ` › ligne ${difference.line}` : '';
		return `Déclaration nº ${difference.declaration}${line}`;
	}
	if ('deliberation' in difference) return `Délibération « ${difference.deliberation} »`;
	const place = [difference.envelope];
	if ('month' in difference) {
		if (difference.measure !== null) place.push(difference.measure);
		place.push(ENTRY_KIND_LABELS[difference.kind], formatMonth(difference.month));
	} else if ('kind' in difference) place.push(ENTRY_KIND_LABELS[difference.kind]);
	return place.join(' › ');
}

function statement(difference: Difference): string {
	switch (difference.of) {
		case 'balance':
			return amounts('le compteur', difference.kept, difference.counted);
		case 'balance_count':
			return `le compteur dit ${lines(difference.kept)}, le grand livre ${lines(difference.counted)}`;
		case 'overrun_reason':
			return difference.kept === null
				? 'le versé dépasse le promis, et le motif manque'
				: 'un motif de dépassement est gardé, et rien ne dépasse';
		case 'month':
			return amounts('le total du mois', difference.kept, difference.counted);
		case 'month_count':
			return `le total du mois dit ${lines(difference.kept)}, le grand livre ${lines(difference.counted)}`;
		case 'month_last_day':
			return (
				`le total du mois dit que la dernière écriture est du ${formatDay(difference.kept)}, ` +
				`le grand livre du ${formatDay(difference.counted)}`
			);
		case 'counterparty':
			return difference.kept
				? `« ${difference.organisation} » est parmi les organismes, et aucune écriture ne le nomme`
				: `« ${difference.organisation} » manque parmi les organismes, et une écriture le nomme`;
		case 'reversal':
			return (
				`l’écriture nº ${difference.entryId} ne contre-passe pas exactement ` +
				`l’écriture nº ${difference.reversesEntryId}`
			);
		case 'receipt':
			return `l’écriture nº ${difference.entryId} est un encaissement hors d’une recette fléchée`;
		case 'fiction':
			return `l’écriture nº ${difference.entryId} est fictive, hors d’une démonstration`;
		case 'declared_amount':
			return (
				`elle vaut ${formatEuros(difference.declared)}, et le grand livre en porte ` +
				`${formatEuros(difference.posted)} en ${lines(difference.entries)}`
			);
		case 'declared_count':
			return (
				`elle compte ${difference.declared ?? 'pour rien'}, et les valeurs enregistrées disent ` +
				`${difference.recorded ?? 'rien'}`
			);
		case 'sent_digest':
			return 'ce qui a été transmis n’est plus ce que dit son empreinte';
		case 'file_missing':
			return 'le fichier manque';
		case 'file_changed':
			return 'le fichier n’est plus celui de son empreinte';
		case 'text':
			return 'le texte n’est plus celui de son empreinte';
		case 'reading':
			return 'le texte qui fut lu n’est plus celui de l’acte';
		case 'kept':
			return (
				`« ${difference.quote} », retenu à la lecture aux positions ${difference.startOffset} ` +
				`à ${difference.endOffset}, n’y est pas cité`
			);
		case 'passage':
			return (
				`aux positions ${difference.startOffset} à ${difference.endOffset} on lit « ${difference.found} » ` +
				`et non « ${difference.quote} »`
			);
	}
}

function amounts(keeper: string, kept: Cents | null, counted: Cents | null): string {
	if (kept === null)
		return `${keeper} manque, et le grand livre dit ${formatEuros(counted ?? NO_CENTS)}`;
	if (counted === null) return `${keeper} dit ${formatEuros(kept)}, et le grand livre n’a rien`;
	return `${keeper} dit ${formatEuros(kept)}, le grand livre ${formatEuros(counted)}`;
}

function lines(count: number | null): string {
	if (count === null || count === 0) return 'aucune écriture';
	return count === 1 ? '1 écriture' : `${count} écritures`;
}
