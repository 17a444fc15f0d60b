-- The same rights as before, asked row by row: `in (select …)` read every declaration, and every line of
-- them, to answer for the three lines of one. With `exists` the key is looked up.

-- Lines and counts come into being by being sent: who sees all that was sent sees all of them.
drop policy declaration_lines_read on declaration_lines;
--> statement-breakpoint
create policy declaration_lines_read on declaration_lines for select
	to tenu_finance, tenu_admin, tenu_clock using (true);
--> statement-breakpoint
create policy declaration_lines_read_own on declaration_lines for select to tenu_partner using (
	exists (select from declarations d where d.id = declaration_lines.declaration_id)
);
--> statement-breakpoint
alter policy declaration_lines_send on declaration_lines with check (
	exists (
		select from declarations d
		where d.id = declaration_lines.declaration_id and d.submission = declaration_lines.submission
			and d.envelope_id = declaration_lines.envelope_id and d.state = 'submitted'
			and d.submitted_by = (select current_user_id()) and d.submitted_at = now()
	)
);
--> statement-breakpoint
drop policy declaration_counts_read on declaration_counts;
--> statement-breakpoint
create policy declaration_counts_read on declaration_counts for select
	to tenu_finance, tenu_admin, tenu_clock using (true);
--> statement-breakpoint
create policy declaration_counts_read_own on declaration_counts for select to tenu_partner using (
	exists (select from declaration_lines l where l.id = declaration_counts.line_id)
);
--> statement-breakpoint
alter policy declaration_counts_send on declaration_counts with check (
	exists (
		select from declaration_lines l
		join declarations d on d.id = l.declaration_id and d.submission = l.submission
		where l.id = declaration_counts.line_id and d.state = 'submitted'
			and d.submitted_by = (select current_user_id()) and d.submitted_at = now()
	)
	and exists (select from indicators i where i.id = declaration_counts.indicator_id)
);
--> statement-breakpoint
alter policy declaration_files_read on declaration_files using (
	exists (select from declarations d where d.id = declaration_files.declaration_id)
);
--> statement-breakpoint
alter policy declaration_events_read on declaration_events using (
	exists (select from declarations d where d.id = declaration_events.declaration_id)
);
--> statement-breakpoint
alter policy declaration_events_of_partner on declaration_events with check (
	actor_id = (select current_user_id())
	and exists (select from declarations d where d.id = declaration_events.declaration_id)
	and action in ('create', 'submit', 'withdraw', 'message', 'attach', 'detach', 'import')
);
--> statement-breakpoint
alter policy declaration_events_of_finance on declaration_events with check (
	actor_id = (select current_user_id())
	and exists (
		select from declarations d
		where d.id = declaration_events.declaration_id and (
			declaration_events.action in ('message', 'remark')
			or (
				d.submission = declaration_events.submission
				and d.decided_by = (select current_user_id()) and d.decided_at = now()
				and declaration_events.action = case d.state
					when 'accepted' then 'accept' when 'returned' then 'return' when 'reopened' then 'reopen'
				end
			)
		)
	)
);
--> statement-breakpoint
alter policy declaration_cells_read on declaration_cells using (
	exists (select from declarations d where d.id = declaration_cells.declaration_id)
);
--> statement-breakpoint
alter policy users_read_acting on users using (
	exists (select from declaration_events e where e.actor_id = users.id)
);
--> statement-breakpoint

-- At the commit of a declaration: the same question as before, of which each part is found by a key.
create or replace function check_declaration_posted() returns trigger language plpgsql security definer set search_path from current as $$
begin
	if exists (
		select from declarations d
		join declaration_lines l on l.declaration_id = d.id
		left join entries e on e.declaration_line_id = l.id and e.reverses_entry_id is null
			and not exists (select from entries r where r.reverses_entry_id = e.id)
		where d.id = new.id
			and (e.id is not null) <> (
				d.state = 'accepted' and l.submission = d.submission and coalesce(l.amount_cents, 0) <> 0
			)
	) or exists (
		select from declarations d
		join declaration_lines l on l.declaration_id = d.id
		join declaration_counts c on c.line_id = l.id
		left join observations o on o.declaration_count_id = c.id and not o.withdrawn
			and not exists (select from observations w where w.replaces_observation_id = o.id)
		where d.id = new.id
			and (o.id is not null) <> (d.state = 'accepted' and l.submission = d.submission)
	) then
		raise exception 'a declaration is posted whole when it is accepted, and only then'
			using errcode = 'check_violation', constraint = 'declarations_posted_whole';
	end if;
	return null;
end $$;
--> statement-breakpoint
do $$
begin
	execute format('alter function check_declaration_posted() set search_path = %I, pg_temp', current_schema());
end $$;
