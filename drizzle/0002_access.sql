-- Who sees what. Every table has row-level security; what has no policy here is refused.
-- Request roles are taken inside a transaction (see src/lib/server/db/transaction.ts), which also
-- carries tenu.user_id and tenu.organisation_id. The owner passes every policy and serves no request.

create function current_user_id() returns uuid language sql stable as
	$$ select nullif(current_setting('tenu.user_id', true), '')::uuid $$;
--> statement-breakpoint
create function current_organisation_id() returns uuid language sql stable as
	$$ select nullif(current_setting('tenu.organisation_id', true), '')::uuid $$;
--> statement-breakpoint
do $$ begin
	execute format('grant usage on schema %I to tenu_finance, tenu_partner, tenu_elected, tenu_admin, tenu_door', current_schema());
end $$;
--> statement-breakpoint
alter table organisations enable row level security;
--> statement-breakpoint
alter table communes enable row level security;
--> statement-breakpoint
alter table users enable row level security;
--> statement-breakpoint
alter table sessions enable row level security;
--> statement-breakpoint
alter table api_tokens enable row level security;
--> statement-breakpoint
alter table throttles enable row level security;
--> statement-breakpoint
alter table deliberations enable row level security;
--> statement-breakpoint
alter table decisions enable row level security;
--> statement-breakpoint
alter table citations enable row level security;
--> statement-breakpoint
alter table programmes enable row level security;
--> statement-breakpoint
alter table agreements enable row level security;
--> statement-breakpoint
alter table undertakings enable row level security;
--> statement-breakpoint
alter table districts enable row level security;
--> statement-breakpoint
alter table programme_districts enable row level security;
--> statement-breakpoint
alter table envelopes enable row level security;
--> statement-breakpoint
alter table measures enable row level security;
--> statement-breakpoint
alter table operations enable row level security;
--> statement-breakpoint
alter table instalments enable row level security;
--> statement-breakpoint
alter table entries enable row level security;
--> statement-breakpoint
alter table envelope_balances enable row level security;
--> statement-breakpoint
alter table month_totals enable row level security;
--> statement-breakpoint
alter table envelope_counterparties enable row level security;
--> statement-breakpoint
alter table fiscal_years enable row level security;
--> statement-breakpoint
alter table indicators enable row level security;
--> statement-breakpoint
alter table observations enable row level security;
--> statement-breakpoint
alter table audit_events enable row level security;
--> statement-breakpoint
alter table command_receipts enable row level security;
--> statement-breakpoint
alter table settings enable row level security;
--> statement-breakpoint
-- What each request role may read at all.
grant select on
	communes, districts, deliberations, decisions, citations, programmes, programme_districts, agreements, undertakings, envelopes, measures, operations, instalments, entries, envelope_balances, month_totals, envelope_counterparties, fiscal_years, indicators, observations, organisations, settings
	to tenu_finance, tenu_partner, tenu_elected, tenu_admin;
