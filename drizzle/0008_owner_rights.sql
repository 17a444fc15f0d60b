-- Functions that run with the rights of the owner are for triggers and policies alone. Left to
-- everybody, a request role could hang them on a table of its own and move the counters with it, or
-- lead them astray with a temporary table of the same name: those are looked for first, unless said.
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
