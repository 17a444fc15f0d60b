import { Refusal } from '#lib/domain/refusal.ts';
import { databaseErrorOf } from '#lib/server/db/transaction.ts';

/** What each rule of the database says to a person, and the field it concerns. One place for all. */
const REFUSALS: Record<string, { message: string; field?: string }> = {
	envelope_balances_disbursed_within_promised: {
		message:
			'Le versé dépasserait le promis de cette enveloppe. Vérifiez le montant, ou expliquez l’écart en quelques mots.',
		field: 'overrunReason'
	},
	entries_overrun_reason_given: {
		message: 'Le motif du dépassement ne peut pas être vide : dites-le en quelques mots.',
		field: 'overrunReason'
	},
	entries_amount_not_zero: {
		message: 'Une écriture de 0 € ne dit rien : saisissez un montant.',
		field: 'amount'
	},
	entries_label_given: { message: 'Dites en quelques mots l’objet de l’écriture.', field: 'label' },
	entries_fiscal_year_open: {
		message:
			'Cet exercice est clos. Enregistrez le fait dans l’exercice ouvert, avec sa vraie date.',
		field: 'fiscalYear'
	},
	entries_fiscal_year_not_before_fact: {
		message: 'L’exercice ne peut pas précéder l’année du fait.',
		field: 'fiscalYear'
	},
	entries_receipt_of_earmarked_revenue: {
		message: 'Un encaissement ne s’enregistre que sur une recette fléchée.',
		field: 'kind'
	},
	entries_reversed_once: {
		message: 'Cette écriture est déjà contre-passée.',
		field: 'reversesEntryId'
	},
	entries_reversal_not_reversed: {
		message: 'Une contre-passation ne se contre-passe pas : enregistrez une nouvelle écriture.',
		field: 'reversesEntryId'
	},
	entries_reversal_equal_and_opposite: {
		message:
			'Une contre-passation reprend exactement l’écriture visée, avec le signe opposé et une date qui ne la précède pas.',
		field: 'reversesEntryId'
	},
	entries_allocation_from_an_act: {
		message: 'Une dotation vient d’un acte : choisissez la délibération.',
		field: 'deliberationId'
	},
	entries_measure_fk: {
		message: 'Cette mesure n’est pas dans l’enveloppe choisie.',
		field: 'measureId'
	},
	entries_operation_fk: {
		message: 'Cette opération n’est pas dans l’enveloppe choisie.',
		field: 'operationId'
	},
	entries_fictitious_in_demonstration: {
		message: 'Une donnée fictive n’a pas sa place dans une installation réelle.'
	},
	entries_append_only: {
		message: 'Une écriture ne se modifie pas : contre-passez-la, puis enregistrez la bonne.'
	}
};

/** The sentence for a broken rule of the database, or null where the failure is not a rule. */
export function refusalOf(error: unknown): Refusal | null {
	if (error instanceof Refusal) return error;
	const name = databaseErrorOf(error)?.constraint;
	const refusal = name ? REFUSALS[name] : undefined;
	if (!refusal) return null;
	return new Refusal(refusal.message, refusal.field ? { field: refusal.field } : {});
}
