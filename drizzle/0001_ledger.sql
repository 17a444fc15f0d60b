-- What must never break in the ledger, in the database itself.
-- Refusals carry the name of a constraint, so that the application maps one name to one sentence.

-- Append-only: not even the owner updates or deletes; a correction is a new row.
create function refuse_change() returns trigger language plpgsql set search_path from current as $$
begin
	raise exception 'table % is append-only: % is refused', tg_table_name, lower(tg_op)
		using errcode = 'restrict_violation', constraint = tg_table_name || '_append_only';
end $$;
--> statement-breakpoint
create trigger append_only before update or delete or truncate on entries
	for each statement execute function refuse_change();
--> statement-breakpoint
create trigger append_only before update or delete or truncate on observations
	for each statement execute function refuse_change();
--> statement-breakpoint
create trigger append_only before update or delete or truncate on audit_events
	for each statement execute function refuse_change();
--> statement-breakpoint
create trigger append_only before update or delete or truncate on deliberations
	for each statement execute function refuse_change();
--> statement-breakpoint
create trigger append_only before update or delete or truncate on decisions
	for each statement execute function refuse_change();
--> statement-breakpoint
create trigger append_only before update or delete or truncate on citations
	for each statement execute function refuse_change();
--> statement-breakpoint
create trigger append_only before update or delete or truncate on command_receipts
	for each statement execute function refuse_change();
--> statement-breakpoint

-- A quote must stand in its text. Offsets count UTF-16 units, which SQL cannot: tests hold those.
create function check_quote() returns trigger language plpgsql set search_path from current as $$
begin
	if not exists (
		select from deliberations d
		where d.id = new.deliberation_id and strpos(d.text, new.quote) > 0
	) then
		raise exception 'the quote does not stand in the text of the deliberation'
			using errcode = 'check_violation', constraint = tg_table_name || '_quote_in_text';
	end if;
	return new;
end $$;
--> statement-breakpoint
create trigger quote_in_text before insert on citations
	for each row execute function check_quote();
--> statement-breakpoint
create trigger quote_in_text before insert on decisions
	for each row execute function check_quote();
--> statement-breakpoint

-- Every envelope has its counter row from its first moment.
create function open_balance() returns trigger language plpgsql security definer set search_path from current as $$
begin
	insert into envelope_balances
		(envelope_id, promised_cents, committed_cents, received_cents, disbursed_cents, entry_count)
	values (new.id, 0, 0, 0, 0, 0);
	return new;
end $$;
--> statement-breakpoint
create trigger open_balance after insert on envelopes
	for each row execute function open_balance();
--> statement-breakpoint
alter table envelope_balances set (fillfactor = 50);
--> statement-breakpoint
alter table month_totals set (fillfactor = 70);
--> statement-breakpoint

-- The rules of an entry that need other rows. Set-based: one pass however many entries were added.
create function check_entries() returns trigger language plpgsql security definer set search_path from current as $$
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
	return null;
end $$;
--> statement-breakpoint

-- The counter row, the monthly totals and the list of counterparties move with the entries.
-- The counter row is the lock of its envelope; several are taken in the order of their keys.
create function count_entries() returns trigger language plpgsql security definer set search_path from current as $$
begin
	if (select count(distinct a.envelope_id) from added a) > 1 then
		perform from envelope_balances b
		where b.envelope_id in (select a.envelope_id from added a)
		order by b.envelope_id for update;
	end if;

	update envelope_balances b set
		promised_cents = b.promised_cents + d.promised,
		committed_cents = b.committed_cents + d.committed,
		received_cents = b.received_cents + d.received,
		disbursed_cents = b.disbursed_cents + d.disbursed,
		entry_count = b.entry_count + d.entries,
		-- A reason is kept only while there is an overrun, and a step further over needs a new one.
		overrun_reason = case
			when b.disbursed_cents + d.disbursed <= b.promised_cents + d.promised then null
			when d.disbursed - d.promised > 0 then d.reason
			else b.overrun_reason
		end
	from (
		select a.envelope_id,
			coalesce(sum(a.amount_cents) filter (where a.kind = 'allocation'), 0)::bigint as promised,
			coalesce(sum(a.amount_cents) filter (where a.kind = 'commitment'), 0)::bigint as committed,
			coalesce(sum(a.amount_cents) filter (where a.kind = 'receipt'), 0)::bigint as received,
			coalesce(sum(a.amount_cents) filter (where a.kind = 'disbursement'), 0)::bigint as disbursed,
			count(*) as entries,
			max(a.overrun_reason) as reason
		from added a group by a.envelope_id
	) d
	where b.envelope_id = d.envelope_id;

	insert into month_totals as m
		(envelope_id, measure_id, kind, month, amount_cents, entry_count, last_effective_on)
	select a.envelope_id, null, a.kind, date_trunc('month', a.effective_on)::date,
		sum(a.amount_cents)::bigint, count(*), max(a.effective_on)
	from added a group by 1, 3, 4
	union all
	select a.envelope_id, a.measure_id, a.kind, date_trunc('month', a.effective_on)::date,
		sum(a.amount_cents)::bigint, count(*), max(a.effective_on)
	from added a where a.measure_id is not null group by 1, 2, 3, 4
	on conflict (envelope_id, measure_id, kind, month) do update set
		amount_cents = m.amount_cents + excluded.amount_cents,
		entry_count = m.entry_count + excluded.entry_count,
		last_effective_on = greatest(m.last_effective_on, excluded.last_effective_on);

	insert into envelope_counterparties (envelope_id, organisation_id)
	select distinct a.envelope_id, a.counterparty_id from added a
	where a.counterparty_id is not null
		and not exists (
			select from envelope_counterparties c
			where c.envelope_id = a.envelope_id and c.organisation_id = a.counterparty_id
		)
	on conflict do nothing;
	return null;
end $$;
--> statement-breakpoint

-- Triggers of one event run in the order of their names.
create trigger a_check_entries after insert on entries
	referencing new table as added for each statement execute function check_entries();
--> statement-breakpoint
create trigger b_count_entries after insert on entries
	referencing new table as added for each statement execute function count_entries();
--> statement-breakpoint

-- An observation replaces another of the same indicator, once, and fiction stays in demonstrations.
create function check_observations() returns trigger language plpgsql security definer set search_path from current as $$
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
	return null;
end $$;
--> statement-breakpoint
create trigger check_observations after insert on observations
	referencing new table as added for each statement execute function check_observations();
--> statement-breakpoint

-- Closing a year waits for the entries that are being posted in it.
create function lock_fiscal_year() returns trigger language plpgsql set search_path from current as $$
begin
	perform pg_advisory_xact_lock(hashtext('tenu.fiscal_year'), new.year::int);
	return new;
end $$;
--> statement-breakpoint
create trigger lock_fiscal_year before insert or update on fiscal_years
	for each row execute function lock_fiscal_year();
--> statement-breakpoint

insert into settings (id) values (true);
