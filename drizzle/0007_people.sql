-- Administrators let people in and out, never themselves, and nobody is deleted: the name stays on
-- what the person did. Whoever is deactivated loses sessions and API tokens in the same statement.
grant update (deactivated_at) on users to tenu_admin;
--> statement-breakpoint
create policy users_deactivate on users for update to tenu_admin
	using (id <> (select current_user_id()))
	with check (id <> (select current_user_id()));
--> statement-breakpoint
create function end_access_of_deactivated() returns trigger
	language plpgsql security definer set search_path from current as $$
begin
	delete from sessions where user_id = new.id;
	update api_tokens set revoked_at = new.deactivated_at
		where user_id = new.id and revoked_at is null;
	return null;
end $$;
--> statement-breakpoint
revoke all on function end_access_of_deactivated() from public;
--> statement-breakpoint
create trigger users_end_access after update of deactivated_at on users
	for each row when (new.deactivated_at is not null)
	execute function end_access_of_deactivated();
