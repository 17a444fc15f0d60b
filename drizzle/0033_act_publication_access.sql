-- What the publication of an act needs is given by finance, and read by finance.
alter table deliberation_publications enable row level security;
--> statement-breakpoint
grant select on deliberation_publications to tenu_finance;
--> statement-breakpoint
create policy deliberation_publications_read on deliberation_publications
	for select to tenu_finance using (true);
--> statement-breakpoint
grant insert (deliberation_id, number, matter_code, matter_name, prefecture_id, prefecture_on, budget_year,
	budget_name, url, updated_by) on deliberation_publications to tenu_finance;
--> statement-breakpoint
create policy deliberation_publications_give on deliberation_publications for insert to tenu_finance
	with check (updated_by = (select current_user_id()));
--> statement-breakpoint
grant update (number, matter_code, matter_name, prefecture_id, prefecture_on, budget_year, budget_name, url,
	updated_by, updated_at) on deliberation_publications to tenu_finance;
--> statement-breakpoint
create policy deliberation_publications_change on deliberation_publications for update to tenu_finance
	using (true) with check (updated_by = (select current_user_id()));
--> statement-breakpoint
grant update (siret) on organisations to tenu_finance;
--> statement-breakpoint
create policy organisations_identify on organisations for update to tenu_finance using (true) with check (true);
