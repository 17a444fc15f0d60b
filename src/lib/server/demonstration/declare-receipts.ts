import { day } from '#lib/domain/day.ts';
import { amountCell, commentCell, ENVELOPE_ROW } from '#lib/domain/declaration-cell.ts';
import { cents } from '#lib/domain/money.ts';
import type { EnteredProgramme } from '#lib/server/acts/enter-programme.ts';
import { idOf } from '#lib/server/demonstration/id-of.ts';
import { RECEIPT_CENTS } from '#lib/server/demonstration/operators.ts';
import { by, typedAmount, type DeclarationStory } from '#lib/server/demonstration/step.ts';

const ENVELOPE = 'Logement d’abord';

/** The State says what it paid in spring, and that waits for finance; of the quarter before it said nothing. */
export function declareReceipts(
	programme: EnteredProgramme,
	organisationId: string
): DeclarationStory[] {
	return [
		{
			envelopeId: idOf(programme.envelopes, ENVELOPE),
			organisationId,
			period: { startsOn: day('2022-04-01'), endsOn: day('2022-06-30') },
			steps: [
				{ ...by('etat', day('2022-06-30'), 2), action: 'create' },
				{
					...by('etat', day('2022-06-30'), 10),
					action: 'type',
					cells: [
						[amountCell(ENVELOPE_ROW), typedAmount(cents(RECEIPT_CENTS))],
						[commentCell(ENVELOPE_ROW), 'Premier versement pour 2022, le 21 avril (fictif)']
					]
				},
				{ ...by('etat', day('2022-06-30'), 14), action: 'attach', file: 'notice-state-2022' },
				{ ...by('etat', day('2022-06-30'), 18), action: 'submit' }
			]
		}
	];
}
