import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REFUSALS, refusalOf } from '#lib/server/db/constraint.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { records } from '../../support/table.ts';
import { plantWorld, type World } from '../../support/world.ts';

/** How each rule of one row is broken: what is set in the row of that table. */
const CHECKS = records(`
	rule                                       | broken by
	agreements_days_in_order                   | starts_on = '2022-01-02', ends_on = '2022-01-01'
	agreements_rank_of_amendment               | rank = 1
	citations_not_own_whole                    | whole_citation_id = id
	citations_section_known                    | section = 'footer'
	citations_span                             | end_offset = start_offset
	citations_value_of_kind                    | kind = 'count'
	communes_code_shape                        | code = '2123'
	content_revision_sixteen_rows              | id = 16
	decisions_span                             | start_offset = -1
	deliberation_publications_budget_whole     | budget_year = 2021
	deliberation_publications_matter_shape     | matter_code = '85'
	deliberation_publications_prefecture_shape | prefecture_id = '021'
	deliberation_publications_url_shape        | url = 'metropole.fr'
	deliberations_convened_before_sitting      | convened_on = '2021-01-01'
	deliberations_digest_of_text               | text = 'Autre texte.'
	deliberations_file_digest_shape            | file_digest = 'abc', file_name = 'acte.pdf'
	deliberations_file_whole                   | file_name = 'acte.pdf'
	deliberations_slug_shape                   | slug = 'Un Acte'
	districts_code_shape                       | code = 'Q1'
	entries_allocation_from_an_act             | deliberation_id = null
	entries_amount_not_zero                    | amount_cents = 0
	entries_fiscal_year_not_before_fact        | fiscal_year = 2019
	entries_kind_known                         | kind = 'gift'
	entries_label_given                        | label = '  '
	entries_overrun_reason_given               | overrun_reason = ' '
	envelope_balances_disbursed_within_promised | disbursed_cents = promised_cents + 1
	envelopes_circuit_known                    | circuit = 'round'
	envelopes_days_in_order                    | ends_on = '2019-12-31'
	envelopes_instrument_known                 | instrument = 'violin'
	envelopes_strength_known                   | strength = 'weak'
	indicators_unit_known                      | unit = 'miles'
	instalments_amount_positive                | amount_cents = 0
	last_day_moves_horizon_of_programme        | horizon_ends_on_after = '2030-12-31'
	last_day_moves_later                       | ends_on_after = '2022-12-30'
	last_day_moves_of_one                      | envelope_id = null
	measures_instrument_known                  | instrument = 'violin'
	measures_not_own_parent                    | parent_id = id
	observations_days_in_order                 | period_ends_on = '2020-12-31'
	observations_kind_known                    | kind = 'guess'
	observations_one_value                     | amount_cents = 1
	observations_product_known                 | product = 'PLX'
	observations_stage_known                   | stage = 'dreamt'
	organisations_kind_known                   | kind = 'club'
	organisations_siren_shape                  | siren = '12'
	organisations_siret_of_siren               | siren = '242100410', siret = '24210041100011'
	organisations_siret_shape                  | siret = '12'
	programmes_days_in_order                   | ends_on = '2019-12-31'
	programmes_horizon_after_end               | horizon_ends_on = '2022-12-30'
	programmes_slug_shape                      | slug = 'é'
	reading_proposals_choice_known             | choice = 'perhaps'
	reading_proposals_decided_by_somebody      | decided_at = null
	reading_proposals_kept_of_choice           | kept_value = null
	reading_proposals_kept_span                | kept_end = kept_start
	reading_proposals_not_own_whole            | whole_proposal_id = id
	reading_proposals_read_or_marked           | read_value = '{}'
	reading_proposals_read_span                | read_start = 3, read_end = 3
	reading_proposals_step_known               | step = 'dance'
	readings_digest_of_text                    | text = 'Autre texte.'
	readings_entered_as_an_act                 | state = 'entered'
	readings_file_digest_shape                 | source = 'txt', file_digest = 'abc', file_name = 'acte.txt', file_size_bytes = 1
	readings_file_whole                        | file_name = 'acte.txt'
	readings_source_known                      | source = 'fax', file_digest = repeat('a', 64), file_name = 'acte.txt', file_size_bytes = 1
	readings_state_known                       | state = 'lost'
	settings_one_row                           | id = false
	settings_siren_shape                       | authority_siren = '12'
	settings_thresholds_positive               | behind_points = 0
	undertakings_status_known                  | status = 'forgotten'
	users_email_lowercase                      | email = 'A@demo.example'
	users_partner_has_organisation             | organisation_id = null
	users_role_known                           | role = 'king'
	declaration_cells_key_length               | key = ''
	declaration_cells_value_length             | value = repeat('x', 2001)
	declaration_counts_product_known           | product = 'PLX'
	declaration_counts_stage_known             | stage = 'dreamt'
	declaration_duties_due_days_range          | due_days = 0
	declaration_duties_frequency_known         | frequency = 'weekly'
	declaration_events_action_known            | action = 'dance'
	declaration_events_text_given              | text = ' '
	declaration_events_text_length             | text = repeat('x', 4001)
	declaration_files_digest_shape             | digest = 'abc'
	declaration_files_name_given               | name = ' '
	declaration_files_removed_by_somebody      | removed_at = now()
	declaration_files_size_limit               | size_bytes = 20971521
	declaration_lines_correction_says_which    | amount_cents = -1
	declaration_lines_new_operation_whole      | new_operation_name = 'Les Tilleuls'
	declarations_days_in_order                 | period_ends_on = '2020-12-31'
	declarations_decided_by_somebody           | state = 'accepted'
	declarations_overrun_reason_given          | overrun_reason = ' '
	declarations_reason_given                  | state = 'returned', decided_by = created_by, decided_at = now(), reason = ' '
	declarations_sent_by_somebody              | digest = null
	declarations_state_known                   | state = 'lost', decided_by = created_by, decided_at = now()
	imports_digest_shape                       | file_digest = 'abc'
	imports_refusal_says_why                   | state = 'refused'
	imports_state_known                        | state = 'lost'
	mail_progress_one_row                      | id = 2
	mails_kind_known                           | kind = 'poem'
	observations_withdrawn_replaces            | withdrawn = true, number = null
	undertaking_events_action_known            | action = 'sing'
	undertaking_events_answer_to_proposal      | proposal_id = id
	undertaking_events_day_of_action           | occurred_on = null
	undertaking_events_owner_of_action         | owner_id = organisation_id
	undertaking_events_review_of_action        | review_on = '2022-12-31'
	undertaking_events_status_known            | status = 'lost'
	undertaking_events_status_of_action        | status = 'kept'
	undertaking_events_text_given              | text = ' '
	undertaking_files_digest_shape             | digest = 'abc'
	undertaking_files_size                     | size_bytes = 0
`);

