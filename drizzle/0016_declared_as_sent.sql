-- An entry of a declaration bears the kind of its circuit and the last day of the period it speaks of; an
-- operation that a line describes is one that finance confirmed, in that commune.
create or replace function check_declared_entries() returns trigger language plpgsql security definer set search_path from current as $$
begin
	if exists (
		select from added a
		join declaration_lines l on l.id = a.declaration_line_id
		join declarations d on d.id = l.declaration_id
		join envelopes e on e.id = d.envelope_id
		where a.kind <> case when e.circuit = 'earmarked_revenue' then 'receipt' else 'disbursement' end
			or (a.reverses_entry_id is null
				and a.effective_on <> coalesce(l.corrects_to, d.period_ends_on))
			or (l.new_operation_name is not null and not exists (
				select from operations o
				where o.id = a.operation_id and o.commune_code = l.new_operation_commune
					and o.confirmed_at is not null
			))
	) then
		raise exception 'an entry of a declaration says what its line says'
			using errcode = 'check_violation', constraint = 'entries_as_declared';
	end if;
	return null;
end $$;
--> statement-breakpoint
create trigger a_check_declared_entries after insert on entries
	referencing new table as added for each statement execute function check_declared_entries();
--> statement-breakpoint

-- A value that was declared speaks of the period, the operation and the commune of its line. It is taken
-- back by reopening its declaration, all of it, and by nothing else; nothing else is withdrawn.
create or replace function check_declared_observations() returns trigger language plpgsql security definer set search_path from current as $$
begin
	if exists (
		select from added a
		join declaration_counts c on c.id = a.declaration_count_id
		join declaration_lines l on l.id = c.line_id
		join declarations d on d.id = l.declaration_id
		left join operations o on o.id = a.operation_id
		where a.period_starts_on <> coalesce(l.corrects_from, d.period_starts_on)
			or a.period_ends_on <> coalesce(l.corrects_to, d.period_ends_on)
			or a.commune_code is distinct from coalesce(o.commune_code, c.commune_code)
			or (l.new_operation_name is null and a.operation_id is distinct from l.operation_id)
			or (l.new_operation_name is not null
				and o.commune_code is distinct from l.new_operation_commune)
	) then
		raise exception 'an observation of a declaration says what was counted there'
			using errcode = 'check_violation', constraint = 'observations_as_declared';
	end if;
	if exists (
		select from added a left join observations o on o.id = a.replaces_observation_id
		where o.declaration_count_id is distinct from a.declaration_count_id
			and (a.withdrawn or o.declaration_count_id is not null)
	) or exists (select from added a where a.withdrawn and a.declaration_count_id is null) then
		raise exception 'what was declared is taken back by reopening its declaration'
			using errcode = 'check_violation', constraint = 'observations_declared_withdrawn_by_reopening';
	end if;
	return null;
end $$;
--> statement-breakpoint
create trigger check_declared_observations after insert on observations
	referencing new table as added for each statement execute function check_declared_observations();
--> statement-breakpoint

-- That finance decided is told by whoever decides, in the transaction in which they do.
drop policy declaration_events_of_finance on declaration_events;
--> statement-breakpoint
create policy declaration_events_of_finance on declaration_events for insert to tenu_finance with check (
	actor_id = (select current_user_id())
	and (
		(action in ('message', 'remark') and declaration_id in (select d.id from declarations d))
		or (declaration_id, action, submission) in (
			select d.id,
				case d.state when 'accepted' then 'accept' when 'returned' then 'return' when 'reopened' then 'reopen' end,
				d.submission
			from declarations d
			where d.decided_by = (select current_user_id()) and d.decided_at = now()
		)
	)
);
--> statement-breakpoint

-- An acceptance that confirms an operation counts that change at its commit, behind every other lock, so
-- that none waits for another in a circle.
drop trigger z_count_content_change on operations;
--> statement-breakpoint
create constraint trigger z_count_content_change after insert or update or delete on operations
	deferrable initially deferred
	for each row execute function count_content_change();
--> statement-breakpoint
drop trigger z_count_content_change on organisations;
--> statement-breakpoint
create constraint trigger z_count_content_change after insert or update or delete on organisations
	deferrable initially deferred
	for each row execute function count_content_change();
--> statement-breakpoint
do $$
declare
	f record;
begin
	for f in
		select p.oid::regprocedure as signature from pg_proc p
		where p.pronamespace = current_schema()::regnamespace and p.prosecdef
			and p.proname in ('check_declared_entries', 'check_declared_observations')
	loop
		execute format('revoke all on function %s from public', f.signature);
		execute format('alter function %s set search_path = %I, pg_temp', f.signature, current_schema());
	end loop;
end $$;
