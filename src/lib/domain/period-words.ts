import { formatPeriod, type Period } from '#lib/domain/period.ts';

/** A period within a sentence: `le 2e trimestre 2022`, `juin 2022`, `l’année 2021`, `la période de mars 2021 à avril 2021`. */
export function namePeriod(period: Period): string {
	const name = formatPeriod(period);
	return `${ARTICLES[kindOf(name)]}${name}`;
}

/** `du 2e trimestre 2022`, `d’avril 2022`, `de l’année 2021`: whose disbursements they are. */
export function ofPeriod(period: Period): string {
	const name = formatPeriod(period);
	const kind = kindOf(name);
	if (kind === 'month') return /^[ao]/.test(name) ? `d’${name}` : `de ${name}`;
	return kind === 'part' ? `du ${name}` : `de ${ARTICLES[kind]}${name}`;
}

type Kind = 'part' | 'year' | 'cut' | 'month';

const ARTICLES: Record<Kind, string> = {
	part: 'le ',
	year: 'l’année ',
	cut: 'la période de ',
	month: ''
};

function kindOf(name: string): Kind {
	if (/trimestre|semestre/.test(name)) return 'part';
	if (/^\d{4}$/.test(name)) return 'year';
	return name.includes(' à ') ? 'cut' : 'month';
}