/** Rules that need other rows; the triggers of the ledger name them. Broken in the tests of the ledger too. */
const TRIGGERS = records(`
	rule                                    | table         | broken by
	entries_fiscal_year_open                | entries       | fiscal_year = 2021
	entries_receipt_of_earmarked_revenue    | entries       | kind = 'receipt'
	entries_fictitious_in_demonstration     | entries       | fictitious = true
	entries_reversal_equal_and_opposite     | entries       | reverses_entry_id = id
	entries_reversal_not_reversed           | entries       | reverses_entry_id = (select max(id) from entries where reverses_entry_id is not null)
	observations_replaces_its_own           | observations  | replaces_observation_id = id, kind = 'target'
	observations_fictitious_in_demonstration | observations | fictitious = true
	citations_quote_in_text                 | citations     | quote = 'Jamais écrit', kind = 'words', amount_cents = null
	decisions_quote_in_text                 | decisions     | quote = 'Jamais écrit', position = 2
	declarations_of_its_envelope            | declarations  | period_ends_on = '2031-01-01'
	declarations_days_apart                 | declarations  | period_starts_on = '2021-01-02'
	envelopes_partner_while_declared        | envelopes     | update: partner_id = (select id from organisations where kind = 'landlord')
	declarations_state_follows              | declarations  | update: state = 'reopened', reason = 'x', decided_by = $finance, decided_at = now()
	declarations_sent_is_kept               | declarations  | update: state = 'draft', comment = 'Autre chose'
	declarations_four_eyes                  | declarations  | update: state = 'accepted', decided_by = submitted_by, decided_at = now()
	declarations_sent_by_its_organisation   | declarations  | update: state = 'draft'; update: state = 'submitted', submission = 2, submitted_by = $finance
	declarations_posted_whole               | declarations  | update: state = 'accepted', decided_by = $finance, decided_at = now(); commit
	programmes_last_day_later               | programmes    | update: ends_on = '2022-12-30'
	envelopes_last_day_later                | envelopes     | update: ends_on = '2022-12-30'
	programmes_last_day_traced              | programmes    | update: ends_on = '2023-12-31'
	envelopes_last_day_traced               | envelopes     | update: ends_on = '2023-12-31'
	instalments_of_its_programme            | instalments   | agreement_id = (select id from agreements where title = 'Convention d’ailleurs'), due_on = '2021-12-31'
	readings_open                           | readings      | update: state = 'set_aside'; update: revision = 1
	readings_of_one_act                     | readings      | update: deliberation_id = (select id from deliberations where slug like 'acte-%'); update: deliberation_id = null
	readings_text_of_its_act                | readings      | update: state = 'entered', deliberation_id = (select id from deliberations where slug like 'acte-%')
	reading_proposals_open                  | reading_proposals | reading_id = (select id from readings where state = 'set_aside')
	reading_proposals_cite_their_act        | reading_proposals | update: citation_id = (select id from citations)
	entries_as_declared                     | entries       | declaration_line_id = (select id from declaration_lines), kind = 'disbursement'
	entries_declared_reversed_by_reopening  | entries       | declaration_line_id = (select id from declaration_lines), kind = 'disbursement', reverses_entry_id = id, amount_cents = -amount_cents
	observations_as_declared                | observations  | declaration_count_id = (select id from declaration_counts)
	undertaking_events_answer_as_proposed   | undertaking_events | action = 'refuse', status = 'kept', proposal_id = id
	undertaking_events_four_eyes            | undertaking_events | action = 'refuse', status = 'kept', proposal_id = (select id from undertaking_events where action = 'propose')
	observations_declared_withdrawn_by_reopening | observations | withdrawn = true, number = null, replaces_observation_id = id
`);

