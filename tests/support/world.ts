import { createHash } from 'node:crypto';
import type pg from 'pg';
import { day } from '#lib/domain/day.ts';
import { cents } from '#lib/domain/money.ts';
import { buildSentText } from '#lib/domain/sent-text.ts';

/** One row of every table, for an organisation that speaks for its envelope. */
export type World = {
	organisationId: string;
	/** Somebody of the organisation. */
	partnerId: string;
	/** The finance officer who wrote what is written here. */
	financeId: string;
	envelopeId: string;
	programmeId: string;
	/** A declaration that its organisation still types; the one in the table was sent. */
	draftId: string;
	/** A spreadsheet of it that was read and not yet taken over. */
	importId: string;
	/** A district that its programme does not name. */
	otherDistrictId: string;
	/** An act of which nothing more is known. */
	otherDeliberationId: string;
	/** By table, how to find its row: `id = '…'`. */
	rows: Record<string, string>;
};

export type WorldOptions = {
	/** Short word, used in names; must be different for each world of a database. */
	name: string;
	/** Whether finance has validated the programme. */
	validated?: boolean;
	/** Whether finance has confirmed the operation and the observation in it. */
	confirmed?: boolean;
	/** The organisation and people of another world, whose envelope this is. */
	of?: World;
};

/**
 * Writes one row in every table, as the owner: a programme of an organisation with its act, its
 * envelope, its entries and all that hangs on them.
 */
