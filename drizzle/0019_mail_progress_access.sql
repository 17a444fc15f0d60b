-- Up to where the events of declarations have their mails: known to the clock alone.

alter table mail_progress enable row level security;
--> statement-breakpoint
grant select, insert, update on mail_progress to tenu_clock;
--> statement-breakpoint
create policy mail_progress_clock on mail_progress for all to tenu_clock using (true) with check (true);
--> statement-breakpoint
insert into mail_progress (events_through) values (0);
