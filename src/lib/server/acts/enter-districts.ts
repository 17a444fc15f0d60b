import { randomUUID } from 'node:crypto';
import type { PlannedProgramme } from '#lib/domain/act/plan/plan.ts';
import type { TouchedBooks } from '#lib/domain/act/plan/touched-books.ts';
import { isSameName } from '#lib/domain/name.ts';
import type { Writing } from '#lib/server/acts/act.ts';
import { insertRows } from '#lib/server/db/insert-rows.ts';
import { communes, districts, programmeDistricts } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

/** Enters the districts that the act names, with their communes, or names those that are known. Answers with their identifiers by name. */
export async function enterDistricts(
	{ tx, deliberation, books }: Writing,
	programmeId: string,
	planned: PlannedProgramme['districts']
): Promise<ReadonlyMap<string, string>> {
	await enterCommunes(tx, planned, books.communes);
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

/** Enters the communes that are not known yet; another act may enter one at the same time. */
async function enterCommunes(
	tx: Transaction,
	planned: PlannedProgramme['districts'],
	known: TouchedBooks['communes']
): Promise<void> {
	const rows = planned.flatMap(({ communeCode: code, communeName: name }) =>
		name === undefined || known.some((commune) => commune.code === code) ? [] : [{ code, name }]
	);
	if (rows.length > 0) await tx.insert(communes).values(rows).onConflictDoNothing();
}