--> statement-breakpoint
-- Finance and administrators read every business row; administrators write none.
--> statement-breakpoint
create policy communes_read on communes for select to tenu_finance, tenu_admin using (true);
--> statement-breakpoint
create policy districts_read on districts for select to tenu_finance, tenu_admin using (true);
--> statement-breakpoint
create policy deliberations_read on deliberations for select to tenu_finance, tenu_admin using (true);
--> statement-breakpoint
create policy decisions_read on decisions for select to tenu_finance, tenu_admin using (true);
--> statement-breakpoint
create policy citations_read on citations for select to tenu_finance, tenu_admin using (true);
--> statement-breakpoint
create policy programmes_read on programmes for select to tenu_finance, tenu_admin using (true);
--> statement-breakpoint
create policy programme_districts_read on programme_districts for select to tenu_finance, tenu_admin using (true);
--> statement-breakpoint
create policy agreements_read on agreements for select to tenu_finance, tenu_admin using (true);
--> statement-breakpoint
create policy undertakings_read on undertakings for select to tenu_finance, tenu_admin using (true);
--> statement-breakpoint
create policy envelopes_read on envelopes for select to tenu_finance, tenu_admin using (true);
--> statement-breakpoint
create policy measures_read on measures for select to tenu_finance, tenu_admin using (true);
--> statement-breakpoint
create policy operations_read on operations for select to tenu_finance, tenu_admin using (true);
--> statement-breakpoint
create policy instalments_read on instalments for select to tenu_finance, tenu_admin using (true);
--> statement-breakpoint
create policy entries_read on entries for select to tenu_finance, tenu_admin using (true);
--> statement-breakpoint
create policy envelope_balances_read on envelope_balances for select to tenu_finance, tenu_admin using (true);
--> statement-breakpoint
create policy month_totals_read on month_totals for select to tenu_finance, tenu_admin using (true);
--> statement-breakpoint
create policy envelope_counterparties_read on envelope_counterparties for select to tenu_finance, tenu_admin using (true);
--> statement-breakpoint
create policy fiscal_years_read on fiscal_years for select to tenu_finance, tenu_admin using (true);
--> statement-breakpoint
create policy indicators_read on indicators for select to tenu_finance, tenu_admin using (true);
--> statement-breakpoint
create policy observations_read on observations for select to tenu_finance, tenu_admin using (true);
--> statement-breakpoint
create policy organisations_read on organisations for select to tenu_finance, tenu_admin using (true);
--> statement-breakpoint
create policy settings_read on settings for select to tenu_finance, tenu_admin using (true);
--> statement-breakpoint
-- Acts, places, years and settings are the same for everybody who signed in.
--> statement-breakpoint
create policy communes_read_common on communes for select to tenu_partner, tenu_elected using (true);
--> statement-breakpoint
create policy districts_read_common on districts for select to tenu_partner, tenu_elected using (true);
--> statement-breakpoint
create policy deliberations_read_common on deliberations for select to tenu_partner, tenu_elected using (true);
--> statement-breakpoint
create policy decisions_read_common on decisions for select to tenu_partner, tenu_elected using (true);
--> statement-breakpoint
create policy citations_read_common on citations for select to tenu_partner, tenu_elected using (true);
--> statement-breakpoint
create policy fiscal_years_read_common on fiscal_years for select to tenu_partner, tenu_elected using (true);
--> statement-breakpoint
create policy settings_read_common on settings for select to tenu_partner, tenu_elected using (true);
--> statement-breakpoint
-- A partner sees the envelopes of its own organisation, in programmes that finance has validated.
create policy envelopes_read_own on envelopes for select to tenu_partner using (
	partner_id = (select current_organisation_id())
	and programme_id in (select p.id from programmes p)
);
--> statement-breakpoint
-- Asked by the policy of programmes, without the policy of envelopes: that would go in circles.
create function programmes_of_current_organisation() returns setof uuid
	language sql stable security definer set search_path from current as
	$$ select e.programme_id from envelopes e where e.partner_id = current_organisation_id() $$;
--> statement-breakpoint
revoke all on function programmes_of_current_organisation() from public;
--> statement-breakpoint
grant execute on function programmes_of_current_organisation() to tenu_partner;
--> statement-breakpoint
create policy programmes_read_own on programmes for select to tenu_partner using (
	validated_at is not null and id in (select programmes_of_current_organisation())
);
--> statement-breakpoint
-- Elected officials see what finance has validated.
create policy programmes_read_validated on programmes for select to tenu_elected using (validated_at is not null);
--> statement-breakpoint
create policy envelopes_read_validated on envelopes for select to tenu_elected using (
	programme_id in (select p.id from programmes p)
);
--> statement-breakpoint
-- Everything else follows its programme or its envelope: the sub-queries obey the policies above.
--> statement-breakpoint
create policy programme_districts_read_of_programme on programme_districts for select to tenu_partner, tenu_elected using (
	programme_id in (select p.id from programmes p)
);
--> statement-breakpoint
create policy agreements_read_of_programme on agreements for select to tenu_partner, tenu_elected using (
	programme_id in (select p.id from programmes p)
);
--> statement-breakpoint
create policy undertakings_read_of_programme on undertakings for select to tenu_partner, tenu_elected using (
	programme_id in (select p.id from programmes p)
);
--> statement-breakpoint
create policy measures_read_of_envelope on measures for select to tenu_partner, tenu_elected using (
	envelope_id in (select e.id from envelopes e)
);
--> statement-breakpoint
create policy instalments_read_of_envelope on instalments for select to tenu_partner, tenu_elected using (
	envelope_id in (select e.id from envelopes e)
);
--> statement-breakpoint
create policy entries_read_of_envelope on entries for select to tenu_partner, tenu_elected using (
	envelope_id in (select e.id from envelopes e)
);
--> statement-breakpoint
create policy envelope_balances_read_of_envelope on envelope_balances for select to tenu_partner, tenu_elected using (
	envelope_id in (select e.id from envelopes e)
);
--> statement-breakpoint
create policy month_totals_read_of_envelope on month_totals for select to tenu_partner, tenu_elected using (
	envelope_id in (select e.id from envelopes e)
);
--> statement-breakpoint
create policy envelope_counterparties_read_of_envelope on envelope_counterparties for select to tenu_partner, tenu_elected using (
	envelope_id in (select e.id from envelopes e)
);
--> statement-breakpoint
create policy operations_read_own on operations for select to tenu_partner using (
	envelope_id in (select e.id from envelopes e)
);
--> statement-breakpoint
create policy operations_read_confirmed on operations for select to tenu_elected using (
	confirmed_at is not null and envelope_id in (select e.id from envelopes e)
);
--> statement-breakpoint
-- An indicator of the whole programme is seen by elected officials; a partner sees those of its envelopes.
--> statement-breakpoint
create policy indicators_read_own on indicators for select to tenu_partner using (
	envelope_id in (select e.id from envelopes e)
);
--> statement-breakpoint
create policy indicators_read_validated on indicators for select to tenu_elected using (
	programme_id in (select p.id from programmes p)
);
--> statement-breakpoint
create policy observations_read_own on observations for select to tenu_partner using (
	indicator_id in (select i.id from indicators i)
);
--> statement-breakpoint
create policy observations_read_validated on observations for select to tenu_elected using (
	not provisional and indicator_id in (select i.id from indicators i)
);
--> statement-breakpoint
create policy organisations_read_all on organisations for select to tenu_elected using (true);
--> statement-breakpoint
create policy organisations_read_own on organisations for select to tenu_partner using (
	id = (select current_organisation_id())
	or kind = 'authority'
	or id in (select o.landlord_id from operations o)
	or id in (select c.organisation_id from envelope_counterparties c)
);
--> statement-breakpoint
-- People: names for those who need them, addresses for administrators, password digests for the door alone.
grant select (id, name, role, organisation_id, deactivated_at, fictitious) on users to tenu_finance, tenu_partner, tenu_elected, tenu_admin;
--> statement-breakpoint
grant select (email, created_at) on users to tenu_admin;
--> statement-breakpoint
create policy users_read on users for select to tenu_finance, tenu_admin using (true);
--> statement-breakpoint
create policy users_read_own on users for select to tenu_partner using (
	id = (select current_user_id()) or organisation_id = (select current_organisation_id())
);
--> statement-breakpoint
create policy users_read_self on users for select to tenu_elected using (id = (select current_user_id()));
--> statement-breakpoint
-- The ledger: finance adds, in its own name. The instant is the database's (no grant on recorded_at).
grant insert (envelope_id, measure_id, operation_id, kind, amount_cents, effective_on, fiscal_year,
	recorded_by, label, counterparty_id, deliberation_id, citation_id, reverses_entry_id,
	overrun_reason, fictitious) on entries to tenu_finance;