/** Rules that only a bug or an attack can break in the way of a key: they are there for foreign keys to reach. */
const TARGETS = [
	'declarations_number_key',
	'agreements_id_rank_key',
	'agreements_id_programme_key',
	'citations_id_deliberation_key',
	'envelopes_id_programme_key',
	'reading_proposals_id_reading_key',
	'measures_id_envelope_key',
	'operations_id_envelope_key',
	'undertaking_events_id_undertaking_key'
];

/** What else a row says that points somewhere there. */
const WITH_OTHERS: Record<string, string> = {
	agreements_amends_a_root: ', rank = 1',
	agreements_root_of_its_programme: ', rank = 1',
	last_day_moves_programme_fk: ', envelope_id = null',
	undertaking_events_owner_fk: ", action = 'assign', occurred_on = null",
	undertaking_events_proposal_fk: ", action = 'refuse', status = 'kept'",
	declaration_files_removed_by_fk: ', removed_at = now()',
	declaration_lines_new_commune_fk: ", new_operation_name = 'A', new_operation_landlord = 'B'"
};

/** Uniqueness that needs a value where the sample row has none. */
const UNIQUE_VALUES: Record<string, string> = {
	agreements_root_rank_key: 'rank = 1, root_agreement_id = $id',
	entries_reversed_once: 'reverses_entry_id = $id',
	observations_replaced_once: 'replaces_observation_id = $id',
	undertaking_events_answered_once: 'proposal_id = $id'
};

