import { formatDay, parseDay, type Day } from '#lib/domain/day.ts';
import { formatBytes } from '#lib/domain/evidence.ts';
import { cents, formatEuros } from '#lib/domain/money.ts';
import { FREQUENCIES, FREQUENCY_LABELS } from '#lib/domain/period.ts';
import { typeset } from '#lib/domain/typography.ts';

/** What can be done and is remembered, and how the journal calls it. */
export const ACTION_LABELS: Readonly<Record<string, string>> = {
	sign_in: 'Connexion',
	sign_in_refused: 'Connexion refusée',
	sign_out: 'Déconnexion',
	sign_out_everywhere: 'Déconnexion de tous les appareils',
	create_user: 'Création d’un compte',
	deactivate_user: 'Désactivation d’un compte',
	reactivate_user: 'Réactivation d’un compte',
	create_token: 'Création d’un jeton d’accès',
	record_entries: 'Enregistrement d’écritures',
	reverse_entry: 'Contre-passation d’une écriture',
	load_demonstration: 'Chargement de la démonstration',
	set_duty: 'Rythme des déclarations',
	begin_declaration: 'Début d’une déclaration',
	submit_declaration: 'Transmission d’une déclaration',
	withdraw_declaration: 'Retrait d’une déclaration',
	accept_declaration: 'Validation d’une déclaration',
	return_declaration: 'Renvoi d’une déclaration',
	reopen_declaration: 'Réouverture d’une déclaration',
	attach_file: 'Ajout d’un justificatif',
	detach_file: 'Retrait d’un justificatif',
	apply_import: 'Reprise d’un tableur dans une déclaration',
	begin_reading: 'Début de la lecture d’un acte',
	set_aside_reading: 'Mise de côté de la lecture d’un acte',
	set_publication: 'Publication d’un acte',
	enter_act: 'Entrée d’un acte',
	set_mail_choices: 'Choix des courriels reçus',
	report_undertaking: 'Suivi d’un engagement'
};

/** An action that has no label yet is shown by its own name rather than not at all. */
export const labelOfAction = (action: string): string => ACTION_LABELS[action] ?? action;

const SUBJECT_LABELS: Readonly<Record<string, string>> = {
	user: 'compte',
	api_token: 'jeton d’accès',
	envelope: 'enveloppe',
	settings: 'réglages',
	declaration: 'déclaration',
	import: 'tableur',
	reading: 'lecture d’un acte',
	deliberation: 'délibération',
	undertaking: 'engagement réciproque'
};

const DETAIL_LABELS: Readonly<Record<string, string>> = {
	emailDigest: 'empreinte de l’adresse saisie',
	role: 'rôle',
	label: 'usage',
	entries: 'écritures',
	refused: 'courriels refusés',
	reason: 'motif',
	overrunReason: 'motif du dépassement',
	movedTo: 'écrit dans l’exercice',
	amountCents: 'montant',
	lines: 'lignes',
	files: 'justificatifs',
	digest: 'empreinte',
	name: 'fichier',
	comment: 'commentaire',
	fileName: 'fichier',
	sizeBytes: 'taille',
	frequency: 'rythme',
	dueDays: 'délai en jours',
	startsOn: 'à partir du',
	byOperation: 'par opération',
	skipped: 'lignes laissées',
	fields: 'champs remplis',
	replaced: 'champs remplacés',
	matterCode: 'code de matière',
	matterName: 'matière',
	prefectureId: 'préfecture',
	prefectureOn: 'reçu en préfecture le',
	budgetYear: 'année du budget',
	budgetName: 'budget',
	siret: 'SIRET',
	number: 'numéro',
	url: 'adresse',
	source: 'reçu comme',
	proposals: 'valeurs proposées',
	reading: 'lecture',
	citations: 'passages cités',
	organisations: 'organismes ajoutés',
	agreements: 'conventions et avenants',
	envelopes: 'enveloppes',
	indicators: 'indicateurs',
	undertakings: 'engagements réciproques',
	districts: 'quartiers'
};

/** What an event was about and what else is known of it, each as a name and a value. */
export function describeEvent(event: {
	subjectType: string;
	subjectId: string | null;
	subjectName: string | null;
	details: Readonly<Record<string, unknown>> | null;
}): { name: string; value: string }[] {
	const { subjectType, subjectName, subjectId, details } = event;
	const subject = subjectName ?? subjectId;
	const about = subject
		? [{ name: SUBJECT_LABELS[subjectType] ?? subjectType, value: subject }]
		: [];
	const others = Object.entries(details ?? {})
		// What did not happen is not told: no year but its own, no reason where none was owed.
		.filter(([name, value]) => value !== null || !['movedTo', 'overrunReason'].includes(name))
		.map(([name, value]) => ({
			name: DETAIL_LABELS[name] ?? name,
			value: READ_AS[name]?.(String(value)) ?? textOf(value)
		}));
	return [...about, ...others];
}

/** Details that are not read as they are stored; null where they are not what they should be. */
const READ_AS: Readonly<Record<string, (stored: string) => string | null>> = {
	emailDigest: (stored) => `${stored.slice(0, 12)}…`,
	digest: (stored) => `${stored.slice(0, 12)}…`,
	amountCents: (stored) => (/^-?\d{1,16}$/.test(stored) ? formatEuros(cents(stored)) : null),
	sizeBytes: (stored) => (/^\d{1,12}$/.test(stored) ? formatBytes(Number(stored)) : null),
	frequency: (stored) => {
		const frequency = FREQUENCIES.find((known) => known === stored);
		return frequency ? FREQUENCY_LABELS[frequency] : null;
	},
	startsOn: (stored) => {
		const date = parseDay(stored);
		return date && formatDay(date);
	},
	byOperation: (stored) => (stored === 'true' ? 'oui' : 'non')
};

const textOf = (value: unknown): string =>
	Array.isArray(value) ? value.map(textOf).join(', ') : String(value ?? 'non renseigné');

/** What is asked of the audit trail. Nothing asked is null. */
export type AuditQuery = {
	action: string | null;
	/** Days in Paris, both included. */
	from: Day | null;
	to: Day | null;
	/** Where the page begins: older than this event. */
	before: bigint | null;
};

/** Reads the address of the journal. What cannot be read is left out, and said. */
export function parseAuditQuery(parameters: URLSearchParams): {
	query: AuditQuery;
	notes: string[];
} {
	const notes: string[] = [];
	const read = <Value>(name: string, parse: (text: string) => Value | null): Value | null => {
		const text = (parameters.get(name) ?? '').trim();
		const value = text === '' ? null : parse(text);
		if (text !== '' && value === null) {
			notes.push(typeset(`Dans l’adresse, « ${name} » n’a pas été compris et n’est pas appliqué.`));
		}
		return value;
	};
	const query = {
		action: read('action', (text) => (Object.hasOwn(ACTION_LABELS, text) ? text : null)),
		from: read('du', parseDay),
		to: read('jusquau', parseDay),
		before: read('avant', (text) => (/^\d{1,18}$/.test(text) ? BigInt(text) : null))
	};
	if (query.from && query.to && query.from > query.to) {
		notes.push(typeset('La date de début vient après la date de fin : rien ne peut convenir.'));
	}
	return { query, notes };
}
