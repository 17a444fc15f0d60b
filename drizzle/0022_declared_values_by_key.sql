-- The same rule as before; a value that replaces none is not looked up among all values.
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
		select from added a join observations o on o.id = a.replaces_observation_id
		where o.declaration_count_id is distinct from a.declaration_count_id
			and (a.withdrawn or o.declaration_count_id is not null)
	) or exists (select from added a where a.withdrawn and a.declaration_count_id is null) then
		raise exception 'what was declared is taken back by reopening its declaration'
			using errcode = 'check_violation', constraint = 'observations_declared_withdrawn_by_reopening';
	end if;
	return null;
end $$;
--> statement-breakpoint

-- Declared values come and go with a step of their declaration, which is counted at its commit: counted
-- twice, acceptances of different envelopes would wait for each other from here to their commit.
create function count_observations_change() returns trigger language plpgsql security definer set search_path from current as $$
begin
	if exists (select from added a where a.declaration_count_id is null) then
		update content_revision set revision = revision + 1 where id = pg_backend_pid() % 16;
	end if;
	return null;
end $$;
--> statement-breakpoint
drop trigger z_count_content_change on observations;
--> statement-breakpoint
create trigger z_count_content_change after insert on observations
	referencing new table as added for each statement execute function count_observations_change();
--> statement-breakpoint
do $$
declare
	f record;
begin
	for f in
		select p.oid::regprocedure as signature from pg_proc p
		where p.pronamespace = current_schema()::regnamespace and p.prosecdef
			and p.proname in ('check_declared_observations', 'count_observations_change')
	loop
		execute format('revoke all on function %s from public', f.signature);
		execute format('alter function %s set search_path = %I, pg_temp', f.signature, current_schema());
	end loop;
end $$;
