CREATE TABLE "reading_proposals" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"reading_id" uuid NOT NULL,
	"step" text NOT NULL,
	"role" text NOT NULL,
	"read_start" integer,
	"read_end" integer,
	"read_value" jsonb,
	"confidence" text,
	"because" text,
	"promise" jsonb,
	"section" text NOT NULL,
	"whole_proposal_id" uuid,
	"choice" text,
	"kept_start" integer,
	"kept_end" integer,
	"kept_value" jsonb,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"citation_id" uuid,
	CONSTRAINT "reading_proposals_id_reading_key" UNIQUE("id","reading_id"),
	CONSTRAINT "reading_proposals_step_known" CHECK ("reading_proposals"."step" in ('identity', 'attendance', 'vote', 'decisions', 'figures', 'words')),
	CONSTRAINT "reading_proposals_choice_known" CHECK ("reading_proposals"."choice" in ('accepted', 'corrected', 'refused', 'marked')),
	CONSTRAINT "reading_proposals_kept_of_choice" CHECK ((coalesce("reading_proposals"."choice", '') in ('corrected', 'marked')) = ("reading_proposals"."kept_value" is not null)),
	CONSTRAINT "reading_proposals_read_or_marked" CHECK (("reading_proposals"."read_value" is null) = (coalesce("reading_proposals"."choice", '') = 'marked')),
	CONSTRAINT "reading_proposals_decided_by_somebody" CHECK (("reading_proposals"."choice" is null) = ("reading_proposals"."decided_by" is null) and ("reading_proposals"."choice" is null) = ("reading_proposals"."decided_at" is null)),
	CONSTRAINT "reading_proposals_read_span" CHECK (("reading_proposals"."read_start" is null) = ("reading_proposals"."read_end" is null) and "reading_proposals"."read_start" >= 0 and "reading_proposals"."read_end" > "reading_proposals"."read_start"),
	CONSTRAINT "reading_proposals_kept_span" CHECK (("reading_proposals"."kept_start" is null) = ("reading_proposals"."kept_end" is null) and "reading_proposals"."kept_start" >= 0 and "reading_proposals"."kept_end" > "reading_proposals"."kept_start"),
	CONSTRAINT "reading_proposals_not_own_whole" CHECK ("reading_proposals"."whole_proposal_id" <> "reading_proposals"."id")
);
--> statement-breakpoint
CREATE TABLE "readings" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"deliberation_id" uuid,
	"text" text NOT NULL,
	"text_digest" text NOT NULL,
	"source" text NOT NULL,
	"file_digest" text,
	"file_name" text,
	"file_size_bytes" bigint,
	"plan" jsonb,
	"revision" integer DEFAULT 0 NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "readings_state_known" CHECK ("readings"."state" in ('open', 'entered', 'set_aside')),
	CONSTRAINT "readings_source_known" CHECK ("readings"."source" in ('paste', 'txt', 'docx', 'odt', 'pdf')),
	CONSTRAINT "readings_digest_of_text" CHECK ("readings"."text_digest" = encode(sha256(convert_to("readings"."text", 'UTF8')), 'hex')),
	CONSTRAINT "readings_entered_as_an_act" CHECK ("readings"."state" <> 'entered' or "readings"."deliberation_id" is not null),
	CONSTRAINT "readings_file_whole" CHECK (("readings"."source" = 'paste') = ("readings"."file_digest" is null) and ("readings"."file_digest" is null) = ("readings"."file_name" is null) and ("readings"."file_digest" is null) = ("readings"."file_size_bytes" is null)),
	CONSTRAINT "readings_file_digest_shape" CHECK ("readings"."file_digest" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
ALTER TABLE "deliberations" ADD COLUMN "not_taking_part" integer;--> statement-breakpoint
ALTER TABLE "deliberations" ADD COLUMN "unanimous" boolean;--> statement-breakpoint
ALTER TABLE "deliberations" ADD COLUMN "vote_implied" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "deliberations" ADD COLUMN "voting" integer;--> statement-breakpoint
ALTER TABLE "deliberations" ADD COLUMN "published_on" date;--> statement-breakpoint
ALTER TABLE "deliberations" ADD COLUMN "received_on" date;--> statement-breakpoint
ALTER TABLE "deliberations" ADD COLUMN "file_digest" text;--> statement-breakpoint
ALTER TABLE "deliberations" ADD COLUMN "file_name" text;--> statement-breakpoint
ALTER TABLE "reading_proposals" ADD CONSTRAINT "reading_proposals_reading_fk" FOREIGN KEY ("reading_id") REFERENCES "readings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reading_proposals" ADD CONSTRAINT "reading_proposals_whole_fk" FOREIGN KEY ("whole_proposal_id","reading_id") REFERENCES "reading_proposals"("id","reading_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reading_proposals" ADD CONSTRAINT "reading_proposals_decided_by_fk" FOREIGN KEY ("decided_by") REFERENCES "users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reading_proposals" ADD CONSTRAINT "reading_proposals_citation_fk" FOREIGN KEY ("citation_id") REFERENCES "citations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "readings" ADD CONSTRAINT "readings_deliberation_fk" FOREIGN KEY ("deliberation_id") REFERENCES "deliberations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "readings" ADD CONSTRAINT "readings_created_by_fk" FOREIGN KEY ("created_by") REFERENCES "users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "readings" ADD CONSTRAINT "readings_updated_by_fk" FOREIGN KEY ("updated_by") REFERENCES "users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reading_proposals_reading_idx" ON "reading_proposals" USING btree ("reading_id");--> statement-breakpoint
CREATE INDEX "readings_state_idx" ON "readings" USING btree ("state","updated_at");--> statement-breakpoint
ALTER TABLE "deliberations" ADD CONSTRAINT "deliberations_file_whole" CHECK (("deliberations"."file_digest" is null) = ("deliberations"."file_name" is null));--> statement-breakpoint
ALTER TABLE "deliberations" ADD CONSTRAINT "deliberations_file_digest_shape" CHECK ("deliberations"."file_digest" ~ '^[0-9a-f]{64}$');