import { formatCount, plural } from '#lib/domain/numeral.ts';

/** `2 déclarations attendent votre décision, 1 est en retard`; null where neither is so. */
export function describeAwaited(waiting: number, late: number): string | null {
	const waits = `${formatCount(waiting)} ${plural(waiting, 'déclaration attend', 'déclarations attendent')} votre décision`;
	if (late === 0) return waiting === 0 ? null : waits;
	if (waiting > 0) {
		return `${waits}, ${formatCount(late)} ${plural(late, 'est', 'sont')} en retard`;
	}
	return `${formatCount(late)} ${plural(late, 'déclaration est', 'déclarations sont')} en retard`;
}
