-- Who sees and changes what of declarations, spreadsheets and mails.
-- `tenu_clock` is what runs by the clock, on nobody's behalf: it writes and sends mails.

do $$ begin
	execute format('grant usage on schema %I to tenu_clock', current_schema());
end $$;
--> statement-breakpoint
alter table declaration_duties enable row level security;
--> statement-breakpoint
alter table declarations enable row level security;
--> statement-breakpoint
alter table declaration_cells enable row level security;
--> statement-breakpoint
alter table declaration_lines enable row level security;
--> statement-breakpoint
alter table declaration_counts enable row level security;
--> statement-breakpoint
alter table declaration_files enable row level security;
--> statement-breakpoint
alter table declaration_events enable row level security;
--> statement-breakpoint
alter table imports enable row level security;
--> statement-breakpoint
alter table import_rows enable row level security;
--> statement-breakpoint
alter table column_matches enable row level security;
--> statement-breakpoint
alter table mails enable row level security;
--> statement-breakpoint
alter table mail_refusals enable row level security;
--> statement-breakpoint

-- Duties: finance sets them, the partner of the envelope reads its own.
grant select on declaration_duties to tenu_finance, tenu_partner, tenu_admin, tenu_clock;
--> statement-breakpoint
grant insert (envelope_id, frequency, due_days, starts_on, by_operation, set_by),
	update (frequency, due_days, starts_on, by_operation, set_by, set_at)
	on declaration_duties to tenu_finance;
--> statement-breakpoint
create policy declaration_duties_read on declaration_duties for select
	to tenu_finance, tenu_admin, tenu_clock using (true);
--> statement-breakpoint
create policy declaration_duties_read_own on declaration_duties for select to tenu_partner
	using (envelope_id in (select e.id from envelopes e));
--> statement-breakpoint
create policy declaration_duties_add on declaration_duties for insert to tenu_finance
	with check (set_by = (select current_user_id()));
--> statement-breakpoint
create policy declaration_duties_change on declaration_duties for update to tenu_finance
	using (true) with check (set_by = (select current_user_id()));
--> statement-breakpoint

-- Declarations: those of one's organisation, drafts included; finance and administrators what was sent.
grant select on declarations, declaration_lines, declaration_counts, declaration_files, declaration_events
	to tenu_finance, tenu_partner, tenu_admin, tenu_clock;
--> statement-breakpoint
create policy declarations_read_own on declarations for select to tenu_partner using (
	organisation_id = (select current_organisation_id())
	and envelope_id in (select e.id from envelopes e)
);
--> statement-breakpoint
create policy declarations_read_sent on declarations for select to tenu_finance, tenu_admin
	using (submission > 0);
--> statement-breakpoint
create policy declarations_read_clock on declarations for select to tenu_clock using (true);
--> statement-breakpoint
grant insert (id, envelope_id, organisation_id, period_starts_on, period_ends_on, created_by),
	update (state, submission, nothing_to_declare, comment, overrun_reason, digest, submitted_by, submitted_at)
	on declarations to tenu_partner;
--> statement-breakpoint
create policy declarations_begin on declarations for insert to tenu_partner with check (
	organisation_id = (select current_organisation_id())
	and envelope_id in (select e.id from envelopes e)
	and created_by = (select current_user_id())
);
--> statement-breakpoint
create policy declarations_send on declarations for update to tenu_partner
	using (
		organisation_id = (select current_organisation_id())
		and envelope_id in (select e.id from envelopes e)
		and state <> 'accepted'
	)
	with check (
		state = 'draft'
		or (state = 'submitted' and submitted_by = (select current_user_id()) and submitted_at = now())
	);
--> statement-breakpoint
grant update (state, decided_by, decided_at, reason) on declarations to tenu_finance;
--> statement-breakpoint
create policy declarations_decide on declarations for update to tenu_finance
	using (submission > 0 and state in ('submitted', 'accepted'))
	with check (
		state in ('accepted', 'returned', 'reopened')
		and decided_by = (select current_user_id()) and decided_at = now()
	);
--> statement-breakpoint

-- What is being typed belongs to the organisation that declares, and to nobody else.
grant select, insert (declaration_id, key, value, updated_by), update (value, updated_by, updated_at), delete
	on declaration_cells to tenu_partner;
--> statement-breakpoint
create policy declaration_cells_read on declaration_cells for select to tenu_partner
	using (declaration_id in (select d.id from declarations d));
