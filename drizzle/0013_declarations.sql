CREATE TABLE "declaration_cells" (
	"declaration_id" uuid NOT NULL,
	"key" text NOT NULL,
	"value" text NOT NULL,
	"updated_by" uuid NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "declaration_cells_pkey" PRIMARY KEY("declaration_id","key"),
	CONSTRAINT "declaration_cells_key_length" CHECK (length("declaration_cells"."key") between 1 and 200),
	CONSTRAINT "declaration_cells_value_length" CHECK (length("declaration_cells"."value") <= 2000)
);
--> statement-breakpoint
CREATE TABLE "declaration_counts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"line_id" uuid NOT NULL,
	"indicator_id" uuid NOT NULL,
	"product" text,
	"stage" text,
	"commune_code" text,
	"number" integer NOT NULL,
	CONSTRAINT "declaration_counts_key" UNIQUE NULLS NOT DISTINCT("line_id","indicator_id","product","stage","commune_code"),
	CONSTRAINT "declaration_counts_product_known" CHECK ("declaration_counts"."product" in ('PLAI', 'PLUS', 'PLS', 'LI')),
	CONSTRAINT "declaration_counts_stage_known" CHECK ("declaration_counts"."stage" in ('programmed', 'approved', 'started', 'delivered'))
);
--> statement-breakpoint
CREATE TABLE "declaration_duties" (
	"envelope_id" uuid NOT NULL,
	"frequency" text NOT NULL,
	"due_days" integer NOT NULL,
	"starts_on" date NOT NULL,
	"by_operation" boolean DEFAULT false NOT NULL,
	"set_by" uuid NOT NULL,
	"set_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "declaration_duties_pkey" PRIMARY KEY("envelope_id"),
	CONSTRAINT "declaration_duties_frequency_known" CHECK ("declaration_duties"."frequency" in ('month', 'quarter', 'half_year', 'year')),
	CONSTRAINT "declaration_duties_due_days_range" CHECK ("declaration_duties"."due_days" between 1 and 366)
);
--> statement-breakpoint
CREATE TABLE "declaration_events" (
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "declaration_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"declaration_id" uuid NOT NULL,
	"at" timestamp (6) with time zone DEFAULT clock_timestamp() NOT NULL,
	"actor_id" uuid NOT NULL,
	"action" text NOT NULL,
	"submission" integer NOT NULL,
	"row_key" text,
	"text" text,
	"details" jsonb,
	CONSTRAINT "declaration_events_pkey" PRIMARY KEY("id"),
	CONSTRAINT "declaration_events_action_known" CHECK ("declaration_events"."action" in ('create', 'submit', 'withdraw', 'accept', 'return', 'reopen', 'message', 'remark', 'attach', 'detach', 'import')),
	CONSTRAINT "declaration_events_text_given" CHECK ("declaration_events"."action" not in ('return', 'reopen', 'message', 'remark') or btrim(coalesce("declaration_events"."text", '')) <> ''),
	CONSTRAINT "declaration_events_text_length" CHECK (length("declaration_events"."text") <= 4000)
);
--> statement-breakpoint
CREATE TABLE "declaration_files" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"declaration_id" uuid NOT NULL,
	"row_key" text,
	"digest" text NOT NULL,
	"name" text NOT NULL,
	"media_type" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"uploaded_by" uuid NOT NULL,
	"uploaded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"removed_by" uuid,
	"removed_at" timestamp with time zone,
	CONSTRAINT "declaration_files_digest_shape" CHECK ("declaration_files"."digest" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "declaration_files_size_limit" CHECK ("declaration_files"."size_bytes" between 1 and 20971520),
	CONSTRAINT "declaration_files_name_given" CHECK (length(btrim("declaration_files"."name")) between 1 and 200),
	CONSTRAINT "declaration_files_removed_by_somebody" CHECK (("declaration_files"."removed_at" is null) = ("declaration_files"."removed_by" is null))
);
--> statement-breakpoint
CREATE TABLE "declaration_lines" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"declaration_id" uuid NOT NULL,
	"submission" integer NOT NULL,
	"position" integer NOT NULL,
	"row_key" text NOT NULL,
	"envelope_id" uuid NOT NULL,
	"measure_id" uuid,
	"operation_id" uuid,
	"new_operation_name" text,
	"new_operation_landlord" text,
	"new_operation_commune" text,
	"amount_cents" bigint,
	"comment" text,
	"corrects_from" date,
	"corrects_to" date,
	CONSTRAINT "declaration_lines_position_key" UNIQUE("declaration_id","submission","position"),
	CONSTRAINT "declaration_lines_row_key" UNIQUE("declaration_id","submission","row_key"),
	CONSTRAINT "declaration_lines_new_operation_whole" CHECK (num_nonnulls("declaration_lines"."new_operation_name", "declaration_lines"."new_operation_landlord", "declaration_lines"."new_operation_commune") in (0, 3) and ("declaration_lines"."new_operation_name" is null or "declaration_lines"."operation_id" is null)),
	CONSTRAINT "declaration_lines_correction_says_which" CHECK (coalesce("declaration_lines"."amount_cents", 0) >= 0 or num_nonnulls("declaration_lines"."corrects_from", "declaration_lines"."corrects_to") = 2)
);
--> statement-breakpoint
CREATE TABLE "declarations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"number" bigint GENERATED ALWAYS AS IDENTITY (sequence name "declarations_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"envelope_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"period_starts_on" date NOT NULL,
	"period_ends_on" date NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"submission" integer DEFAULT 0 NOT NULL,
	"nothing_to_declare" boolean DEFAULT false NOT NULL,
	"comment" text,
	"overrun_reason" text,
	"digest" text,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"submitted_by" uuid,
	"submitted_at" timestamp with time zone,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"reason" text,
	"fictitious" boolean DEFAULT false NOT NULL,
	CONSTRAINT "declarations_number_key" UNIQUE("number"),
	CONSTRAINT "declarations_period_key" UNIQUE("envelope_id","period_starts_on"),
	CONSTRAINT "declarations_state_known" CHECK ("declarations"."state" in ('draft', 'submitted', 'returned', 'accepted', 'reopened')),
	CONSTRAINT "declarations_days_in_order" CHECK ("declarations"."period_ends_on" >= "declarations"."period_starts_on"),
	CONSTRAINT "declarations_sent_by_somebody" CHECK ("declarations"."state" = 'draft' or ("declarations"."submission" > 0 and "declarations"."submitted_by" is not null and "declarations"."submitted_at" is not null and "declarations"."digest" is not null)),
	CONSTRAINT "declarations_decided_by_somebody" CHECK ("declarations"."state" in ('draft', 'submitted') or ("declarations"."decided_by" is not null and "declarations"."decided_at" is not null)),
	CONSTRAINT "declarations_reason_given" CHECK ("declarations"."state" not in ('returned', 'reopened') or btrim(coalesce("declarations"."reason", '')) <> ''),
	CONSTRAINT "declarations_overrun_reason_given" CHECK (btrim("declarations"."overrun_reason") <> '' and length("declarations"."overrun_reason") <= 500)
);
--> statement-breakpoint
CREATE TABLE "column_matches" (
	"organisation_id" uuid NOT NULL,
	"heading_digest" text NOT NULL,
	"matches" jsonb NOT NULL,
	"updated_by" uuid NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "column_matches_pkey" PRIMARY KEY("organisation_id","heading_digest")
);
--> statement-breakpoint
CREATE TABLE "import_rows" (
	"import_id" uuid NOT NULL,
	"line_number" integer NOT NULL,
	"cells" jsonb NOT NULL,
	"row_key" text,
	"amount_cents" bigint,
	"fields" jsonb,
	"skipped" text,
	"problems" jsonb,
	CONSTRAINT "import_rows_pkey" PRIMARY KEY("import_id","line_number")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"declaration_id" uuid NOT NULL,
	"file_digest" text NOT NULL,
	"file_name" text NOT NULL,
	"media_type" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"columns" jsonb,
	"read_count" integer DEFAULT 0 NOT NULL,
	"line_count" integer,
	"problem_count" integer DEFAULT 0 NOT NULL,
	"problem" text,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"applied_at" timestamp with time zone,
	CONSTRAINT "imports_state_known" CHECK ("imports"."state" in ('waiting', 'reading', 'matching', 'ready', 'refused', 'applied', 'discarded')),
	CONSTRAINT "imports_digest_shape" CHECK ("imports"."file_digest" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "imports_refusal_says_why" CHECK ("imports"."state" <> 'refused' or btrim(coalesce("imports"."problem", '')) <> '')
);
--> statement-breakpoint
CREATE TABLE "mail_refusals" (
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	CONSTRAINT "mail_refusals_pkey" PRIMARY KEY("user_id","kind")
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"recipient_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"cause" text NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_error" text,
	"sent_at" timestamp with time zone,
	CONSTRAINT "mails_cause_key" UNIQUE("recipient_id","cause"),
	CONSTRAINT "mails_kind_known" CHECK ("mails"."kind" in ('opened', 'due_soon', 'late', 'weekly', 'receipt', 'arrived', 'decided', 'message'))
);
--> statement-breakpoint
ALTER TABLE "observations" DROP CONSTRAINT "observations_one_value";--> statement-breakpoint
ALTER TABLE "content_revision" DROP CONSTRAINT "content_revision_one_row";--> statement-breakpoint
ALTER TABLE "content_revision" ALTER COLUMN "id" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "content_revision" ALTER COLUMN "id" SET DATA TYPE smallint USING "id"::int::smallint;--> statement-breakpoint
ALTER TABLE "entries" ADD COLUMN "declaration_line_id" uuid;--> statement-breakpoint
ALTER TABLE "observations" ADD COLUMN "declaration_count_id" uuid;--> statement-breakpoint
ALTER TABLE "observations" ADD COLUMN "withdrawn" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "declaration_cells" ADD CONSTRAINT "declaration_cells_declaration_fk" FOREIGN KEY ("declaration_id") REFERENCES "declarations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "declaration_cells" ADD CONSTRAINT "declaration_cells_updated_by_fk" FOREIGN KEY ("updated_by") REFERENCES "users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "declaration_counts" ADD CONSTRAINT "declaration_counts_line_fk" FOREIGN KEY ("line_id") REFERENCES "declaration_lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "declaration_counts" ADD CONSTRAINT "declaration_counts_indicator_fk" FOREIGN KEY ("indicator_id") REFERENCES "indicators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "declaration_counts" ADD CONSTRAINT "declaration_counts_commune_fk" FOREIGN KEY ("commune_code") REFERENCES "communes"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "declaration_duties" ADD CONSTRAINT "declaration_duties_envelope_fk" FOREIGN KEY ("envelope_id") REFERENCES "envelopes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "declaration_duties" ADD CONSTRAINT "declaration_duties_set_by_fk" FOREIGN KEY ("set_by") REFERENCES "users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "declaration_events" ADD CONSTRAINT "declaration_events_declaration_fk" FOREIGN KEY ("declaration_id") REFERENCES "declarations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "declaration_events" ADD CONSTRAINT "declaration_events_actor_fk" FOREIGN KEY ("actor_id") REFERENCES "users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "declaration_files" ADD CONSTRAINT "declaration_files_declaration_fk" FOREIGN KEY ("declaration_id") REFERENCES "declarations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "declaration_files" ADD CONSTRAINT "declaration_files_uploaded_by_fk" FOREIGN KEY ("uploaded_by") REFERENCES "users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "declaration_files" ADD CONSTRAINT "declaration_files_removed_by_fk" FOREIGN KEY ("removed_by") REFERENCES "users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "declaration_lines" ADD CONSTRAINT "declaration_lines_declaration_fk" FOREIGN KEY ("declaration_id") REFERENCES "declarations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "declaration_lines" ADD CONSTRAINT "declaration_lines_measure_fk" FOREIGN KEY ("measure_id","envelope_id") REFERENCES "measures"("id","envelope_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "declaration_lines" ADD CONSTRAINT "declaration_lines_operation_fk" FOREIGN KEY ("operation_id","envelope_id") REFERENCES "operations"("id","envelope_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "declaration_lines" ADD CONSTRAINT "declaration_lines_new_commune_fk" FOREIGN KEY ("new_operation_commune") REFERENCES "communes"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "declarations" ADD CONSTRAINT "declarations_envelope_fk" FOREIGN KEY ("envelope_id") REFERENCES "envelopes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "declarations" ADD CONSTRAINT "declarations_organisation_fk" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "declarations" ADD CONSTRAINT "declarations_created_by_fk" FOREIGN KEY ("created_by") REFERENCES "users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "declarations" ADD CONSTRAINT "declarations_submitted_by_fk" FOREIGN KEY ("submitted_by") REFERENCES "users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "declarations" ADD CONSTRAINT "declarations_decided_by_fk" FOREIGN KEY ("decided_by") REFERENCES "users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "column_matches" ADD CONSTRAINT "column_matches_organisation_fk" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "column_matches" ADD CONSTRAINT "column_matches_updated_by_fk" FOREIGN KEY ("updated_by") REFERENCES "users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_import_fk" FOREIGN KEY ("import_id") REFERENCES "imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_declaration_fk" FOREIGN KEY ("declaration_id") REFERENCES "declarations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_created_by_fk" FOREIGN KEY ("created_by") REFERENCES "users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_refusals" ADD CONSTRAINT "mail_refusals_user_fk" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_recipient_fk" FOREIGN KEY ("recipient_id") REFERENCES "users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "declaration_events_declaration_idx" ON "declaration_events" USING btree ("declaration_id","id");--> statement-breakpoint
CREATE INDEX "declaration_files_declaration_idx" ON "declaration_files" USING btree ("declaration_id");--> statement-breakpoint
CREATE INDEX "declarations_organisation_idx" ON "declarations" USING btree ("organisation_id","period_starts_on");--> statement-breakpoint
CREATE INDEX "declarations_waiting_idx" ON "declarations" USING btree ("submitted_at","id") WHERE state = 'submitted';--> statement-breakpoint
CREATE INDEX "import_rows_problem_idx" ON "import_rows" USING btree ("import_id","line_number") WHERE problems is not null;--> statement-breakpoint
CREATE INDEX "imports_declaration_idx" ON "imports" USING btree ("declaration_id","file_digest");--> statement-breakpoint
CREATE INDEX "mails_waiting_idx" ON "mails" USING btree ("next_attempt_at") WHERE sent_at is null;--> statement-breakpoint
CREATE INDEX "mails_created_idx" ON "mails" USING btree ("created_at","id");--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_declaration_line_fk" FOREIGN KEY ("declaration_line_id") REFERENCES "declaration_lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_declaration_count_fk" FOREIGN KEY ("declaration_count_id") REFERENCES "declaration_counts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "entries_line_posted_once" ON "entries" USING btree ("declaration_line_id") WHERE reverses_entry_id is null and declaration_line_id is not null;--> statement-breakpoint
CREATE INDEX "entries_line_idx" ON "entries" USING btree ("declaration_line_id") WHERE declaration_line_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "observations_count_recorded_once" ON "observations" USING btree ("declaration_count_id") WHERE declaration_count_id is not null and not withdrawn;--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_withdrawn_replaces" CHECK (not "observations"."withdrawn" or "observations"."replaces_observation_id" is not null);--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_one_value" CHECK (num_nonnulls("observations"."amount_cents", "observations"."number") = case when "observations"."withdrawn" then 0 else 1 end);--> statement-breakpoint
ALTER TABLE "content_revision" ADD CONSTRAINT "content_revision_sixteen_rows" CHECK ("content_revision"."id" between 0 and 15);