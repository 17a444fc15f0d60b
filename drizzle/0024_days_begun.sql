-- The days of an envelope on which a declaration was begun, and nothing else of it: finance sees no draft, but sets
-- no rhythm that cuts one. Whoever asks holds the days until the end of the transaction, as who begins one does.
create function days_begun(envelope uuid) returns table (starts_on date, ends_on date)
	language plpgsql strict security definer set search_path from current as $$
begin
	perform pg_advisory_xact_lock(hashtext('tenu.declared_days'), hashtext(envelope::text));
	return query
		select d.period_starts_on, d.period_ends_on from declarations d
		where d.envelope_id = envelope
		order by 1;
end $$;
--> statement-breakpoint
-- Another partner for an envelope of which something is declared and not accepted: the one of before could not go on
-- with it, and the one of after could not declare these days.
create function keep_partner_of_declarations() returns trigger
	language plpgsql security definer set search_path from current as $$
begin
	if new.partner_id is distinct from old.partner_id then
		perform pg_advisory_xact_lock(hashtext('tenu.declared_days'), hashtext(new.id::text));
		if exists (
			select from declarations d
			where d.envelope_id = new.id and d.organisation_id <> new.partner_id and d.state <> 'accepted'
		) then
			raise exception 'an envelope keeps its partner while a declaration of it is not accepted'
				using errcode = 'check_violation', constraint = 'envelopes_partner_while_declared';
		end if;
	end if;
	return new;
end $$;
--> statement-breakpoint
create trigger keep_partner_of_declarations before update of partner_id on envelopes
	for each row execute function keep_partner_of_declarations();
--> statement-breakpoint
do $$
declare
	f record;
begin
	for f in
		select p.oid::regprocedure as signature from pg_proc p
		where p.pronamespace = current_schema()::regnamespace
			and p.proname in ('days_begun', 'keep_partner_of_declarations')
	loop
		execute format('revoke all on function %s from public', f.signature);
		execute format('alter function %s set search_path = %I, pg_temp', f.signature, current_schema());
	end loop;
end $$;
--> statement-breakpoint
grant execute on function days_begun(uuid) to tenu_finance;