export async function plantWorld(owner: pg.Client, options: WorldOptions): Promise<World> {
	const { name, of } = options;
	const { validated = true, confirmed = true } = options;
	const rows: Record<string, string> = {};

	async function plant(
		table: string,
		values: Record<string, string | number | boolean | null>,
		keys: readonly string[] = ['id']
	): Promise<string> {
		const columns = Object.keys(values);
		const { rows: found } = await owner.query<Record<string, unknown>>(
			`insert into ${table} (${columns.join(', ')})
			values (${columns.map((_, index) => `$${index + 1}`).join(', ')})
			returning ${keys.map((key) => `${key}::text`).join(', ')}`,
			Object.values(values)
		);
		const row = found[0] ?? {};
		rows[table] = keys.map((key) => `${key} = '${String(row[key])}'`).join(' and ');
		return String(row[keys[0] ?? 'id']);
	}

	const letter = name.charCodeAt(0) % 10;
	const organisationId =
		of?.organisationId ??
		(await plant('organisations', { name: `Organisation ${name}`, kind: 'funder' }));
	// Whom an entry of this world is with, and who builds: known by nothing else.
	const counterpartyId = await plant('organisations', {
		name: `Bailleur ${name} (fictif)`,
		kind: 'landlord'
	});
	const financeId =
		of?.financeId ??
		(await plant('users', {
			email: `finances.${name}@demo.example`,
			name: `Finances ${name}`,
			role: 'finance',
			password_hash: '-'
		}));
	const partnerId =
		of?.partnerId ??
		(await plant('users', {
			email: `partenaire.${name}@demo.example`,
			name: `Partenaire ${name}`,
			role: 'partner',
			organisation_id: organisationId,
			password_hash: '-'
		}));
	await plant('sessions', { id: `session-${name}`, user_id: partnerId, expires_at: '2030-01-01' });
	await plant('api_tokens', { digest: `digest-${name}`, user_id: partnerId, label: 'Tableur' });
	await plant('throttles', { key: `account:${name}` }, ['key']);
	await plant('communes', { code: `2100${letter}`, name: `Commune ${name}` }, ['code']);
	const districtOf = (called: string) => ({ name: called, commune_code: `2100${letter}` });
	const otherDistrictId = await plant('districts', districtOf(`Autre quartier ${name}`));
	const districtId = await plant('districts', districtOf(`Quartier ${name}`));

	const text = `Acte ${name} : 1 000 € sont promis.`;
	const digestOf = (of: string) => createHash('sha256').update(of).digest('hex');
	const actOf = (slug: string, words: string) => ({
		slug,
		authority_id: organisationId,
		convened_on: '2020-12-11',
		sitting_on: '2020-12-17',
		title: `Acte ${name}`,
		text: words,
		text_digest: digestOf(words),
		entered_by: financeId
	});
	const otherDeliberationId = await plant(
		'deliberations',
		actOf(`autre-acte-${name}`, `Autre acte ${name}.`)
	);
	const deliberationId = await plant('deliberations', actOf(`acte-${name}`, text));
	const start = text.indexOf('1 000 €');
	const span = { start_offset: start, end_offset: start + 7, quote: '1 000 €' };
	await plant('decisions', {
		deliberation_id: deliberationId,
		position: 1,
		verb: 'approuver',
		...span
	});
	const citationId = await plant('citations', {
		deliberation_id: deliberationId,
		...span,
		kind: 'amount',
		section: 'decision',
		amount_cents: 100_000,
		precision_cents: 0
	});

	await plant(
		'deliberation_publications',
		{
			deliberation_id: deliberationId,
			matter_code: '8.5',
			matter_name: 'Politique de la ville, habitat, logement',
			updated_by: financeId
		},
		['deliberation_id']
	);
	const textRead = `${text} Il sera amendé.`;
	const readingId = await plant('readings', {
		text: textRead,
		text_digest: digestOf(textRead),
		source: 'paste',
		created_by: financeId,
		updated_by: financeId
	});
	await plant('reading_proposals', {
		reading_id: readingId,
		step: 'figures',
		role: 'amount',
		section: 'decision',
		choice: 'marked',
		kept_start: start,
		kept_end: start + 7,
		kept_value: JSON.stringify({
			type: 'amount',
			cents: '100000',
			precisionCents: '50',
			kind: 'amount',
			per: null,
			formula: null
		}),
		decided_by: financeId,
		decided_at: '2021-01-01'
	});

	const programmeId = await plant('programmes', {
		slug: `programme-${name}`,
		name: `Programme ${name}`,
		starts_on: '2020-01-01',
		ends_on: '2022-12-31',
		horizon_ends_on: '2024-12-31',
		horizon_citation_id: citationId,
		validated_at: validated ? '2021-01-01' : null
	});
	const agreementId = await plant('agreements', {
		programme_id: programmeId,
		title: 'Convention',
		deliberation_id: deliberationId,
		citation_id: citationId,
		effective_on: '2020-12-17',
		starts_on: '2020-01-01',
		ends_on: '2022-12-31'
	});
	const undertakingId = await plant('undertakings', {
		programme_id: programmeId,
		position: 1,
		text: 'Partager les données.',
		citation_id: citationId,
		owner_id: organisationId
	});
	const undertakingEventId = await plant('undertaking_events', {
		undertaking_id: undertakingId,
		actor_id: partnerId,
		at: '2021-05-02',
		action: 'note',
		occurred_on: '2021-05-01',
		text: 'Les données sont partagées.'
	});
	await plant('undertaking_files', {
		event_id: undertakingEventId,
		digest: 'a'.repeat(64),
		name: 'donnees.pdf',
		media_type: 'application/pdf',
		size_bytes: 7
	});
	await plant(
		'programme_districts',
		{ programme_id: programmeId, district_id: districtId, citation_id: citationId },
		['programme_id', 'district_id']
	);
	const envelopeId = await plant('envelopes', {
		programme_id: programmeId,
		agreement_id: agreementId,
		position: 1,
		label: `Enveloppe ${name}`,
		purpose: 'Accession',
		funder_id: organisationId,
		partner_id: organisationId,
		circuit: 'off_budget',
		strength: 'firm',
		starts_on: '2020-01-01',
		ends_on: '2022-12-31',
		citation_id: citationId
	});
	await plant('last_day_moves', {
		envelope_id: envelopeId,
		ends_on_before: '2022-12-31',
		ends_on_after: '2022-12-31',
		deliberation_id: deliberationId,
		effective_on: '2020-12-17',
		recorded_by: financeId
	});
	const measureId = await plant('measures', {
		envelope_id: envelopeId,
		position: 1,
		label: 'Prêts',
		citation_id: citationId
	});
	const operationId = await plant('operations', {
		envelope_id: envelopeId,
		name: 'Résidence',
		landlord_id: counterpartyId,
		commune_code: `2100${letter}`,
		district_id: districtId,
		confirmed_at: confirmed ? '2021-01-01' : null
	});
	await plant('instalments', {
		envelope_id: envelopeId,
		agreement_id: agreementId,
		due_on: '2021-06-30',
		amount_cents: 100_000,
		citation_id: citationId
	});
	const entryOf = (kind: string, measure: string | null) => ({
		envelope_id: envelopeId,
		measure_id: measure,
		operation_id: operationId,
		kind,
		amount_cents: 100_000,
		effective_on: '2020-12-17',
		fiscal_year: 2020,
		label: 'Dotation',
		recorded_by: financeId,
		counterparty_id: counterpartyId,
		deliberation_id: deliberationId,
		citation_id: citationId
	});
	await plant('entries', entryOf('allocation', measureId));
	const indicatorId = await plant('indicators', {
		programme_id: programmeId,
		envelope_id: envelopeId,
		measure_id: measureId,
		position: 1,
		label: 'Prêts accordés',
		unit: 'aids'
	});
	await plant('observations', {
		indicator_id: indicatorId,
		kind: 'actual',
		period_starts_on: '2021-01-01',
		period_ends_on: '2021-03-31',
		number: 12,
		commune_code: `2100${letter}`,
		district_id: districtId,
		operation_id: operationId,
		citation_id: citationId,
		provisional: !confirmed,
		recorded_by: financeId
	});
	await plant(
		'declaration_duties',
		{
			envelope_id: envelopeId,
			frequency: 'quarter',
			due_days: 45,
			starts_on: '2020-01-01',
			set_by: financeId
		},
		['envelope_id']
	);
	const draftId = await plant('declarations', {
		envelope_id: envelopeId,
		organisation_id: organisationId,
		period_starts_on: '2021-04-01',
		period_ends_on: '2021-06-30',
		created_by: partnerId
	});
	const digest = 'a'.repeat(64);
	const declarationId = await plant('declarations', {
		envelope_id: envelopeId,
		organisation_id: organisationId,
		period_starts_on: '2021-01-01',
		period_ends_on: '2021-03-31',
		created_by: partnerId,
		state: 'submitted',
		submission: 1,
		digest,
		submitted_by: partnerId,
		submitted_at: '2021-04-02'
	});
	const lineId = await plant('declaration_lines', {
		declaration_id: declarationId,
		submission: 1,
		position: 1,
		row_key: `m.${measureId}`,
		envelope_id: envelopeId,
		measure_id: measureId,
		amount_cents: 1000
	});
	await plant('declaration_counts', { line_id: lineId, indicator_id: indicatorId, number: 3 });
	await writeDigest(owner, declarationId, {
		envelopeId,
		organisationId,
		rowKey: `m.${measureId}`,
		measureId,
		indicatorId
	});
	await plant('declaration_events', {
		declaration_id: declarationId,
		actor_id: partnerId,
		action: 'message',
		submission: 1,
		text: 'Bonjour'
	});
	await plant(
		'declaration_cells',
		{ declaration_id: draftId, key: 'commentaire', value: 'Vu', updated_by: partnerId },
		['declaration_id', 'key']
	);
	await plant('declaration_files', {
		declaration_id: draftId,
		digest,
		name: 'facture.pdf',
		media_type: 'application/pdf',
		size_bytes: 10,
		uploaded_by: partnerId
	});
	const importOf = (of: string, state: string, appliedAt: string | null = null) => ({
		declaration_id: of,
		file_digest: digest,
		file_name: 'tableau.csv',
		media_type: 'text/csv',
		size_bytes: 10,
		state,
		created_by: partnerId,
		applied_at: appliedAt
	});
	const importId = await plant('imports', importOf(draftId, 'ready'));
	await plant('import_rows', { import_id: importId, line_number: 1, cells: '[]' }, [
		'import_id',
		'line_number'
	]);
	await plant('imports', importOf(declarationId, 'applied', '2021-04-01'));
	await plant(
		'column_matches',
		{
			organisation_id: organisationId,
			heading_digest: `entêtes-${name}`,
			matches: '{}',
			updated_by: partnerId
		},
		['organisation_id', 'heading_digest']
	);
	await plant('mails', {
		recipient_id: partnerId,
		kind: 'message',
		cause: `event:${name}`,
		subject: 'Message',
		body: 'Bonjour'
	});
	await plant('mail_refusals', { user_id: partnerId, kind: `weekly-${name}` }, ['user_id', 'kind']);
	await plant('audit_events', {
		actor_id: financeId,
		action: 'record_entries',
		subject_type: 'envelope',
		subject_id: envelopeId
	});
	await plant(
		'command_receipts',
		{
			key: `00000000-0000-4000-8000-0000000000${String(10 + letter)}`,
			actor_id: financeId,
			command: 'record_entries',
			answer: '[]'
		},
		['key']
	);
	await plant(
		'fiscal_years',
		{ year: 2000 + letter, closed_at: '2021-01-01', closed_by: financeId },
		['year']
	);

	rows['users'] = `id = '${partnerId}'`;
	rows['settings'] = 'id';
	rows['content_revision'] = 'id = 0';
	rows['mail_progress'] = 'id = 1';
	for (const kept of ['envelope_balances', 'month_totals', 'envelope_counterparties']) {
		rows[kept] = `envelope_id = '${envelopeId}'`;
	}
	return {
		organisationId,
		partnerId,
		financeId,
		envelopeId,
		programmeId,
		draftId,
		importId,
		otherDistrictId,
		otherDeliberationId,
		rows
	};
}

