-- The log of an undertaking: partners report and propose, finance confirms, refuses and decides.

create trigger append_only before update or delete or truncate on undertaking_events
	for each statement execute function refuse_change();
--> statement-breakpoint
create trigger append_only before update or delete or truncate on undertaking_files
	for each statement execute function refuse_change();
--> statement-breakpoint

-- One after the other: whoever adds to the log of an undertaking holds it.
create function check_undertaking_event() returns trigger language plpgsql security definer set search_path from current as $$
declare
	proposal undertaking_events;
begin
	perform from undertakings u where u.id = new.undertaking_id for update;
	new.organisation_id := (
		select u.organisation_id from users u where u.id = new.actor_id and u.role = 'partner'
	);
	new.fictitious := (select s.demonstration from settings s);
	if new.action in ('confirm', 'refuse') then
		select * into proposal from undertaking_events e
		where e.id = new.proposal_id and e.undertaking_id = new.undertaking_id;
		if proposal.action is distinct from 'propose'
			or (proposal.status, proposal.occurred_on) is distinct from (new.status, new.occurred_on) then
			raise exception 'an answer is to a proposal, as it was made'
				using errcode = 'check_violation', constraint = 'undertaking_events_answer_as_proposed';
		end if;
		if proposal.actor_id = new.actor_id or proposal.organisation_id = (
			select u.organisation_id from users u where u.id = new.actor_id
		) then
			raise exception 'whoever proposed never answers'
				using errcode = 'check_violation', constraint = 'undertaking_events_four_eyes';
		end if;
	end if;
	return new;
end $$;
--> statement-breakpoint
create trigger check_undertaking_event before insert on undertaking_events
	for each row execute function check_undertaking_event();
--> statement-breakpoint

-- How it stands now follows from the log, and from nothing else.
create function settle_undertaking() returns trigger language plpgsql security definer set search_path from current as $$
begin
	update undertakings set
		status = case when new.action in ('confirm', 'decide') then (
			select e.status from undertaking_events e
			where e.undertaking_id = new.undertaking_id and e.action in ('confirm', 'decide')
			order by e.occurred_on desc, e.number desc limit 1
		) else status end,
		owner_id = case when new.action = 'assign' then new.owner_id else owner_id end,
		review_on = case when new.action = 'schedule' then new.review_on else review_on end
	where id = new.undertaking_id and new.action in ('confirm', 'decide', 'assign', 'schedule');
	return null;
end $$;
--> statement-breakpoint
create trigger settle_undertaking after insert on undertaking_events
	for each row execute function settle_undertaking();
--> statement-breakpoint
create trigger z_count_content_change after insert on undertaking_events
	for each statement execute function count_content_change();
--> statement-breakpoint
create trigger z_count_content_change after insert on undertaking_files
	for each statement execute function count_content_change();
--> statement-breakpoint

alter table undertaking_events enable row level security;
--> statement-breakpoint
alter table undertaking_files enable row level security;
--> statement-breakpoint
grant select on undertaking_events, undertaking_files
	to tenu_finance, tenu_partner, tenu_elected, tenu_admin;
--> statement-breakpoint
create policy undertaking_events_read on undertaking_events for select to tenu_finance, tenu_admin
	using (true);
--> statement-breakpoint
-- Asked by the policies of the same table: that would go in circles.
create function proposals_of_current_organisation() returns setof uuid
	language sql stable security definer set search_path from current as
	$$ select e.id from undertaking_events e
		where e.action = 'propose' and e.organisation_id = current_organisation_id() $$;
--> statement-breakpoint
create function confirmed_proposals() returns setof uuid
	language sql stable security definer set search_path from current as
	$$ select e.proposal_id from undertaking_events e where e.action = 'confirm' $$;
--> statement-breakpoint
grant execute on function proposals_of_current_organisation() to tenu_partner;
--> statement-breakpoint
grant execute on function confirmed_proposals() to tenu_elected;
--> statement-breakpoint
-- A partner sees what it said itself and what finance says; what other partners said stays theirs.
create policy undertaking_events_read_own on undertaking_events for select to tenu_partner using (
	undertaking_id in (select u.id from undertakings u)
	and (
		organisation_id = (select current_organisation_id())
		or (
			organisation_id is null
			and (action <> 'refuse' or proposal_id in (select proposals_of_current_organisation()))
		)
	)
);
--> statement-breakpoint
-- Elected officials see what finance says, and what it confirmed.
create policy undertaking_events_read_validated on undertaking_events for select to tenu_elected using (
	undertaking_id in (select u.id from undertakings u)
	and (
		(organisation_id is null and action <> 'refuse')
		or id in (select confirmed_proposals())
	)
);
--> statement-breakpoint
create policy undertaking_files_read on undertaking_files for select
	to tenu_finance, tenu_partner, tenu_elected, tenu_admin
	using (event_id in (select e.id from undertaking_events e));
--> statement-breakpoint
grant insert (id, undertaking_id, actor_id, action, occurred_on, status, text, owner_id, review_on, proposal_id)
	on undertaking_events to tenu_finance, tenu_partner;
--> statement-breakpoint
create policy undertaking_events_of_finance on undertaking_events for insert to tenu_finance with check (
	actor_id = (select current_user_id()) and action <> 'propose'
);
--> statement-breakpoint
-- A partner reports on what it keeps, and on what nobody in particular keeps.
create policy undertaking_events_of_partner on undertaking_events for insert to tenu_partner with check (
	actor_id = (select current_user_id())
	and action in ('note', 'propose')
	and undertaking_id in (
		select u.id from undertakings u
		where u.owner_id is null or u.owner_id = (select current_organisation_id())
	)
);
--> statement-breakpoint
grant insert on undertaking_files to tenu_finance, tenu_partner;
--> statement-breakpoint
-- Evidence comes with what it proves, in the same transaction.
create policy undertaking_files_attach on undertaking_files for insert to tenu_finance, tenu_partner
	with check (
		event_id in (
			select e.id from undertaking_events e
			where e.actor_id = (select current_user_id()) and e.at = now()
		)
	);
--> statement-breakpoint
create policy users_read_reporting on users for select to tenu_partner
	using (id in (select e.actor_id from undertaking_events e));
--> statement-breakpoint
create policy organisations_read_keeping on organisations for select to tenu_partner
	using (id in (select u.owner_id from undertakings u));
--> statement-breakpoint
do $$
declare
	f text;
begin
	foreach f in array array['check_undertaking_event()', 'settle_undertaking()',
		'proposals_of_current_organisation()', 'confirmed_proposals()'] loop
		execute format('revoke all on function %s from public', f);
		execute format('alter function %s set search_path = %I, pg_temp', f, current_schema());
	end loop;
end $$;