--> statement-breakpoint
create policy declaration_cells_add on declaration_cells for insert to tenu_partner with check (
	updated_by = (select current_user_id())
	and declaration_id in (
		select d.id from declarations d where d.state in ('draft', 'returned', 'reopened')
	)
);
--> statement-breakpoint
create policy declaration_cells_change on declaration_cells for update to tenu_partner
	using (declaration_id in (
		select d.id from declarations d where d.state in ('draft', 'returned', 'reopened')
	))
	with check (updated_by = (select current_user_id()));
--> statement-breakpoint
create policy declaration_cells_clear on declaration_cells for delete to tenu_partner using (
	declaration_id in (
		select d.id from declarations d where d.state in ('draft', 'returned', 'reopened')
	)
);
--> statement-breakpoint

-- Lines and counts come into being in the very transaction in which the declaration is sent.
grant insert on declaration_lines, declaration_counts to tenu_partner;
--> statement-breakpoint
create policy declaration_lines_read on declaration_lines for select
	to tenu_finance, tenu_partner, tenu_admin, tenu_clock
	using (declaration_id in (select d.id from declarations d));
--> statement-breakpoint
create policy declaration_lines_send on declaration_lines for insert to tenu_partner with check (
	(declaration_id, submission, envelope_id) in (
		select d.id, d.submission, d.envelope_id from declarations d
		where d.state = 'submitted' and d.submitted_by = (select current_user_id())
			and d.submitted_at = now()
	)
);
--> statement-breakpoint
create policy declaration_counts_read on declaration_counts for select
	to tenu_finance, tenu_partner, tenu_admin, tenu_clock
	using (line_id in (select l.id from declaration_lines l));
--> statement-breakpoint
create policy declaration_counts_send on declaration_counts for insert to tenu_partner with check (
	line_id in (
		select l.id from declaration_lines l
		join declarations d on d.id = l.declaration_id and d.submission = l.submission
		where d.state = 'submitted' and d.submitted_by = (select current_user_id())
			and d.submitted_at = now()
	)
	and indicator_id in (select i.id from indicators i)
);
--> statement-breakpoint

-- Evidence: attached and removed while it can still be changed.
grant insert (id, declaration_id, row_key, digest, name, media_type, size_bytes, uploaded_by),
	update (removed_by, removed_at)
	on declaration_files to tenu_partner;
--> statement-breakpoint
create policy declaration_files_read on declaration_files for select
	to tenu_finance, tenu_partner, tenu_admin, tenu_clock
	using (declaration_id in (select d.id from declarations d));
--> statement-breakpoint
create policy declaration_files_attach on declaration_files for insert to tenu_partner with check (
	uploaded_by = (select current_user_id())
	and declaration_id in (
		select d.id from declarations d where d.state in ('draft', 'returned', 'reopened')
	)
);
--> statement-breakpoint
create policy declaration_files_remove on declaration_files for update to tenu_partner
	using (
		removed_at is null
		and declaration_id in (
			select d.id from declarations d where d.state in ('draft', 'returned', 'reopened')
		)
	)
	with check (removed_by = (select current_user_id()));
--> statement-breakpoint

-- What happened, each side in its own words and its own name.
grant insert (declaration_id, actor_id, action, submission, row_key, text, details)
	on declaration_events to tenu_finance, tenu_partner;
--> statement-breakpoint
create policy declaration_events_read on declaration_events for select
	to tenu_finance, tenu_partner, tenu_admin, tenu_clock
	using (declaration_id in (select d.id from declarations d));
--> statement-breakpoint
create policy declaration_events_of_partner on declaration_events for insert to tenu_partner with check (
	actor_id = (select current_user_id())
	and declaration_id in (select d.id from declarations d)
	and action in ('create', 'submit', 'withdraw', 'message', 'attach', 'detach', 'import')
);
--> statement-breakpoint
create policy declaration_events_of_finance on declaration_events for insert to tenu_finance with check (
	actor_id = (select current_user_id())
	and declaration_id in (select d.id from declarations d)
	and action in ('accept', 'return', 'reopen', 'message', 'remark')
);
--> statement-breakpoint
-- A partner reads the name of whoever acted on its declarations.
create policy users_read_acting on users for select to tenu_partner
	using (id in (select e.actor_id from declaration_events e));
--> statement-breakpoint

-- Spreadsheets: of the organisation; finance sees those that became a declaration.
grant select on imports, import_rows to tenu_finance, tenu_partner;
--> statement-breakpoint
grant insert (id, declaration_id, file_digest, file_name, media_type, size_bytes, created_by),
	update (state, columns, read_count, line_count, problem_count, problem, applied_at)
	on imports to tenu_partner;
