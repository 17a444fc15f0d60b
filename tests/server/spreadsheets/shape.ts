import { day } from '#lib/domain/day.ts';
import type { DeclarationShape } from '#lib/domain/declaration.ts';

/** An identifier that is easy to read in a failure. */
export const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** A declaration of these measures, each with a count of aids. */
export const shapeOf = (...labels: string[]): DeclarationShape => ({
	envelopeId: id(1),
	envelopeLabel: 'Parcours',
	circuit: 'off_budget',
	periodStartsOn: day('2022-04-01'),
	periodEndsOn: day('2022-06-30'),
	byOperation: false,
	rows: labels.map((label, index) => ({
		key: `m.${id(10 + index)}`,
		kind: 'measure',
		label,
		measureId: id(10 + index),
		operationId: null,
		depth: 0,
		asksAmount: true,
		counts: [
			{
				indicatorId: id(20 + index),
				label: `${label} : aides`,
				unit: 'aids',
				product: null,
				stage: null,
				communeCode: null
			}
		]
	})),
	newOperationCounts: [],
	earlierPeriods: [{ startsOn: day('2022-01-01'), endsOn: day('2022-03-31') }],
	communes: []
});
