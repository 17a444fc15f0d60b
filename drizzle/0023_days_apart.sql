-- No day of an envelope is declared twice. Where the frequency of a duty changes, the periods of before and those of
-- after could lie over each other: a month of a quarter that stands in the ledger already.
create or replace function begin_declaration() returns trigger language plpgsql security definer set search_path from current as $$
begin
	if not exists (
		select from envelopes e
		where e.id = new.envelope_id and e.partner_id = new.organisation_id
			and new.period_starts_on >= e.starts_on and new.period_ends_on <= e.ends_on
	) then
		raise exception 'a declaration is of the partner of its envelope, for a period within it'
			using errcode = 'check_violation', constraint = 'declarations_of_its_envelope';
	end if;
	-- Two who begin take turns, or neither would see the other.
	perform pg_advisory_xact_lock(hashtext('tenu.declared_days'), hashtext(new.envelope_id::text));
	if exists (
		select from declarations d
		where d.envelope_id = new.envelope_id
			and d.period_starts_on <= new.period_ends_on and d.period_ends_on >= new.period_starts_on
			and (d.period_starts_on, d.period_ends_on) <> (new.period_starts_on, new.period_ends_on)
	) then
		raise exception 'a day of an envelope is declared once'
			using errcode = 'check_violation', constraint = 'declarations_days_apart';
	end if;
	new.fictitious := (select s.demonstration from settings s);
	return new;
end $$;
--> statement-breakpoint
do $$
begin
	execute format('alter function begin_declaration() set search_path = %I, pg_temp', current_schema());
end $$;
--> statement-breakpoint

-- What a partner says it did is what it does in that very transaction, as finance has been held to since 0016: mails
-- and receipts follow from it.
alter policy declaration_events_of_partner on declaration_events with check (
	actor_id = (select current_user_id())
	and exists (
		select from declarations d
		where d.id = declaration_events.declaration_id and d.submission = declaration_events.submission
			and case declaration_events.action
				when 'create' then d.created_by = (select current_user_id()) and d.created_at = now()
				when 'submit' then d.state = 'submitted'
					and d.submitted_by = (select current_user_id()) and d.submitted_at = now()
				when 'withdraw' then d.state = 'draft'
				when 'message' then true
				else declaration_events.action in ('attach', 'detach', 'import')
					and d.state in ('draft', 'returned', 'reopened')
			end
	)
);
