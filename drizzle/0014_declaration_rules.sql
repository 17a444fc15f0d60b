-- What must never break in declarations, in the database itself.

create trigger append_only before update or delete or truncate on declaration_lines
	for each statement execute function refuse_change();
--> statement-breakpoint
create trigger append_only before update or delete or truncate on declaration_counts
	for each statement execute function refuse_change();
--> statement-breakpoint
create trigger append_only before update or delete or truncate on declaration_events
	for each statement execute function refuse_change();
--> statement-breakpoint

-- A declaration is of the partner of its envelope, for a period within it. In a demonstration it is fiction.
create function begin_declaration() returns trigger language plpgsql security definer set search_path from current as $$
begin
	if not exists (
		select from envelopes e
		where e.id = new.envelope_id and e.partner_id = new.organisation_id
			and new.period_starts_on >= e.starts_on and new.period_ends_on <= e.ends_on
	) then
		raise exception 'a declaration is of the partner of its envelope, for a period within it'
			using errcode = 'check_violation', constraint = 'declarations_of_its_envelope';
	end if;
	new.fictitious := (select s.demonstration from settings s);
	return new;
end $$;
--> statement-breakpoint
create trigger begin_declaration before insert on declarations
	for each row execute function begin_declaration();
--> statement-breakpoint

-- draft → submitted → accepted | returned → submitted …; submitted → draft; accepted → reopened → submitted.
create function check_declaration_change() returns trigger language plpgsql security definer set search_path from current as $$
begin
	if (old.state, new.state) not in (
		('draft', 'submitted'), ('returned', 'submitted'), ('reopened', 'submitted'),
		('submitted', 'draft'), ('submitted', 'accepted'), ('submitted', 'returned'),
		('accepted', 'reopened')
	) then
		raise exception 'a declaration does not go from % to %', old.state, new.state
			using errcode = 'check_violation', constraint = 'declarations_state_follows';
	end if;

	if new.state = 'submitted' then
		if new.submission <> old.submission + 1 then
			raise exception 'a declaration is sent one time after the other'
				using errcode = 'check_violation', constraint = 'declarations_state_follows';
		end if;
		if not exists (
			select from users u
			where u.id = new.submitted_by and u.organisation_id = new.organisation_id
		) then
			raise exception 'a declaration is sent by its organisation'
				using errcode = 'check_violation', constraint = 'declarations_sent_by_its_organisation';
		end if;
	elsif (new.submission, new.digest, new.submitted_by, new.submitted_at, new.nothing_to_declare,
			new.comment, new.overrun_reason)
		is distinct from (old.submission, old.digest, old.submitted_by, old.submitted_at,
			old.nothing_to_declare, old.comment, old.overrun_reason) then
		raise exception 'what was sent does not change'
			using errcode = 'check_violation', constraint = 'declarations_sent_is_kept';
	end if;

	-- Four eyes: whoever declared, or belongs to who declares, never decides (design §5.5).
	if new.state in ('accepted', 'returned', 'reopened') and (
		new.decided_by in (new.created_by, new.submitted_by)
		or exists (
			select from users u
			where u.id = new.decided_by and u.organisation_id = new.organisation_id
		)
		or exists (
			select from declaration_events e
			where e.declaration_id = new.id and e.actor_id = new.decided_by
				and e.action in ('create', 'submit', 'withdraw', 'attach', 'detach', 'import')
		)
		or exists (
			select from declaration_cells c
			where c.declaration_id = new.id and c.updated_by = new.decided_by
		)
	) then
		raise exception 'whoever declared never decides'
			using errcode = 'check_violation', constraint = 'declarations_four_eyes';
	end if;
	return new;
end $$;
--> statement-breakpoint
create trigger check_declaration_change before update on declarations
	for each row execute function check_declaration_change();
--> statement-breakpoint

-- At the commit: an accepted declaration stands in the ledger and in the observations, all of it and
-- once; any other does not stand there at all.
create function check_declaration_posted() returns trigger language plpgsql security definer set search_path from current as $$
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
			and not exists (
				select from observations w
				where w.withdrawn and w.declaration_count_id = c.id
			)
		where d.id = new.id
			and (o.id is not null) <> (d.state = 'accepted' and l.submission = d.submission)
	) then
		raise exception 'a declaration is posted whole when it is accepted, and only then'
			using errcode = 'check_violation', constraint = 'declarations_posted_whole';
	end if;
	return null;
end $$;
--> statement-breakpoint
create constraint trigger check_declaration_posted after insert or update on declarations
	deferrable initially deferred
	for each row execute function check_declaration_posted();
--> statement-breakpoint

-- The rules of an entry that need other rows, with those of declarations. Set-based, as before.
create or replace function check_entries() returns trigger language plpgsql security definer set search_path from current as $$
declare
	closed smallint;
