-- Acts are read and entered by finance, and by nobody else. What is entered stays as it is; what is
-- being read is seen by finance alone.

-- The text and what was read in it never change; an entered reading does not change at all.
create function check_reading_change() returns trigger language plpgsql set search_path from current as $$
begin
	if old.state <> 'open' then
		raise exception 'a reading that was entered or set aside does not change'
			using errcode = 'restrict_violation', constraint = 'readings_open';
	end if;
	if new.deliberation_id is distinct from old.deliberation_id and old.deliberation_id is not null then
		raise exception 'a reading cites one act'
			using errcode = 'restrict_violation', constraint = 'readings_of_one_act';
	end if;
	return new;
end $$;
--> statement-breakpoint
create trigger check_reading_change before update on readings
	for each row execute function check_reading_change();
--> statement-breakpoint
-- What is proposed in an entered reading stays as it was decided, with the citation that it became.
create function check_proposal_change() returns trigger language plpgsql set search_path from current as $$
begin
	if not exists (
		select from readings r
		where r.id = coalesce(new.reading_id, old.reading_id) and r.state = 'open'
	) then
		raise exception 'what was proposed in a reading that is not open does not change'
			using errcode = 'restrict_violation', constraint = 'reading_proposals_open';
	end if;
	return coalesce(new, old);
end $$;
--> statement-breakpoint
create trigger check_proposal_change before insert or update or delete on reading_proposals
	for each row execute function check_proposal_change();
--> statement-breakpoint
create trigger no_truncate before truncate on readings
	for each statement execute function refuse_change();
--> statement-breakpoint
create trigger no_truncate before truncate on reading_proposals
	for each statement execute function refuse_change();
--> statement-breakpoint

alter table readings enable row level security;
--> statement-breakpoint
alter table reading_proposals enable row level security;
--> statement-breakpoint
grant select on readings, reading_proposals to tenu_finance;
--> statement-breakpoint
create policy readings_read on readings for select to tenu_finance using (true);
--> statement-breakpoint
create policy reading_proposals_read on reading_proposals for select to tenu_finance using (true);
--> statement-breakpoint
grant insert (id, deliberation_id, text, text_digest, source, file_digest, file_name, file_size_bytes,
	plan, created_by, updated_by) on readings to tenu_finance;
--> statement-breakpoint
create policy readings_begin on readings for insert to tenu_finance with check (
	created_by = (select current_user_id()) and updated_by = (select current_user_id())
);
--> statement-breakpoint
grant update (state, deliberation_id, plan, revision, updated_by, updated_at) on readings to tenu_finance;
--> statement-breakpoint
create policy readings_change on readings for update to tenu_finance using (true)
	with check (updated_by = (select current_user_id()));
--> statement-breakpoint
grant insert on reading_proposals to tenu_finance;
--> statement-breakpoint
create policy reading_proposals_add on reading_proposals for insert to tenu_finance with check (
	(decided_by is null or decided_by = (select current_user_id())) and citation_id is null
);
--> statement-breakpoint
grant update (choice, kept_start, kept_end, kept_value, decided_by, decided_at, citation_id, whole_proposal_id)
	on reading_proposals to tenu_finance;
--> statement-breakpoint
-- The citation is set when it is entered, whoever decided before; all else by who decides.
create policy reading_proposals_decide on reading_proposals for update to tenu_finance using (true)
	with check (decided_by is null or decided_by = (select current_user_id()) or citation_id is not null);
--> statement-breakpoint
grant delete on reading_proposals to tenu_finance;
--> statement-breakpoint
-- Only what somebody marked by hand can be taken away again; what was read stays, refused.
create policy reading_proposals_unmark on reading_proposals for delete to tenu_finance
	using (choice = 'marked');
--> statement-breakpoint

-- Entering an act.
grant insert (id, slug, authority_id, number, sitting_on, convened_on, published_on, received_on,
	president, secretary, theme, title, text, text_digest, file_digest, file_name, members, in_office,
	present, proxies, absent, voting, names_counted, votes_for, votes_against, abstentions, not_voting,
	not_taking_part, unanimous, vote_implied, entered_by) on deliberations to tenu_finance;
--> statement-breakpoint
create policy deliberations_enter on deliberations for insert to tenu_finance
	with check (entered_by = (select current_user_id()));
--> statement-breakpoint
grant insert on decisions, citations, agreements, measures, instalments, indicators, districts,
	programme_districts to tenu_finance;
--> statement-breakpoint
grant insert (id, slug, name, summary, starts_on, ends_on, horizon_ends_on, horizon_citation_id, validated_at)
	on programmes to tenu_finance;
--> statement-breakpoint
grant insert (id, programme_id, agreement_id, position, label, purpose, funder_id, partner_id, circuit,
	strength, instrument, starts_on, ends_on, citation_id) on envelopes to tenu_finance;
--> statement-breakpoint
grant insert (id, programme_id, position, text, citation_id, owner_id) on undertakings to tenu_finance;
--> statement-breakpoint
grant insert (siren) on organisations to tenu_finance;
--> statement-breakpoint
drop policy organisations_add on organisations;
--> statement-breakpoint
create policy organisations_add on organisations for insert to tenu_finance with check (true);
--> statement-breakpoint
-- An amendment may move the last day of a programme or of an envelope, and nothing else of them.
grant update (ends_on, horizon_ends_on, horizon_citation_id) on programmes to tenu_finance;
--> statement-breakpoint
grant update (ends_on) on envelopes to tenu_finance;
--> statement-breakpoint
do $$
declare
	noun text;
begin
	foreach noun in array array[
		'decisions', 'citations', 'agreements', 'measures', 'instalments', 'indicators', 'districts',
		'programme_districts', 'programmes', 'envelopes', 'undertakings'
	] loop
		execute format('create policy %I on %I for insert to tenu_finance with check (true)', noun || '_enter', noun);
	end loop;
end $$;
--> statement-breakpoint
create policy programmes_extend on programmes for update to tenu_finance using (true) with check (true);
--> statement-breakpoint
create policy envelopes_extend on envelopes for update to tenu_finance using (true) with check (true);
