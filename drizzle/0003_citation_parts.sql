ALTER TABLE "citations" ADD COLUMN "whole_citation_id" uuid;--> statement-breakpoint
ALTER TABLE "citations" ADD CONSTRAINT "citations_id_deliberation_key" UNIQUE("id","deliberation_id");--> statement-breakpoint
ALTER TABLE "citations" ADD CONSTRAINT "citations_whole_fk" FOREIGN KEY ("whole_citation_id","deliberation_id") REFERENCES "citations"("id","deliberation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citations" ADD CONSTRAINT "citations_not_own_whole" CHECK ("citations"."whole_citation_id" <> "citations"."id");
