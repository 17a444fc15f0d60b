import { randomUUID } from 'node:crypto';
import type { PlannedProgramme } from '#lib/domain/act/plan/plan.ts';
import { isSameName } from '#lib/domain/name.ts';
import type { Writing } from '#lib/server/acts/act.ts';
import { insertRows } from '#lib/server/db/insert-rows.ts';
import { districts, programmeDistricts } from '#lib/server/db/schema/index.ts';

/** Enters the districts that the act names, or names those that are known. Answers with their identifiers by name. */
export async function enterDistricts(
	{ tx, deliberation, books }: Writing,
	programmeId: string,
	planned: PlannedProgramme['districts']
): Promise<ReadonlyMap<string, string>> {
	const rows = planned.map((district) => {
		const there = books.districts.find(
			({ name, communeCode }) =>
				isSameName(name, district.name) && communeCode === district.communeCode
		);
		return { ...district, id: there?.id ?? randomUUID(), there };
	});
	await insertRows(
		tx,
		districts,
		rows
			.filter(({ there }) => !there)
			.map(({ id, name, communeCode }) => ({ id, name, communeCode }))
	);
	await insertRows(
		tx,
		programmeDistricts,
		rows
			.filter(({ there }) => !there?.isNamed)
			.map(({ id, passage }) => ({
				programmeId,
				districtId: id,
				citationId: deliberation.cite(passage).citationId
			}))
	);
	return new Map(rows.map(({ name, id }) => [name, id]));
}