/** The digest of what the planted declaration says: it is known only once it has its number. */
async function writeDigest(
	owner: pg.Client,
	id: string,
	said: Record<'envelopeId' | 'organisationId' | 'rowKey' | 'measureId' | 'indicatorId', string>
): Promise<void> {
	const { rows } = await owner.query<{ number: string }>(
		'select number from declarations where id = $1',
		[id]
	);
	const count = { product: null, stage: null, communeCode: null, number: 3 };
	const text = buildSentText({
		number: Number(rows[0]?.number),
		submission: 1,
		envelopeId: said.envelopeId,
		organisationId: said.organisationId,
		periodStartsOn: day('2021-01-01'),
		periodEndsOn: day('2021-03-31'),
		nothing: false,
		comment: null,
		overrunReason: null,
		lines: [
			{
				rowKey: said.rowKey,
				measureId: said.measureId,
				operationId: null,
				newOperation: null,
				amountCents: cents(1000),
				comment: null,
				corrects: null,
				counts: [{ indicatorId: said.indicatorId, ...count }]
			}
		],
		files: []
	});
	await owner.query('alter table declarations disable trigger check_declaration_change');
	await owner.query('update declarations set digest = $2 where id = $1', [
		id,
		createHash('sha256').update(text).digest('hex')
	]);
	await owner.query('alter table declarations enable trigger check_declaration_change');
}