/** What a person can meet, and the field of the form that it concerns. */
const MET = records(`
	rule                                       | field
	envelope_balances_disbursed_within_promised | overrunReason
	entries_allocation_from_an_act             | deliberationId
	entries_amount_not_zero                    | amount
	entries_citation_fk                        | citationId
	entries_counterparty_fk                    | counterpartyId
	entries_deliberation_fk                    | deliberationId
	entries_envelope_fk                        | envelopeId
	entries_fictitious_in_demonstration        |
	entries_fiscal_year_not_before_fact        | fiscalYear
	entries_fiscal_year_open                   | fiscalYear
	entries_label_given                        | label
	entries_measure_fk                         | measureId
	entries_operation_fk                       | operationId
	entries_overrun_reason_given               | overrunReason
	entries_receipt_of_earmarked_revenue       | kind
	entries_reversal_equal_and_opposite        | reversesEntryId
	entries_reversal_not_reversed              | reversesEntryId
	entries_reversed_once                      | reversesEntryId
	entries_reverses_fk                        | reversesEntryId
	entries_append_only                        |
	deliberations_append_only                  |
	observations_append_only                   |
	observations_replaced_once                 |
	deliberations_slug_key                     | slug
	deliberations_text_digest_key              | text
	deliberations_convened_before_sitting      | convenedOn
	citations_quote_in_text                    | quote
	decisions_quote_in_text                    | quote
	organisations_name_key                     | name
	organisations_siren_shape                  | siren
	organisations_siret_shape                  | siret
	organisations_siret_of_siren               | siret
	deliberation_publications_deliberation_fk  |
	deliberation_publications_matter_shape     | matterCode
	deliberation_publications_prefecture_shape | prefectureId
	deliberation_publications_budget_whole     | budgetYear
	deliberation_publications_url_shape        | url
	programmes_slug_key                        | slug
	programmes_days_in_order                   | endsOn
	programmes_horizon_after_end               | horizonEndsOn
	envelopes_days_in_order                    | endsOn
	instalments_amount_positive                | amount
	instalments_due_key                        | dueOn
	instalments_of_its_programme               | agreement
	agreements_amends_a_root                   | amends
	agreements_cites_its_act                   | passage
	agreements_days_in_order                   | endsOn
	agreements_root_of_its_programme           | amends
	agreements_root_rank_key                   |
	envelopes_agreement_fk                     | agreement
	envelopes_last_day_later                   | endsOn
	programmes_last_day_later                  | endsOn
	envelopes_last_day_traced                  | endsOn
	programmes_last_day_traced                 | endsOn
	indicators_envelope_fk                     | envelope
	districts_commune_fk                       | communeCode
	entries_cites_its_act                      | citationId
	readings_of_one_act                        |
	readings_open                              |
	readings_text_of_its_act                   |
	reading_proposals_cite_their_act           |
	reading_proposals_open                     |
	operations_name_key                        | name
	settings_siren_shape                       | authoritySiren
	settings_thresholds_positive               |
	undertaking_events_answer_as_proposed      |
	undertaking_events_answered_once           |
	undertaking_events_four_eyes               |
	undertaking_events_owner_fk                | ownerId
	undertaking_events_text_given              | text
	users_email_key                            | email
	users_email_lowercase                      | email
	users_partner_has_organisation             | organisationId
	entries_as_declared                        |
	entries_declaration_line_fk                |
	entries_declared_reversed_by_reopening     | reversesEntryId
	entries_line_posted_once                   |
	observations_as_declared                   |
	observations_count_recorded_once           |
	observations_declared_withdrawn_by_reopening |
	declaration_cells_value_length             |
	declaration_duties_due_days_range          | dueDays
	declaration_events_text_given              | text
	declaration_events_text_length             | text
	declaration_files_name_given               | file
	declaration_files_size_limit               | file
	declaration_lines_append_only              |
	declaration_lines_correction_says_which    |
	envelopes_partner_while_declared           |
	declarations_days_apart                    |
	declarations_four_eyes                     |
	declarations_of_its_envelope               |
	declarations_overrun_reason_given          | motif
	declarations_period_key                    |
	declarations_posted_whole                  |
	declarations_reason_given                  | reason
	declarations_sent_by_its_organisation      |
	declarations_sent_is_kept                  |
	declarations_state_follows                 |
`);

type Constraint = { name: string; table: string; type: string; columns: string[] };

let database: TestDatabase;
let superuser: pg.Client;
let world: World;
let constraints: Constraint[];

beforeAll(async () => {
	database = await testDatabase();
	superuser = new pg.Client(database.superuser);
	await superuser.connect();
	world = await plantWorld(superuser, { name: 'a' });
	// Beside the sample entry, another one that is reversed already.
	const columns = `envelope_id, measure_id, operation_id, kind, effective_on, fiscal_year, label,
		recorded_by, counterparty_id, deliberation_id`;
	await superuser.query(
		`insert into entries (${columns}, amount_cents) select ${columns}, amount_cents from entries`
	);
	await superuser.query(
		`insert into entries (${columns}, amount_cents, reverses_entry_id)
		select ${columns}, -amount_cents, id from entries order by id desc limit 1`
	);
	await superuser.query('insert into fiscal_years values (2021, now(), $1)', [world.financeId]);
	// A reading that is given up, of other words than those of the act, and an agreement of another programme.
	await superuser.query(
		`insert into readings (text, text_digest, source, state, created_by, updated_by)
		values ('Rien', encode(sha256(convert_to('Rien', 'UTF8')), 'hex'), 'paste', 'set_aside', $1, $1)`,
		[world.financeId]
	);
	await superuser.query(
		`with other as (
			insert into programmes (slug, name, starts_on, ends_on)
			values ('ailleurs', 'Ailleurs', '2021-01-01', '2021-12-31') returning id
		)
		insert into agreements (programme_id, title, effective_on)
		select id, 'Convention d’ailleurs', '2021-01-01' from other`
	);
	// How its partner says that an undertaking stands.
	await superuser.query(
		`insert into undertaking_events (undertaking_id, actor_id, action, occurred_on, status, text)
		select undertaking_id, actor_id, 'propose', occurred_on, 'kept', text from undertaking_events`
	);
	constraints = (
		await superuser.query<Constraint>(
			`select c.conname as name, c.conrelid::regclass::text as table, c.contype as type,
				array(select a.attname::text from unnest(c.conkey) with ordinality k (n, o)
					join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.n order by k.o) as columns
			from pg_constraint c
			where c.connamespace = current_schema()::regnamespace and c.contype in ('c', 'u', 'f')
			order by c.conname`
		)
	).rows;
});
afterAll(async () => {
	await superuser.end();
	await database.drop();
});

