-- From which declaration an entry comes. Whoever sees the entry may know the number; who opens the
-- declaration is another question, which its own policies answer.
create function declaration_of_line(line uuid) returns jsonb
	language sql stable strict security definer set search_path from current as $$
	select jsonb_build_object('id', d.id, 'number', d.number)
	from declaration_lines l join declarations d on d.id = l.declaration_id
	where l.id = line
$$;
--> statement-breakpoint
-- What a declaration became: the entries posted for it, and those that took them back. Whoever asks
-- sees of them what they see of the ledger.
create function entries_of_declaration(declaration bigint) returns setof bigint
	language sql stable strict security definer set search_path from current as $$
	with posted as (
		select e.id from declarations d
		join declaration_lines l on l.declaration_id = d.id
		join entries e on e.declaration_line_id = l.id and e.reverses_entry_id is null
		where d.number = declaration
	)
	select p.id from posted p
	union all
	select r.id from posted p join entries r on r.reverses_entry_id = p.id
$$;
--> statement-breakpoint
do $$
declare
	f record;
begin
	for f in
		select p.oid::regprocedure as signature from pg_proc p
		where p.pronamespace = current_schema()::regnamespace and p.prosecdef
			and p.proname in ('declaration_of_line', 'entries_of_declaration')
	loop
		execute format('revoke all on function %s from public', f.signature);
		execute format('alter function %s set search_path = %I, pg_temp', f.signature, current_schema());
		execute format('grant execute on function %s to tenu_finance, tenu_partner, tenu_elected, tenu_admin', f.signature);
	end loop;
end $$;