--> statement-breakpoint
grant insert, delete on import_rows to tenu_partner;
--> statement-breakpoint
create policy imports_own on imports for select to tenu_partner
	using (declaration_id in (select d.id from declarations d));
--> statement-breakpoint
create policy imports_applied on imports for select to tenu_finance
	using (state = 'applied' and declaration_id in (select d.id from declarations d));
--> statement-breakpoint
create policy imports_add on imports for insert to tenu_partner with check (
	created_by = (select current_user_id())
	and declaration_id in (
		select d.id from declarations d where d.state in ('draft', 'returned', 'reopened')
	)
);
--> statement-breakpoint
create policy imports_change on imports for update to tenu_partner
	using (declaration_id in (select d.id from declarations d)) with check (true);
--> statement-breakpoint
create policy import_rows_read on import_rows for select to tenu_partner, tenu_finance
	using (import_id in (select i.id from imports i));
--> statement-breakpoint
create policy import_rows_add on import_rows for insert to tenu_partner
	with check (import_id in (select i.id from imports i));
--> statement-breakpoint
create policy import_rows_clear on import_rows for delete to tenu_partner
	using (import_id in (select i.id from imports i where i.state <> 'applied'));
--> statement-breakpoint
grant select, insert (organisation_id, heading_digest, matches, updated_by), update (matches, updated_by, updated_at)
	on column_matches to tenu_partner;
--> statement-breakpoint
create policy column_matches_own on column_matches for all to tenu_partner
	using (organisation_id = (select current_organisation_id()))
	with check (
		organisation_id = (select current_organisation_id())
		and updated_by = (select current_user_id())
	);
--> statement-breakpoint

-- Mails: written and sent by the clock, read by administrators; each says what they do not want.
grant select, insert, update on mails to tenu_clock;
--> statement-breakpoint
create policy mails_clock on mails for all to tenu_clock using (true) with check (true);
--> statement-breakpoint
grant select on mails to tenu_admin;
--> statement-breakpoint
create policy mails_read on mails for select to tenu_admin using (true);
--> statement-breakpoint
grant select, insert, delete on mail_refusals to tenu_finance, tenu_partner, tenu_elected, tenu_admin;
--> statement-breakpoint
create policy mail_refusals_own on mail_refusals for all
	to tenu_finance, tenu_partner, tenu_elected, tenu_admin
	using (user_id = (select current_user_id()))
	with check (user_id = (select current_user_id()));
--> statement-breakpoint
grant select on mail_refusals to tenu_clock;
--> statement-breakpoint
create policy mail_refusals_clock on mail_refusals for select to tenu_clock using (true);
--> statement-breakpoint

-- What the clock needs to know whom to write to, and about what.
grant select on envelopes, programmes, organisations, settings to tenu_clock;
--> statement-breakpoint
create policy envelopes_clock on envelopes for select to tenu_clock using (true);
--> statement-breakpoint
create policy programmes_clock on programmes for select to tenu_clock using (true);
--> statement-breakpoint
create policy organisations_clock on organisations for select to tenu_clock using (true);
--> statement-breakpoint
create policy settings_clock on settings for select to tenu_clock using (true);
--> statement-breakpoint
grant select (id, email, name, role, organisation_id, deactivated_at, fictitious) on users to tenu_clock;
--> statement-breakpoint
create policy users_clock on users for select to tenu_clock using (true);
--> statement-breakpoint

-- A partner's commands, too, answer the second time what they did the first.
grant select, insert on command_receipts to tenu_partner;
--> statement-breakpoint
create policy command_receipts_own_partner on command_receipts for all to tenu_partner
	using (actor_id = (select current_user_id()))
	with check (actor_id = (select current_user_id()));
--> statement-breakpoint

-- Finance posts what was declared, and confirms an operation by accepting the line that describes it.
grant insert (declaration_line_id) on entries to tenu_finance;
--> statement-breakpoint
grant insert (declaration_count_id, withdrawn) on observations to tenu_finance;
--> statement-breakpoint
grant insert (id, envelope_id, name, landlord_id, commune_code, confirmed_at, fictitious)
	on operations to tenu_finance;
--> statement-breakpoint
create policy operations_add on operations for insert to tenu_finance with check (confirmed_at is not null);
--> statement-breakpoint
grant insert (id, name, kind, fictitious) on organisations to tenu_finance;
--> statement-breakpoint
create policy organisations_add on organisations for insert to tenu_finance with check (kind = 'landlord');