describe('every rule of the database', () => {
	it('is broken here on purpose', async () => {
		const { rows } = await superuser.query<{ name: string }>(
			`select distinct m[1] as name from pg_proc p,
				regexp_matches(p.prosrc, 'constraint = ''(\\w+)''', 'g') m
			where p.pronamespace = current_schema()::regnamespace`
		);
		const checks = constraints.filter(({ type }) => type === 'c').map(({ name }) => name);
		expect(CHECKS.map(({ rule }) => rule).sort()).toEqual(checks.sort());
		const inTriggers = TRIGGERS.map(({ rule }) => rule).filter(
			(rule) => !/quote_in|last_day_later/.test(rule!)
		);
		expect(inTriggers.sort()).toEqual(rows.map(({ name }) => name).sort());
	});

	it('of one row refuses what breaks it, by its name', async () => {
		for (const { rule = '', 'broken by': change = '' } of CHECKS) {
			const table = constraints.find(({ name }) => name === rule)?.table ?? '';
			const broken = await broke(`update ${table} set ${change} where ${world.rows[table]}`);
			expect(broken?.constraint, rule).toBe(rule);
		}
	});

	it('of several rows refuses what breaks it, by its name', async () => {
		for (const { rule = '', table = '', 'broken by': change = '' } of TRIGGERS) {
			const statements = change.includes('update:')
				? changesOf(table, change)
				: await copyOf(table, change);
			expect((await broke(statements, 'nothing'))?.constraint, rule).toBe(rule);
		}
	});

	it('refuses what points to nothing', async () => {
		for (const { name, table, columns } of constraints.filter(({ type }) => type === 'f')) {
			const column = columns[0] ?? '';
			const { rows } = await superuser.query<{ type: string }>(
				'select format_type(atttypid, null) as type from pg_attribute where attrelid = $1::regclass and attname = $2',
				[table, column]
			);
			const nothing = { uuid: randomUUID(), bigint: '987654321', text: '99999' }[
				rows[0]?.type ?? ''
			];
			const row = name === 'month_totals_measure_fk' ? 'measure_id is not null' : world.rows[table];
			const others = WITH_OTHERS[name] ?? '';
			const change = `update ${table} set ${column} = '${nothing}'${others} where ${row}`;
			expect((await broke(change, name))?.constraint, name).toBe(name);
		}
	});

	it('refuses what is there already', async () => {
		for (const { name, table, columns } of constraints.filter(({ type }) => type === 'u')) {
			if (TARGETS.includes(name)) continue;
			const values = UNIQUE_VALUES[name];
			const id = /id = '([^']+)'/.exec(world.rows[table] ?? '')?.[1] ?? '';
			const same = values?.replace('$id', `'${id}'`) ?? 'id = id';
			const twice = values
				? [await copyOf(table, same, columns), await copyOf(table, same, columns)]
				: [await copyOf(table, '', columns)];
			expect((await broke(twice.join(';'), name))?.constraint, name).toBe(name);
		}
	});
});

