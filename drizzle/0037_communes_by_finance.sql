-- Whoever enters an act names the communes of its districts: an installation begins with none.
grant insert on communes to tenu_finance;
--> statement-breakpoint
create policy communes_add on communes for insert to tenu_finance with check (true);