--> statement-breakpoint
create policy entries_add on entries for insert to tenu_finance
	with check (recorded_by = (select current_user_id()));
--> statement-breakpoint
grant insert (indicator_id, kind, period_starts_on, period_ends_on, amount_cents, number, product, stage,
	commune_code, district_id, operation_id, citation_id, provisional, replaces_observation_id,
	recorded_by, fictitious) on observations to tenu_finance;
--> statement-breakpoint
create policy observations_add on observations for insert to tenu_finance
	with check (recorded_by = (select current_user_id()));
--> statement-breakpoint
grant select, insert on command_receipts to tenu_finance;
--> statement-breakpoint
create policy command_receipts_own on command_receipts for all to tenu_finance
	using (actor_id = (select current_user_id()))
	with check (actor_id = (select current_user_id()));
--> statement-breakpoint
-- The audit trail: everybody adds in their own name, administrators read. Its instant is the database's.
grant insert (actor_id, action, subject_type, subject_id, details) on audit_events
	to tenu_finance, tenu_partner, tenu_elected, tenu_admin, tenu_door;
--> statement-breakpoint
create policy audit_events_add on audit_events for insert to tenu_finance, tenu_partner, tenu_elected, tenu_admin
	with check (actor_id = (select current_user_id()));
--> statement-breakpoint
grant select on audit_events to tenu_admin;
--> statement-breakpoint
create policy audit_events_read on audit_events for select to tenu_admin using (true);
--> statement-breakpoint
-- The door: what signing in needs, and nothing of the business.
grant select (id, email, name, role, organisation_id, password_hash, deactivated_at) on users to tenu_door;
--> statement-breakpoint
create policy users_door on users for select to tenu_door using (true);
--> statement-breakpoint
grant select (id, name) on organisations to tenu_door;
--> statement-breakpoint
create policy organisations_door on organisations for select to tenu_door using (true);
--> statement-breakpoint
grant select on settings to tenu_door;
--> statement-breakpoint
create policy settings_door on settings for select to tenu_door using (true);
--> statement-breakpoint
grant select, insert, update, delete on sessions to tenu_door;
--> statement-breakpoint
create policy sessions_door on sessions for all to tenu_door using (true) with check (true);
--> statement-breakpoint
grant select, insert, update, delete on throttles to tenu_door;
--> statement-breakpoint
create policy throttles_door on throttles for all to tenu_door using (true) with check (true);
--> statement-breakpoint
grant select on api_tokens to tenu_door;
--> statement-breakpoint
grant update (last_used_on) on api_tokens to tenu_door;
--> statement-breakpoint
create policy api_tokens_door on api_tokens for select to tenu_door using (true);
--> statement-breakpoint
create policy api_tokens_door_use on api_tokens for update to tenu_door using (true) with check (true);
--> statement-breakpoint
create policy audit_events_door on audit_events for insert to tenu_door with check (true);
