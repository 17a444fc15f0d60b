-- What is entered from an act holds together, and nothing of it is shortened afterwards.

-- An amendment moves the last day of a programme or an envelope later, never earlier: what was
-- promised until a day stays promised until then.
create function check_last_day() returns trigger language plpgsql set search_path from current as $$
begin
	if new.ends_on < old.ends_on then
		raise exception 'the last day of % only moves later', tg_table_name
			using errcode = 'check_violation', constraint = tg_table_name || '_last_day_later';
	end if;
	return new;
end $$;
--> statement-breakpoint
create trigger check_last_day before update of ends_on on programmes
	for each row execute function check_last_day();
--> statement-breakpoint
create trigger check_last_day before update of ends_on on envelopes
	for each row execute function check_last_day();
--> statement-breakpoint

-- A plan of payments comes from an agreement of the programme of its envelope.
create function check_instalment() returns trigger language plpgsql set search_path from current as $$
begin
	if not exists (
		select from envelopes e join agreements a on a.programme_id = e.programme_id
		where e.id = new.envelope_id and a.id = new.agreement_id
	) then
		raise exception 'an instalment comes from an agreement of the same programme'
			using errcode = 'check_violation', constraint = 'instalments_of_its_programme';
	end if;
	return new;
end $$;
--> statement-breakpoint
create trigger check_instalment before insert or update on instalments
	for each row execute function check_instalment();
--> statement-breakpoint

-- The text and what was read in it never change; an entered reading does not change at all, and says
-- what its act says, to the letter.
create or replace function check_reading_change() returns trigger language plpgsql set search_path from current as $$
begin
	if old.state <> 'open' then
		raise exception 'a reading that was entered or set aside does not change'
			using errcode = 'restrict_violation', constraint = 'readings_open';
	end if;
	if new.deliberation_id is distinct from old.deliberation_id and old.deliberation_id is not null then
		raise exception 'a reading cites one act'
			using errcode = 'restrict_violation', constraint = 'readings_of_one_act';
	end if;
	if new.state = 'entered' and not exists (
		select from deliberations d where d.id = new.deliberation_id and d.text_digest = new.text_digest
	) then
		raise exception 'a reading is entered as the act whose text it is'
			using errcode = 'check_violation', constraint = 'readings_text_of_its_act';
	end if;
	return new;
end $$;
--> statement-breakpoint
-- What was proposed becomes a citation of the act of its reading, and of no other.
create or replace function check_proposal_change() returns trigger language plpgsql set search_path from current as $$
declare
	reading readings;
begin
	select * into reading from readings r where r.id = coalesce(new.reading_id, old.reading_id);
	if reading.state is distinct from 'open' then
		raise exception 'what was proposed in a reading that is not open does not change'
			using errcode = 'restrict_violation', constraint = 'reading_proposals_open';
	end if;
	if new.citation_id is not null and not exists (
		select from citations c
		where c.id = new.citation_id and c.deliberation_id = reading.deliberation_id
	) then
		raise exception 'a proposal becomes a citation of the act of its reading'
			using errcode = 'check_violation', constraint = 'reading_proposals_cite_their_act';
	end if;
	return coalesce(new, old);
end $$;
