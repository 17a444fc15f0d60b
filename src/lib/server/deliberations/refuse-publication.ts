import { formatDay, parseDay } from '#lib/domain/day.ts';
import { formatInstant } from '#lib/domain/instant.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';
import type { Publication, SeenPublication } from '#lib/forms/publication.ts';
import type { PublicationRow } from '#lib/server/deliberations/find-publication.ts';

const LABELS: readonly [keyof Publication, string][] = [
	['number', 'numéro'],
	['url', 'adresse'],
	['matterCode', 'code de la matière'],
	['matterName', 'nom de la matière'],
	['prefectureId', 'préfecture'],
	['prefectureOn', 'reçu en préfecture le'],
	['budgetYear', 'année du budget'],
	['budgetName', 'nom du budget']
];

/** Somebody gave it since the page was opened: it is told with what stands there now, and not overwritten. */
export function refuseOvertaken(
	act: PublicationRow,
	typed: Publication,
	seen: SeenPublication
): void {
	const isGivenSince = act.givenAt !== seen.at;
	const isSiretOther = typed.siret !== seen.siret && act.siret !== seen.siret;
	const isSiretOvertaken = isSiretOther && act.siret !== typed.siret;
	if (!isGivenSince && !isSiretOvertaken) return;
	const there = LABELS.filter(
		([field]) => act[field] !== typed[field] && !(field === 'number' && act.ownNumber !== null)
	).map(([field, label]) => `${label} ${say(act[field])}`);
	const now = [
		...(isGivenSince ? there : []),
		...(act.siret === typed.siret ? [] : [`SIRET ${say(act.siret)}`])
	];
	const who =
		isGivenSince && act.updatedAt
			? `${act.updatedBy ?? 'Quelqu’un'} a changé cette publication le ${formatInstant(act.updatedAt)}`
			: 'Quelqu’un a changé le SIRET de la collectivité';
	const says = now.length > 0 ? ` Sont gardés à présent : ${now.join(' ; ')}.` : '';
	const message = `${who}, pendant que vous écriviez.${says} Ce que vous avez saisi est encore là : relisez, puis gardez-le.`;
	throw new Refusal(typeset(message), { kind: 'conflict' });
}

/** An emptied SIRET is missing from every act of the authority: it goes only where that is meant. */
export function refuseEmptied(act: PublicationRow): never {
	const message = `Le SIRET ${act.siret} vaut pour tous les actes de ${act.authority ?? 'la collectivité'}. Laissez-le, ou cochez « Retirer ce SIRET, pour tous les actes ».`;
	throw new Refusal(typeset(message), { field: 'siret' });
}

function say(value: string | number | null): string {
	if (value === null) return 'vide';
	const day = typeof value === 'string' ? parseDay(value) : null;
	return `« ${day ? formatDay(day) : value} »`;
}
