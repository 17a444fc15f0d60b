import { day, type Day } from '#lib/domain/day.ts';
import type { Frequency } from '#lib/domain/period.ts';
import type { EnteredProgramme } from '#lib/server/acts/enter-programme.ts';
import { atWork } from '#lib/server/demonstration/movement.ts';
import { declarationDuties } from '#lib/server/db/schema/index.ts';
import type { Transaction } from '#lib/server/db/transaction.ts';

type Duty = {
	envelope: string;
	frequency: Frequency;
	dueDays: number;
	startsOn: Day;
	byOperation: boolean;
	setOn: Day;
};

/** Who declares how often. What came before, finance recorded as it was told. */
const DUTIES: readonly Duty[] = [
	{
		envelope: 'Parcours résidentiel et professionnel des salariés',
		frequency: 'quarter',
		dueDays: 30,
		startsOn: day('2021-07-01'),
		byOperation: false,
		setOn: day('2021-06-15')
	},
	{
		envelope: 'Nouveaux programmes à loyer modéré et intermédiaire',
		frequency: 'month',
		dueDays: 20,
		startsOn: day('2022-01-01'),
		byOperation: true,
		setOn: day('2021-12-14')
	},
	{
		envelope: 'Logement d’abord',
		frequency: 'quarter',
		dueDays: 30,
		startsOn: day('2022-01-01'),
		byOperation: false,
		setOn: day('2021-12-14')
	}
];

/** Sets the duties of the envelopes, as finance did. */
export async function setDuties(
	tx: Transaction,
	programmes: readonly EnteredProgramme[],
	setBy: string
): Promise<void> {
	await tx.insert(declarationDuties).values(
		programmes
			.flatMap(({ envelopes }) => [...envelopes])
			.flatMap(([label, envelopeId]) =>
				DUTIES.filter(({ envelope }) => envelope === label).map(
					({ envelope: _label, setOn, ...duty }) => ({
						...duty,
						envelopeId,
						setBy,
						setAt: atWork(setOn)
					})
				)
			)
	);
}
