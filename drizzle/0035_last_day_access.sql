-- A last day that an act moves is still known as it was, from every viewpoint before the act.

create trigger append_only before update or delete or truncate on last_day_moves
	for each statement execute function refuse_change();
--> statement-breakpoint
create trigger z_count_content_change after insert on last_day_moves
	for each statement execute function count_content_change();
--> statement-breakpoint

-- No last day and no horizon changes without a trace of what it was, and of the act that moved it.
create function check_programme_days_traced() returns trigger language plpgsql set search_path from current as $$
begin
	if not exists (
		select from last_day_moves m
		where m.programme_id = new.id and m.recorded_at = now()
			and (m.ends_on_before, m.horizon_ends_on_before, m.horizon_citation_id_before)
				is not distinct from (old.ends_on, old.horizon_ends_on, old.horizon_citation_id)
			and (m.ends_on_after, m.horizon_ends_on_after, m.horizon_citation_id_after)
				is not distinct from (new.ends_on, new.horizon_ends_on, new.horizon_citation_id)
	) then
		raise exception 'the last day of a programme is moved by an act, with a trace'
			using errcode = 'check_violation', constraint = 'programmes_last_day_traced';
	end if;
	return null;
end $$;
--> statement-breakpoint
create trigger check_days_traced after update on programmes for each row
	when ((old.ends_on, old.horizon_ends_on, old.horizon_citation_id)
		is distinct from (new.ends_on, new.horizon_ends_on, new.horizon_citation_id))
	execute function check_programme_days_traced();
--> statement-breakpoint
create function check_envelope_day_traced() returns trigger language plpgsql set search_path from current as $$
begin
	if not exists (
		select from last_day_moves m
		where m.envelope_id = new.id and m.recorded_at = now()
			and m.ends_on_before = old.ends_on and m.ends_on_after = new.ends_on
	) then
		raise exception 'the last day of an envelope is moved by an act, with a trace'
			using errcode = 'check_violation', constraint = 'envelopes_last_day_traced';
	end if;
	return null;
end $$;
--> statement-breakpoint
create trigger check_day_traced after update on envelopes for each row
	when (old.ends_on is distinct from new.ends_on)
	execute function check_envelope_day_traced();
--> statement-breakpoint

alter table last_day_moves enable row level security;
--> statement-breakpoint
grant select on last_day_moves to tenu_finance, tenu_partner, tenu_elected, tenu_admin;
--> statement-breakpoint
create policy last_day_moves_read on last_day_moves for select to tenu_finance, tenu_admin using (true);
--> statement-breakpoint
-- Whoever sees a programme or an envelope sees since when it ends when it does.
create policy last_day_moves_read_with_its_row on last_day_moves for select to tenu_partner, tenu_elected using (
	envelope_id in (select e.id from envelopes e) or programme_id in (select p.id from programmes p)
);
--> statement-breakpoint
grant insert (programme_id, envelope_id, ends_on_before, ends_on_after, horizon_ends_on_before,
	horizon_citation_id_before, horizon_ends_on_after, horizon_citation_id_after, deliberation_id,
	effective_on, recorded_by) on last_day_moves to tenu_finance;
--> statement-breakpoint
create policy last_day_moves_add on last_day_moves for insert to tenu_finance
	with check (recorded_by = (select current_user_id()));
