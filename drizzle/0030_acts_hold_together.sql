ALTER TABLE "envelopes" DROP CONSTRAINT "envelopes_agreement_fk";
--> statement-breakpoint
ALTER TABLE "indicators" DROP CONSTRAINT "indicators_envelope_fk";
--> statement-breakpoint
ALTER TABLE "envelopes" ADD CONSTRAINT "envelopes_id_programme_key" UNIQUE("id","programme_id");
--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_id_programme_key" UNIQUE("id","programme_id");
--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_cites_its_act" FOREIGN KEY ("citation_id","deliberation_id") REFERENCES "citations"("id","deliberation_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "envelopes" ADD CONSTRAINT "envelopes_agreement_fk" FOREIGN KEY ("agreement_id","programme_id") REFERENCES "agreements"("id","programme_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "indicators" ADD CONSTRAINT "indicators_envelope_fk" FOREIGN KEY ("envelope_id","programme_id") REFERENCES "envelopes"("id","programme_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_cites_its_act" FOREIGN KEY ("citation_id","deliberation_id") REFERENCES "citations"("id","deliberation_id") ON DELETE no action ON UPDATE no action;
