-- Evidence as it was sent. Finance and administrators see the files with which a declaration was sent, the last time
-- or before, also those that were taken off since; nobody but its organisation sees what is attached to a draft.

-- A file comes and goes while its declaration is held, at that very instant, so that it is told for good on which side
-- of each sending it stands: nobody says themselves when it was.
create function time_declaration_file() returns trigger language plpgsql security definer set search_path from current as $$
begin
	perform from declarations d
	where d.id = new.declaration_id and d.organisation_id = current_organisation_id()
		and d.state in ('draft', 'returned', 'reopened')
	for update;
	if not found then
		raise exception 'files come and go while a declaration can be edited'
			using errcode = 'insufficient_privilege';
	end if;
	if tg_op = 'INSERT' then
		new.uploaded_at := clock_timestamp();
	else
		new.removed_at := clock_timestamp();
	end if;
	return new;
end $$;
--> statement-breakpoint
create trigger time_declaration_file before insert or update on declaration_files
	for each row when (current_user = 'tenu_partner') execute function time_declaration_file();
--> statement-breakpoint
drop policy declaration_files_read on declaration_files;
--> statement-breakpoint
create policy declaration_files_read_own on declaration_files for select to tenu_partner using (
	exists (select from declarations d where d.id = declaration_files.declaration_id)
);
--> statement-breakpoint
create policy declaration_files_read_sent on declaration_files for select
	to tenu_finance, tenu_admin, tenu_clock
	using (
		exists (
			select from declarations d
			where d.id = declaration_files.declaration_id
				and declaration_files.uploaded_at < d.submitted_at
		)
		and (
			removed_at is null
			or exists (
				select from declaration_events e
				where e.declaration_id = declaration_files.declaration_id and e.action = 'submit'
					and e.at > declaration_files.uploaded_at and e.at < declaration_files.removed_at
			)
		)
	);
--> statement-breakpoint

-- The same of the history: what was attached, taken off or taken over since the last sending is told by the next one.
drop policy declaration_events_read on declaration_events;
--> statement-breakpoint
create policy declaration_events_read on declaration_events for select to tenu_partner, tenu_clock using (
	exists (select from declarations d where d.id = declaration_events.declaration_id)
);
--> statement-breakpoint
create policy declaration_events_read_sent on declaration_events for select to tenu_finance, tenu_admin using (
	exists (
		select from declarations d
		where d.id = declaration_events.declaration_id
			and (
				declaration_events.action not in ('attach', 'detach', 'import')
				or declaration_events.submission < d.submission
			)
	)
);
--> statement-breakpoint

-- A spreadsheet is taken over while its declaration can be edited, and then stands as it was taken. It may still be read
-- while its declaration waits for a decision: nobody else sees it.
alter policy imports_change on imports
	using (
		state <> 'applied'
		and exists (select from declarations d where d.id = imports.declaration_id)
	)
	with check (
		(state <> 'applied' and applied_at is null)
		or (
			state = 'applied' and applied_at = now()
			and exists (
				select from declarations d
				where d.id = imports.declaration_id and d.state in ('draft', 'returned', 'reopened')
			)
		)
	);
--> statement-breakpoint
alter policy imports_applied on imports using (
	state = 'applied'
	and exists (
		select from declarations d
		where d.id = imports.declaration_id and imports.applied_at < d.submitted_at
	)
);
--> statement-breakpoint
alter policy import_rows_add on import_rows with check (
	import_id in (select i.id from imports i where i.state <> 'applied')
);
--> statement-breakpoint

-- What a declaration became, for those who see the ledger it stands in: as the policies of programmes and envelopes
-- have it, which elected officials pass and those of declarations they do not.
create or replace function entries_of_declaration(declaration bigint) returns setof bigint
	language sql stable strict security definer set search_path from current as $$
	with posted as (
		select e.id from declarations d
		join envelopes v on v.id = d.envelope_id
		join programmes p on p.id = v.programme_id
		join declaration_lines l on l.declaration_id = d.id
		join entries e on e.declaration_line_id = l.id and e.reverses_entry_id is null
		where d.number = declaration and case current_setting('role')
			when 'tenu_finance' then true
			when 'tenu_admin' then true
			when 'tenu_elected' then p.validated_at is not null
			when 'tenu_partner' then
				p.validated_at is not null and v.partner_id = current_organisation_id()
			else false
		end
	)
	select p.id from posted p
	union all
	select r.id from posted p join entries r on r.reverses_entry_id = p.id
$$;
--> statement-breakpoint
do $$
declare
	f record;
begin
	for f in
		select p.oid::regprocedure as signature from pg_proc p
		where p.pronamespace = current_schema()::regnamespace and p.prosecdef
			and p.proname in ('time_declaration_file', 'entries_of_declaration')
	loop
		execute format('revoke all on function %s from public', f.signature);
		execute format('alter function %s set search_path = %I, pg_temp', f.signature, current_schema());
	end loop;
end $$;
