import { randomUUID } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import { day, type Day } from '#lib/domain/day.ts';
import type { UndertakingAction, UndertakingStatus } from '#lib/domain/undertaking.ts';
import type { EnteredProgramme } from '#lib/server/acts/enter-programme.ts';
import type { Cast } from '#lib/server/demonstration/enter-steps.ts';
import { idOf } from '#lib/server/demonstration/id-of.ts';
import { atWork } from '#lib/server/demonstration/movement.ts';
import { undertakingEvents, undertakingFiles, undertakings } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

type Said = {
	/** Which undertaking of the act, from 1. */
	of: number;
	by: 'finances' | 'partenaire';
	on: Day;
	action: UndertakingAction;
	status?: UndertakingStatus;
	occurredOn?: Day;
	text?: string;
	/** Whether the partner keeps it. */
	owned?: boolean;
	reviewOn?: Day;
	/** The name of what is said, and of what it answers. */
	name?: string;
	answers?: string;
	/** Key of an invented file. */
	file?: string;
};

/** What was said of the promises in words, one after the other. The third has nobody who said anything. */
const LOG: readonly Said[] = [
	{
		of: 1,
		by: 'finances',
		on: day('2021-03-18'),
		action: 'decide',
		status: 'under_way',
		occurredOn: day('2021-03-15'),
		text: 'Première rencontre commune avec les employeurs (fictive).'
	},
	{ of: 2, by: 'finances', on: day('2021-04-06'), action: 'assign', owned: true },
	{
		of: 5,
		by: 'finances',
		on: day('2021-04-06'),
		action: 'schedule',
		reviewOn: day('2022-05-31')
	},
	{
		of: 2,
		by: 'partenaire',
		on: day('2021-12-02'),
		action: 'propose',
		status: 'kept',
		occurredOn: day('2021-11-30'),
		text: 'L’analyse partagée des besoins a été remise aux services (fictive).',
		name: 'analysis',
		file: 'analysis-2021'
	},
	{
		of: 2,
		by: 'finances',
		on: day('2021-12-10'),
		action: 'confirm',
		status: 'kept',
		occurredOn: day('2021-11-30'),
		answers: 'analysis'
	},
	{
		of: 5,
		by: 'finances',
		on: day('2022-01-20'),
		action: 'decide',
		status: 'not_started',
		occurredOn: day('2022-01-20'),
		text: 'Aucune action n’a encore été proposée (fictif).'
	},
	{
		of: 6,
		by: 'finances',
		on: day('2022-03-14'),
		action: 'decide',
		status: 'kept',
		occurredOn: day('2022-03-10'),
		text: 'Les deux instances se réunissent de nouveau (fictif).'
	},
	{
		of: 4,
		by: 'partenaire',
		on: day('2022-05-24'),
		action: 'propose',
		status: 'under_way',
		occurredOn: day('2022-05-20'),
		text: 'Deux projets inclusifs sont à l’étude (fictifs).'
	}
];

/** Tells how the undertakings of a programme stand, for the demonstration. The database marks it as fiction. */
export async function reportUndertakings(
	tx: Transaction,
	programme: EnteredProgramme,
	partnerId: string,
	{ people, files }: Cast
): Promise<void> {
	const rows = await tx
		.select({ id: undertakings.id })
		.from(undertakings)
		.where(eq(undertakings.programmeId, programme.id))
		.orderBy(asc(undertakings.position));
	const ids = new Map(LOG.flatMap(({ name }) => (name ? [[name, randomUUID()] as const] : [])));
	for (const said of LOG) {
		const undertaking = rows[said.of - 1];
		if (!undertaking) throw new Error(`the act has no undertaking ${said.of}`);
		const id = (said.name && ids.get(said.name)) ?? randomUUID();
		await tx.insert(undertakingEvents).values({
			id,
			undertakingId: undertaking.id,
			actorId: idOf(people, said.by),
			at: atWork(said.on),
			action: said.action,
			status: said.status ?? null,
			occurredOn: said.occurredOn ?? null,
			text: said.text ?? null,
			ownerId: said.owned ? partnerId : null,
			reviewOn: said.reviewOn ?? null,
			proposalId: (said.answers && ids.get(said.answers)) ?? null
		});
		const file = said.file && files.get(said.file);
		if (file) await tx.insert(undertakingFiles).values({ ...file, eventId: id });
	}
}
