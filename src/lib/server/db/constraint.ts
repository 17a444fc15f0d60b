import { Refusal } from '#lib/domain/refusal.ts';
import { typeset } from '#lib/domain/typography.ts';
import { databaseErrorOf } from '#lib/server/db/transaction.ts';

/** What each rule of the database says to a person, and the field it concerns. One place for all. */
export const REFUSALS: Record<string, { message: string; field?: string }> = {
	envelope_balances_disbursed_within_promised: {
		message:
			'Le versé dépasserait le promis de cette enveloppe. Vérifiez le montant, ou expliquez l’écart en quelques mots.',
		field: 'overrunReason'
	},
	entries_overrun_reason_given: {
		message: 'Le motif du dépassement ne peut pas être vide : dites-le en quelques mots.',
		field: 'overrunReason'
	},
	entries_amount_not_zero: {
		message: 'Une écriture de 0 € ne dit rien : saisissez un montant.',
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
		message: 'Une contre-passation ne se contre-passe pas : enregistrez une nouvelle écriture.',
		field: 'reversesEntryId'
	},
	entries_reversal_equal_and_opposite: {
		message:
			'Une contre-passation reprend exactement l’écriture visée, avec le signe opposé et une date qui ne la précède pas.',
		field: 'reversesEntryId'
	},
	entries_reverses_fk: {
		message: 'L’écriture à contre-passer n’existe pas.',
		field: 'reversesEntryId'
	},
	entries_allocation_from_an_act: {
		message: 'Une dotation vient d’un acte : choisissez la délibération.',
		field: 'deliberationId'
	},
	entries_envelope_fk: { message: 'Cette enveloppe n’existe pas.', field: 'envelopeId' },
	entries_measure_fk: {
		message: 'Cette mesure n’est pas dans l’enveloppe choisie.',
		field: 'measureId'
	},
	entries_operation_fk: {
		message: 'Cette opération n’est pas dans l’enveloppe choisie.',
		field: 'operationId'
	},
	entries_counterparty_fk: { message: 'Cet organisme n’existe pas.', field: 'counterpartyId' },
	entries_deliberation_fk: { message: 'Cette délibération n’existe pas.', field: 'deliberationId' },
	entries_citation_fk: { message: 'Ce passage n’existe pas.', field: 'citationId' },
	entries_fictitious_in_demonstration: {
		message: 'Une donnée fictive n’a pas sa place dans une installation réelle.'
	},
	entries_declared_reversed_by_reopening: {
		message:
			'Cette écriture vient d’une déclaration : rouvrez la déclaration, et elle sera contre-passée avec les autres.',
		field: 'reversesEntryId'
	},
	entries_as_declared: {
		message: 'Une écriture reprend exactement la ligne de la déclaration dont elle vient.'
	},
	entries_line_posted_once: { message: 'Cette ligne de la déclaration est déjà au grand livre.' },
	entries_declaration_line_fk: { message: 'Cette ligne de déclaration n’existe pas.' },
	observations_as_declared: {
		message: 'Une valeur reprend exactement le nombre de la déclaration dont elle vient.'
	},
	observations_declared_withdrawn_by_reopening: {
		message:
			'Cette valeur vient d’une déclaration : rouvrez la déclaration, et elle sera retirée avec les autres.'
	},
	observations_count_recorded_once: {
		message: 'Ce nombre de la déclaration est déjà enregistré.'
	},
	declarations_period_key: {
		message:
			'Cette période est déjà déclarée, ou en cours de saisie : ouvrez la déclaration existante.'
	},
	declarations_of_its_envelope: {
		message:
			'Une déclaration porte sur une enveloppe de votre organisme, pour une période de cette enveloppe.'
	},
	declarations_days_apart: {
		message:
			'Une autre déclaration de cette enveloppe, commencée quand le rythme était différent, porte déjà sur une partie de ces jours. Écrivez à la direction des finances.'
	},
	envelopes_partner_while_declared: {
		message:
			'Une déclaration de cette enveloppe n’est pas encore validée : faites-la transmettre et validez-la avant de changer l’organisme qui déclare.'
	},
	declarations_state_follows: {
		message:
			'Cette déclaration a changé d’état entre-temps : rechargez la page pour voir où elle en est.'
	},
	declarations_four_eyes: {
		message:
			'Qui a déclaré, ou appartient à l’organisme qui déclare, ne décide pas de la déclaration.'
	},
	declarations_sent_by_its_organisation: {
		message: 'Une déclaration est transmise par une personne de l’organisme qui déclare.'
	},
	declarations_sent_is_kept: {
		message: 'Ce qui a été transmis ne change plus : retirez la déclaration pour la corriger.'
	},
	declarations_posted_whole: {
		message:
			'Une déclaration entre au grand livre en entier quand elle est validée, et seulement alors. Rien n’a été enregistré.'
	},
	declarations_reason_given: { message: 'Dites pourquoi, en quelques mots.', field: 'reason' },
	declarations_overrun_reason_given: {
		message: 'Dites en quelques mots, 500 caractères au plus, pourquoi le reste est dépassé.',
		field: 'motif'
	},
	declaration_lines_append_only: {
		message: 'Ce qui a été transmis ne se modifie pas.'
	},
	declaration_lines_correction_says_which: {
		message: 'Un montant négatif corrige une période antérieure : dites laquelle.'
	},
	declaration_duties_due_days_range: {
		message: 'Le délai va de 1 à 366 jours après la fin de la période.',
		field: 'dueDays'
	},
	declaration_events_text_given: { message: 'Écrivez quelques mots.', field: 'text' },
	declaration_events_text_length: {
		message: 'C’est trop long : 4 000 caractères au plus.',
		field: 'text'
	},
	declaration_files_size_limit: {
		message: 'Un justificatif pèse 20 Mo au plus, et n’est pas vide.',
		field: 'file'
	},
	declaration_files_name_given: {
		message: 'Le nom du fichier a de 1 à 200 caractères.',
		field: 'file'
	},
	declaration_cells_value_length: {
		message: 'C’est trop long : 2 000 caractères au plus.'
	},
	entries_append_only: {
		message: 'Une écriture ne se modifie pas : contre-passez-la, puis enregistrez la bonne.'
	},
	observations_append_only: {
		message: 'Une valeur enregistrée ne se modifie pas : enregistrez-en une autre qui la remplace.'
	},
	observations_replaced_once: {
		message: 'Cette valeur a déjà été remplacée : corrigez celle qui la remplace.'
	},
	deliberations_append_only: {
		message: 'Une délibération enregistrée ne se modifie pas : son texte fait foi.'
	},
	deliberations_slug_key: {
		message: 'Une autre délibération a déjà cette adresse.',
		field: 'slug'
	},
	deliberations_text_digest_key: {
		message: 'Cette délibération est déjà enregistrée, mot pour mot.',
		field: 'text'
	},
	deliberations_convened_before_sitting: {
		message: 'La convocation ne peut pas être postérieure à la séance.',
		field: 'convenedOn'
	},
	citations_quote_in_text: {
		message: 'Ce passage ne figure pas mot pour mot dans la délibération.',
		field: 'quote'
	},
	decisions_quote_in_text: {
		message: 'Cette décision ne figure pas mot pour mot dans la délibération.',
		field: 'quote'
	},
	organisations_name_key: { message: 'Un organisme porte déjà ce nom.', field: 'name' },
	organisations_siret_shape: { message: 'Un numéro SIRET a quatorze chiffres.', field: 'siret' },
	organisations_siret_of_siren: {
		message:
			'Ce SIRET n’est pas celui d’un établissement de cet organisme : il commence par son SIREN.',
		field: 'siret'
	},
	deliberation_publications_deliberation_fk: { message: 'Cette délibération n’existe pas.' },
	deliberation_publications_matter_shape: {
		message: 'Une matière a un code comme 8.5 et un nom.',
		field: 'matterCode'
	},
	deliberation_publications_prefecture_shape: {
		message: 'L’identifiant d’une préfecture s’écrit PREF et trois chiffres, comme PREF021.',
		field: 'prefectureId'
	},
	deliberation_publications_budget_whole: {
		message: 'Donnez l’année et le nom du budget, ou aucun des deux.',
		field: 'budgetYear'
	},
	deliberation_publications_url_shape: {
		message: 'Une adresse commence par https:// ou http://, sans espace.',
		field: 'url'
	},
	organisations_siren_shape: { message: 'Un numéro SIREN a neuf chiffres.', field: 'siren' },
	programmes_slug_key: { message: 'Un autre programme a déjà cette adresse.', field: 'slug' },
	programmes_days_in_order: {
		message: 'La fin du programme ne peut pas précéder son début.',
		field: 'endsOn'
	},
	programmes_horizon_after_end: {
		message: 'L’horizon ne peut pas précéder la fin que couvre l’acte.',
		field: 'horizonEndsOn'
	},
	envelopes_days_in_order: {
		message: 'La fin de l’enveloppe ne peut pas précéder son début.',
		field: 'endsOn'
	},
	instalments_amount_positive: {
		message: 'Une échéance est un montant supérieur à zéro.',
		field: 'amount'
	},
	instalments_due_key: {
		message: 'Cette convention prévoit déjà une échéance ce jour-là.',
		field: 'dueOn'
	},
	instalments_of_its_programme: {
		message: 'Une échéance vient d’une convention du programme de son enveloppe.',
		field: 'agreement'
	},
	agreements_amends_a_root: {
		message:
			'Un avenant modifie une convention, jamais un autre avenant : choisissez la convention d’origine.',
		field: 'amends'
	},
	agreements_root_of_its_programme: {
		message: 'Un avenant modifie une convention du même programme.',
		field: 'amends'
	},
	agreements_root_rank_key: {
		message:
			'Un autre avenant à cette convention vient d’être enregistré : rechargez la page avant de recommencer.'
	},
	agreements_cites_its_act: {
		message: 'Une convention adoptée par cet acte se cite dans cet acte.',
		field: 'passage'
	},
	agreements_days_in_order: {
		message: 'La fin de la convention ne peut pas précéder son début.',
		field: 'endsOn'
	},
	envelopes_agreement_fk: {
		message: 'Une enveloppe vient d’une convention de son programme.',
		field: 'agreement'
	},
	envelopes_last_day_later: {
		message:
			'La fin d’une enveloppe peut être repoussée, pas avancée : ce qui a été promis jusqu’à un jour le reste.',
		field: 'endsOn'
	},
	programmes_last_day_later: {
		message:
			'La fin d’un programme peut être repoussée, pas avancée : ce qui a été promis jusqu’à un jour le reste.',
		field: 'endsOn'
	},
	envelopes_last_day_traced: {
		message: 'La fin d’une enveloppe est repoussée par un acte, qui le dit.',
		field: 'endsOn'
	},
	programmes_last_day_traced: {
		message: 'La fin d’un programme est repoussée par un acte, qui le dit.',
		field: 'endsOn'
	},
	indicators_envelope_fk: {
		message: 'Un indicateur porte sur une enveloppe de son programme.',
		field: 'envelope'
	},
	districts_commune_fk: { message: 'Cette commune n’est pas connue.', field: 'communeCode' },
	entries_cites_its_act: {
		message: 'Le passage cité ne vient pas de la délibération choisie.',
		field: 'citationId'
	},
	readings_open: {
		message:
			'Cette lecture est terminée : ce qui a été entré ou mis de côté ne change plus. Rechargez la page.'
	},
	readings_of_one_act: { message: 'Une lecture porte sur un seul acte, et n’en change pas.' },
	readings_text_of_its_act: {
		message: 'Le texte lu n’est pas, mot pour mot, celui de la délibération.'
	},
	reading_proposals_open: {
		message:
			'Cette lecture est terminée : ce qui a été entré ou mis de côté ne change plus. Rechargez la page.'
	},
	reading_proposals_cite_their_act: {
		message: 'Ce qui a été relevé dans un texte se cite dans ce texte.'
	},
	operations_name_key: {
		message: 'Une opération de cette enveloppe porte déjà ce nom.',
		field: 'name'
	},
	settings_siren_shape: { message: 'Un numéro SIREN a neuf chiffres.', field: 'authoritySiren' },
	settings_thresholds_positive: { message: 'Les seuils sont des nombres supérieurs à zéro.' },
	undertaking_events_answer_as_proposed: {
		message: 'Cette proposition a changé entre-temps : rechargez la page avant de répondre.'
	},
	undertaking_events_answered_once: {
		message: 'Cette proposition a déjà reçu sa réponse : rechargez la page.'
	},
	undertaking_events_four_eyes: {
		message: 'Une proposition est confirmée par les finances, jamais par qui l’a faite.'
	},
	undertaking_events_owner_fk: {
		message: 'Cet organisme n’existe pas : choisissez dans la liste.',
		field: 'ownerId'
	},
	undertaking_events_text_given: {
		message: 'Dites en quelques mots ce qui a été fait, et ce qui le prouve.',
		field: 'text'
	},
	users_email_key: { message: 'Un compte utilise déjà cette adresse.', field: 'email' },
	users_email_lowercase: { message: 'L’adresse s’écrit en minuscules.', field: 'email' },
	users_partner_has_organisation: {
		message: 'Un compte partenaire appartient à un organisme : choisissez-le.',
		field: 'organisationId'
	}
};

/** What no text of PostgreSQL holds: NUL in a statement and inside JSON, and half of a character inside JSON. */
const NOT_TEXT = ['22021', '22P05'];
const isHalfCharacter = (code: string, detail = ''): boolean =>
	code === '22P02' && /surrogate/.test(detail);

/** The sentence for a broken rule of the database, or null where the failure is not a rule. */
export function refusalOf(error: unknown): Refusal | null {
	if (error instanceof Refusal) return error;
	const { code = '', constraint = '', detail } = databaseErrorOf(error) ?? {};
	if (NOT_TEXT.includes(code) || isHalfCharacter(code, detail)) {
		return new Refusal(
			'Ce qui a été saisi contient un caractère invisible qui ne s’enregistre pas. Retapez-le au lieu de le coller.'
		);
	}
	const refusal = Object.hasOwn(REFUSALS, constraint) ? REFUSALS[constraint] : undefined;
	if (!refusal) return null;
	return new Refusal(typeset(refusal.message), refusal.field ? { field: refusal.field } : {});
}
