-- Whether a finished page still says what the database does: a number that moves with every change,
-- in the transaction of the change. Entries are counted in their balances; the rest moves one row.
insert into content_revision (id, revision) values (true, 0);
--> statement-breakpoint
alter table content_revision set (fillfactor = 10);
--> statement-breakpoint
alter table content_revision enable row level security;
--> statement-breakpoint
create function count_content_change() returns trigger language plpgsql security definer set search_path from current as $$
begin
	update content_revision set revision = revision + 1;
	return null;
end $$;
--> statement-breakpoint
do $$
declare
	noun text;
begin
	foreach noun in array array[
		'agreements', 'citations', 'communes', 'decisions', 'deliberations', 'districts', 'envelopes',
		'fiscal_years', 'indicators', 'instalments', 'measures', 'observations', 'operations',
		'organisations', 'programme_districts', 'programmes', 'settings', 'undertakings', 'users'
	] loop
		execute format('create trigger z_count_content_change after insert or update or delete on %I
			for each statement execute function count_content_change()', noun);
	end loop;
end $$;
--> statement-breakpoint
-- Asked by the sign-in door with the session, so that a kept page costs no trip of its own.
create function books_version() returns text language sql stable security definer set search_path from current as $$
	select (select revision from content_revision)::text || '-' ||
		(select coalesce(sum(entry_count), 0) from envelope_balances)::text
$$;
--> statement-breakpoint
do $$
declare
	f text;
begin
	foreach f in array array['count_content_change()', 'books_version()'] loop
		execute format('revoke all on function %s from public', f);
		execute format('alter function %s set search_path = %I, pg_temp', f, current_schema());
	end loop;
end $$;
--> statement-breakpoint
grant execute on function books_version() to tenu_door;
