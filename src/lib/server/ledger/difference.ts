import { formatDay, formatMonth } from '#lib/domain/day.ts';
import { ENTRY_KIND_LABELS } from '#lib/domain/ledger.ts';
import { formatEuros, NO_CENTS, type Cents } from '#lib/domain/money.ts';
import { typeset } from '#lib/domain/typography.ts';
import type { Difference } from '#lib/server/ledger/verify-books.ts';

/** One difference in one French sentence: where, what is kept, what the ledger or the text says. */
export function describeDifference(difference: Difference): string {
	return typeset(`${placeOf(difference)} : ${statement(difference)}.`);
}

function placeOf(difference: Difference): string {
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
				`l’écriture n° ${difference.entryId} ne contre-passe pas exactement ` +
				`l’écriture n° ${difference.reversesEntryId}`
			);
		case 'receipt':
			return `l’écriture n° ${difference.entryId} est un encaissement hors d’une recette fléchée`;
		case 'fiction':
			return `l’écriture n° ${difference.entryId} est fictive, hors d’une démonstration`;
		case 'text':
			return 'le texte n’est plus celui de son empreinte';
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
