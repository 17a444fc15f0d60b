CREATE TABLE "undertaking_events" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"number" bigint GENERATED ALWAYS AS IDENTITY (sequence name "undertaking_events_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"undertaking_id" uuid NOT NULL,
	"actor_id" uuid NOT NULL,
	"organisation_id" uuid,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"action" text NOT NULL,
	"occurred_on" date,
	"status" text,
	"text" text,
	"owner_id" uuid,
	"review_on" date,
	"proposal_id" uuid,
	"fictitious" boolean DEFAULT false NOT NULL,
	CONSTRAINT "undertaking_events_id_undertaking_key" UNIQUE("id","undertaking_id"),
	CONSTRAINT "undertaking_events_answered_once" UNIQUE("proposal_id"),
	CONSTRAINT "undertaking_events_action_known" CHECK ("undertaking_events"."action" in ('note', 'propose', 'confirm', 'refuse', 'decide', 'assign', 'schedule')),
	CONSTRAINT "undertaking_events_status_known" CHECK ("undertaking_events"."status" in ('not_started', 'under_way', 'kept', 'not_kept')),
	CONSTRAINT "undertaking_events_status_of_action" CHECK (("undertaking_events"."status" is not null) = ("undertaking_events"."action" in ('propose', 'confirm', 'refuse', 'decide'))),
	CONSTRAINT "undertaking_events_day_of_action" CHECK (("undertaking_events"."occurred_on" is not null) = ("undertaking_events"."action" in ('note', 'propose', 'confirm', 'refuse', 'decide'))),
	CONSTRAINT "undertaking_events_answer_to_proposal" CHECK (("undertaking_events"."proposal_id" is not null) = ("undertaking_events"."action" in ('confirm', 'refuse'))),
	CONSTRAINT "undertaking_events_text_given" CHECK (coalesce("undertaking_events"."text", '') ~ '\S' or "undertaking_events"."action" in ('confirm', 'assign', 'schedule')),
	CONSTRAINT "undertaking_events_owner_of_action" CHECK ("undertaking_events"."owner_id" is null or "undertaking_events"."action" = 'assign'),
	CONSTRAINT "undertaking_events_review_of_action" CHECK ("undertaking_events"."review_on" is null or "undertaking_events"."action" = 'schedule')
);
--> statement-breakpoint
CREATE TABLE "undertaking_files" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"event_id" uuid NOT NULL,
	"digest" text NOT NULL,
	"name" text NOT NULL,
	"media_type" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	CONSTRAINT "undertaking_files_content_key" UNIQUE("event_id","digest"),
	CONSTRAINT "undertaking_files_digest_shape" CHECK ("undertaking_files"."digest" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "undertaking_files_size" CHECK ("undertaking_files"."size_bytes" > 0 and "undertaking_files"."size_bytes" <= 20 * 1024 * 1024)
);
--> statement-breakpoint
ALTER TABLE "undertakings" ADD COLUMN "review_on" date;--> statement-breakpoint
ALTER TABLE "undertaking_events" ADD CONSTRAINT "undertaking_events_undertaking_fk" FOREIGN KEY ("undertaking_id") REFERENCES "undertakings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "undertaking_events" ADD CONSTRAINT "undertaking_events_actor_fk" FOREIGN KEY ("actor_id") REFERENCES "users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "undertaking_events" ADD CONSTRAINT "undertaking_events_organisation_fk" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "undertaking_events" ADD CONSTRAINT "undertaking_events_owner_fk" FOREIGN KEY ("owner_id") REFERENCES "organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "undertaking_events" ADD CONSTRAINT "undertaking_events_proposal_fk" FOREIGN KEY ("proposal_id","undertaking_id") REFERENCES "undertaking_events"("id","undertaking_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "undertaking_files" ADD CONSTRAINT "undertaking_files_event_fk" FOREIGN KEY ("event_id") REFERENCES "undertaking_events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "undertaking_events_undertaking_idx" ON "undertaking_events" USING btree ("undertaking_id","number");