begin
	-- A year that is being closed waits for the entries under way, and they for it.
	perform pg_advisory_xact_lock_shared(hashtext('tenu.fiscal_year'), years.fiscal_year)
	from (select distinct a.fiscal_year::int as fiscal_year from added a order by 1) years;

	select f.year into closed from fiscal_years f
	where f.year in (select a.fiscal_year from added a) limit 1;
	if closed is not null then
		raise exception 'fiscal year % is closed', closed
			using errcode = 'check_violation', constraint = 'entries_fiscal_year_open';
	end if;

	if exists (
		select from added a join envelopes e on e.id = a.envelope_id
		where a.kind = 'receipt' and e.circuit <> 'earmarked_revenue'
	) then
		raise exception 'only earmarked revenue is received'
			using errcode = 'check_violation', constraint = 'entries_receipt_of_earmarked_revenue';
	end if;

	if exists (select from added a where a.fictitious)
		and not exists (select from settings s where s.demonstration) then
		raise exception 'fictitious entries belong to a demonstration'
			using errcode = 'check_violation', constraint = 'entries_fictitious_in_demonstration';
	end if;

	if exists (
		select from added a join entries o on o.id = a.reverses_entry_id
		where o.reverses_entry_id is not null
	) then
		raise exception 'a reversal is never reversed'
			using errcode = 'check_violation', constraint = 'entries_reversal_not_reversed';
	end if;

	if exists (
		select from added a join entries o on o.id = a.reverses_entry_id
		where o.declaration_line_id is distinct from a.declaration_line_id
	) then
		raise exception 'what was declared is taken back by reopening its declaration'
			using errcode = 'check_violation', constraint = 'entries_declared_reversed_by_reopening';
	end if;

	if exists (
		select from added a join entries o on o.id = a.reverses_entry_id
		where o.envelope_id <> a.envelope_id or o.kind <> a.kind
			or o.amount_cents <> -a.amount_cents
			or o.measure_id is distinct from a.measure_id
			or o.operation_id is distinct from a.operation_id
			or o.counterparty_id is distinct from a.counterparty_id
			or o.fictitious <> a.fictitious
			or a.effective_on < o.effective_on
	) then
		raise exception 'a reversal is equal and opposite to the entry it names, and not earlier'
			using errcode = 'check_violation', constraint = 'entries_reversal_equal_and_opposite';
	end if;

	-- Only what an accepted declaration says is posted for it, only what a reopened one said is reversed.
	if exists (
		select from added a
		join declaration_lines l on l.id = a.declaration_line_id
		join declarations d on d.id = l.declaration_id
		where a.envelope_id <> l.envelope_id or a.kind not in ('receipt', 'disbursement')
			or a.measure_id is distinct from l.measure_id
			or (l.new_operation_name is null and a.operation_id is distinct from l.operation_id)
			or case when a.reverses_entry_id is null
				then a.amount_cents is distinct from l.amount_cents
					or d.state <> 'accepted' or l.submission <> d.submission
				else d.state <> 'reopened' end
	) then
		raise exception 'an entry of a declaration says what its line says'
			using errcode = 'check_violation', constraint = 'entries_as_declared';
	end if;
	return null;
end $$;
--> statement-breakpoint

-- An observation replaces another of the same indicator, once; fiction stays in demonstrations; what
-- comes from a declaration says what was counted there.
create or replace function check_observations() returns trigger language plpgsql security definer set search_path from current as $$
begin
	if exists (
		select from added a join observations o on o.id = a.replaces_observation_id
		where o.indicator_id <> a.indicator_id or o.kind <> a.kind
	) then
		raise exception 'an observation replaces one of its own indicator and kind'
			using errcode = 'check_violation', constraint = 'observations_replaces_its_own';
	end if;
	if exists (select from added a where a.fictitious)
		and not exists (select from settings s where s.demonstration) then
		raise exception 'fictitious observations belong to a demonstration'
			using errcode = 'check_violation', constraint = 'observations_fictitious_in_demonstration';
	end if;
	if exists (
		select from added a
		join declaration_counts c on c.id = a.declaration_count_id
		join declaration_lines l on l.id = c.line_id
		join declarations d on d.id = l.declaration_id
		where a.kind <> 'actual' or a.indicator_id <> c.indicator_id
			or case when a.withdrawn then d.state <> 'reopened'
				else a.number is distinct from c.number
					or a.product is distinct from c.product or a.stage is distinct from c.stage
					or d.state <> 'accepted' or l.submission <> d.submission end
	) then
		raise exception 'an observation of a declaration says what was counted there'
			using errcode = 'check_violation', constraint = 'observations_as_declared';
	end if;
	return null;
end $$;
--> statement-breakpoint

-- Changes are counted in sixteen rows, of which a connection takes its own.
insert into content_revision (id, revision) select n, 0 from generate_series(0, 15) n on conflict do nothing;
--> statement-breakpoint
create or replace function count_content_change() returns trigger language plpgsql security definer set search_path from current as $$
begin
	update content_revision set revision = revision + 1 where id = pg_backend_pid() % 16;
	return null;
end $$;
--> statement-breakpoint
create or replace function books_version() returns text language sql stable security definer set search_path from current as $$
	select (select sum(revision) from content_revision)::text || '-' ||
		(select coalesce(sum(entry_count), 0) from envelope_balances)::text
$$;
--> statement-breakpoint
-- Of declarations at the commit, behind every other lock, so that none waits for another in a circle.
create constraint trigger z_count_content_change after insert or update on declarations
	deferrable initially deferred
	for each row execute function count_content_change();
--> statement-breakpoint
create trigger z_count_content_change after insert or update or delete on declaration_duties
	for each statement execute function count_content_change();
--> statement-breakpoint
do $$
declare
	f record;
begin
	for f in
		select p.oid::regprocedure as signature from pg_proc p
		where p.pronamespace = current_schema()::regnamespace and p.prosecdef
	loop
		execute format('revoke all on function %s from public', f.signature);
		execute format('alter function %s set search_path = %I, pg_temp', f.signature, current_schema());
	end loop;
end $$;
