-- A partner reads the name of who funds its envelopes, also where that is another organisation.
drop policy organisations_read_own on organisations;
--> statement-breakpoint
create policy organisations_read_own on organisations for select to tenu_partner using (
	id = (select current_organisation_id())
	or kind = 'authority'
	or id in (select e.funder_id from envelopes e)
	or id in (select o.landlord_id from operations o)
	or id in (select c.organisation_id from envelope_counterparties c)
);