describe('what a person can meet', () => {
	it('is a full French sentence with the field it concerns', () => {
		for (const { rule = '', field } of MET) {
			const error = Object.assign(new pg.DatabaseError('', 0, 'error'), { constraint: rule });
			const refusal = refusalOf(new Error('Failed query', { cause: error }));
			expect(refusal?.field ?? undefined, rule).toBe(field);
			expect(refusal?.message, rule).toMatch(/^[A-ZÉÀ][^']{10,}\.$/);
			expect(refusal?.message, rule).not.toMatch(/[^\u00a0] [:;!?€%]|\d \d/);
		}
	});

	it('has a sentence only where there is a rule, and each sentence is listed here', () => {
		expect(Object.keys(REFUSALS).sort()).toEqual(MET.map(({ rule }) => rule).sort());
		const known = [
			...constraints.map(({ name }) => name),
			...TRIGGERS.map(({ rule }) => rule),
			'entries_append_only',
			'deliberations_append_only',
			'observations_append_only',
			'declaration_lines_append_only',
			// Indexes of a part of the table: broken in declarations/attacks.test.ts.
			'entries_line_posted_once',
			'observations_count_recorded_once'
		];
		expect(known).toEqual(expect.arrayContaining(Object.keys(REFUSALS)));
	});

	it('is nothing where the failure is not a rule', () => {
		expect(refusalOf(new Error('disk full'))).toBeNull();
		const other = Object.assign(new pg.DatabaseError('', 0, 'error'), {
			constraint: 'month_totals_key'
		});
		expect(refusalOf(other)).toBeNull();
	});
});

/** Changes of the sample row, one after the other: `update: state = 'draft'; commit` checks what waits for the commit. */
const changesOf = (table: string, change: string): string =>
	change
		.split('; ')
		.map((step) =>
			step === 'commit'
				? 'set constraints all immediate'
				: `${step.replace('update:', `update ${table} set`)} where ${world.rows[table]}`
		)
		.join(';')
		.replaceAll('$finance', `'${world.financeId}'`);

/** An insert of the sample row again, with something changed; the key is new unless it is asked for. */
async function copyOf(table: string, change: string, keep: string[] = []): Promise<string> {
	const { rows } = await superuser.query<{ name: string; key: boolean; made: boolean }>(
		`select a.attname as name, a.attidentity <> '' or a.attgenerated <> '' as made,
			exists (select from pg_index i where i.indrelid = a.attrelid and i.indisprimary
				and a.attnum = any(i.indkey)) as key
		from pg_attribute a where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped`,
		[table]
	);
	const changes = new Map(
		change.split(/, (?=\w+ =)/).flatMap((part) => {
			const found = /^(\w+) = (.*)$/s.exec(part);
			return found ? [[found[1] ?? '', found[2] ?? ''] as const] : [];
		})
	);
	const columns = rows.filter(({ name, made, key }) => !made && (!key || keep.includes(name)));
	const names = columns.map(({ name }) => name);
	return `insert into ${table} (${names.join(', ')})
		select ${names.map((name) => changes.get(name) ?? name).join(', ')}
		from ${table} where ${world.rows[table]}`;
}

/** The error of statements in a transaction that is rolled back; append-only stands aside for once. */
async function broke(statements: string, only?: string): Promise<pg.DatabaseError | null> {
	const table = /^(?:update|insert into) (\w+)/.exec(statements)?.[1] ?? '';
	await superuser.query('begin');
	try {
		// Triggers are what is tried: none stands aside.
		if (only === 'nothing') await superuser.query('set constraints all deferred');
		else if (only) await setAsideAllBut(only, table);
		else await superuser.query(`alter table ${table} disable trigger ${await appendOnly(table)}`);
		await superuser.query(statements);
		return null;
	} catch (error) {
		return error as pg.DatabaseError;
	} finally {
		await superuser.query('rollback');
	}
}

/** Two rules of a table may forbid the same: here one stands alone, until the transaction is rolled back. */
async function setAsideAllBut(rule: string, table: string): Promise<void> {
	await superuser.query(`alter table ${table} disable trigger user`);
	await superuser.query(
		`do $$ declare c record; begin
			for c in select conname, conrelid::regclass as owner from pg_constraint
				where '${table}'::regclass in (conrelid, confrelid) and contype = 'f' and conname <> '${rule}'
			loop execute format('alter table %s drop constraint %I', c.owner, c.conname); end loop;
			if '${rule}' like '%key' or '${rule}' like '%once' then
				for c in select conname from pg_constraint
					where conrelid = '${table}'::regclass and contype in ('u', 'c', 'p') and conname <> '${rule}'
				loop execute format('alter table ${table} drop constraint %I', c.conname); end loop;
			end if;
		end $$`
	);
}

async function appendOnly(table: string): Promise<string> {
	const { rows } = await superuser.query(
		"select from pg_trigger where tgrelid = $1::regclass and tgname = 'append_only'",
		[table]
	);
	return rows.length > 0 ? 'append_only' : 'user';
}
