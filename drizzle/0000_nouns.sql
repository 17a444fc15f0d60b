CREATE TABLE "audit_events" (
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "audit_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"actor_id" uuid,
	"action" text NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" text,
	"details" jsonb,
	CONSTRAINT "audit_events_pkey" PRIMARY KEY("id")
);
--> statement-breakpoint
CREATE TABLE "command_receipts" (
	"key" uuid NOT NULL,
	"actor_id" uuid NOT NULL,
	"command" text NOT NULL,
	"answer" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "command_receipts_pkey" PRIMARY KEY("key")
);
--> statement-breakpoint
CREATE TABLE "citations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"deliberation_id" uuid NOT NULL,
	"start_offset" integer NOT NULL,
	"end_offset" integer NOT NULL,
	"quote" text NOT NULL,
	"kind" text NOT NULL,
	"section" text NOT NULL,
	"amount_cents" bigint,
	"precision_cents" bigint,
	"number" numeric(20, 4),
	"precision" numeric(20, 4),
	"day" date,
	CONSTRAINT "citations_span_key" UNIQUE("deliberation_id","start_offset","end_offset","kind"),
	CONSTRAINT "citations_span" CHECK ("citations"."start_offset" >= 0 and "citations"."end_offset" > "citations"."start_offset"),
	CONSTRAINT "citations_section_known" CHECK ("citations"."section" in ('header', 'statement_of_reasons', 'decision')),
	CONSTRAINT "citations_value_of_kind" CHECK (case "citations"."kind"
				when 'amount' then "citations"."amount_cents" is not null and "citations"."precision_cents" is not null and "citations"."number" is null and "citations"."day" is null
				when 'count' then "citations"."number" is not null and "citations"."precision" is not null and "citations"."amount_cents" is null and "citations"."day" is null
				when 'percentage' then "citations"."number" is not null and "citations"."precision" is not null and "citations"."amount_cents" is null and "citations"."day" is null
				when 'date' then "citations"."day" is not null and "citations"."amount_cents" is null and "citations"."number" is null
				when 'words' then "citations"."amount_cents" is null and "citations"."number" is null and "citations"."day" is null
				else false end)
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"deliberation_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"verb" text NOT NULL,
	"quote" text NOT NULL,
	"start_offset" integer NOT NULL,
	"end_offset" integer NOT NULL,
	CONSTRAINT "decisions_position_key" UNIQUE("deliberation_id","position"),
	CONSTRAINT "decisions_span" CHECK ("decisions"."start_offset" >= 0 and "decisions"."end_offset" > "decisions"."start_offset")
);
--> statement-breakpoint
CREATE TABLE "deliberations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"slug" text NOT NULL,
	"authority_id" uuid NOT NULL,
	"number" text,
	"sitting_on" date NOT NULL,
	"convened_on" date,
	"president" text,
	"secretary" text,
	"theme" text,
	"title" text NOT NULL,
	"text" text NOT NULL,
	"text_digest" text NOT NULL,
	"members" integer,
	"in_office" integer,
	"present" integer,
	"proxies" integer,
	"absent" integer,
	"names_counted" integer,
	"votes_for" integer,
	"votes_against" integer,
	"abstentions" integer,
	"not_voting" integer,
	"entered_at" timestamp with time zone DEFAULT now() NOT NULL,
	"entered_by" uuid NOT NULL,
	CONSTRAINT "deliberations_slug_key" UNIQUE("slug"),
	CONSTRAINT "deliberations_text_digest_key" UNIQUE("text_digest"),
	CONSTRAINT "deliberations_slug_shape" CHECK ("deliberations"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
	CONSTRAINT "deliberations_digest_of_text" CHECK ("deliberations"."text_digest" = encode(sha256(convert_to("deliberations"."text", 'UTF8')), 'hex')),
	CONSTRAINT "deliberations_convened_before_sitting" CHECK ("deliberations"."convened_on" <= "deliberations"."sitting_on")
);
--> statement-breakpoint
CREATE TABLE "entries" (
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"envelope_id" uuid NOT NULL,
	"measure_id" uuid,
	"operation_id" uuid,
	"kind" text NOT NULL,
	"amount_cents" bigint NOT NULL,
	"effective_on" date NOT NULL,
	"fiscal_year" smallint NOT NULL,
	"recorded_at" timestamp (6) with time zone DEFAULT clock_timestamp() NOT NULL,
	"recorded_by" uuid NOT NULL,
	"label" text NOT NULL,
	"counterparty_id" uuid,
	"deliberation_id" uuid,
	"citation_id" uuid,
	"reverses_entry_id" bigint,
	"overrun_reason" text,
	"fictitious" boolean DEFAULT false NOT NULL,
	CONSTRAINT "entries_pkey" PRIMARY KEY("id"),
	CONSTRAINT "entries_reversed_once" UNIQUE("reverses_entry_id"),
	CONSTRAINT "entries_kind_known" CHECK ("entries"."kind" in ('allocation', 'commitment', 'receipt', 'disbursement')),
	CONSTRAINT "entries_amount_not_zero" CHECK ("entries"."amount_cents" <> 0),
	CONSTRAINT "entries_label_given" CHECK (btrim("entries"."label") <> ''),
	CONSTRAINT "entries_overrun_reason_given" CHECK (btrim("entries"."overrun_reason") <> ''),
	CONSTRAINT "entries_allocation_from_an_act" CHECK ("entries"."kind" <> 'allocation' or "entries"."deliberation_id" is not null or "entries"."fictitious"),
	CONSTRAINT "entries_fiscal_year_not_before_fact" CHECK ("entries"."fiscal_year" >= extract(year from "entries"."effective_on"))
);
--> statement-breakpoint
CREATE TABLE "envelope_balances" (
	"envelope_id" uuid NOT NULL,
	"promised_cents" bigint NOT NULL,
	"committed_cents" bigint NOT NULL,
	"received_cents" bigint NOT NULL,
	"disbursed_cents" bigint NOT NULL,
	"entry_count" bigint NOT NULL,
	"overrun_reason" text,
	CONSTRAINT "envelope_balances_pkey" PRIMARY KEY("envelope_id"),
	CONSTRAINT "envelope_balances_disbursed_within_promised" CHECK ("envelope_balances"."disbursed_cents" <= "envelope_balances"."promised_cents" or "envelope_balances"."overrun_reason" is not null)
);
--> statement-breakpoint
CREATE TABLE "envelope_counterparties" (
	"envelope_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	CONSTRAINT "envelope_counterparties_pkey" PRIMARY KEY("envelope_id","organisation_id")
);
--> statement-breakpoint
CREATE TABLE "fiscal_years" (
	"year" smallint NOT NULL,
	"closed_at" timestamp with time zone NOT NULL,
	"closed_by" uuid NOT NULL,
	CONSTRAINT "fiscal_years_pkey" PRIMARY KEY("year")
);
--> statement-breakpoint
CREATE TABLE "month_totals" (
	"envelope_id" uuid NOT NULL,
	"measure_id" uuid,
	"kind" text NOT NULL,
	"month" date NOT NULL,
	"amount_cents" bigint NOT NULL,
	"entry_count" bigint NOT NULL,
	"last_effective_on" date NOT NULL,
	CONSTRAINT "month_totals_key" UNIQUE NULLS NOT DISTINCT("envelope_id","measure_id","kind","month")
);
--> statement-breakpoint
CREATE TABLE "envelopes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"programme_id" uuid NOT NULL,
	"agreement_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"label" text NOT NULL,
	"purpose" text NOT NULL,
	"funder_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"circuit" text NOT NULL,
	"strength" text NOT NULL,
	"instrument" text,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"citation_id" uuid,
	CONSTRAINT "envelopes_position_key" UNIQUE("programme_id","position"),
	CONSTRAINT "envelopes_circuit_known" CHECK ("envelopes"."circuit" in ('off_budget', 'earmarked_revenue', 'own_expenditure')),
	CONSTRAINT "envelopes_strength_known" CHECK ("envelopes"."strength" in ('intention', 'firm')),
	CONSTRAINT "envelopes_instrument_known" CHECK ("envelopes"."instrument" in ('grant', 'loan', 'guarantee', 'service')),
	CONSTRAINT "envelopes_days_in_order" CHECK ("envelopes"."ends_on" >= "envelopes"."starts_on")
);
--> statement-breakpoint
CREATE TABLE "instalments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"envelope_id" uuid NOT NULL,
	"agreement_id" uuid NOT NULL,
	"due_on" date NOT NULL,
	"amount_cents" bigint NOT NULL,
	"citation_id" uuid,
	CONSTRAINT "instalments_due_key" UNIQUE("envelope_id","agreement_id","due_on"),
	CONSTRAINT "instalments_amount_positive" CHECK ("instalments"."amount_cents" > 0)
);
--> statement-breakpoint
CREATE TABLE "measures" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"envelope_id" uuid NOT NULL,
	"parent_id" uuid,
	"position" integer NOT NULL,
	"label" text NOT NULL,
	"instrument" text,
	"citation_id" uuid,
	CONSTRAINT "measures_id_envelope_key" UNIQUE("id","envelope_id"),
	CONSTRAINT "measures_position_key" UNIQUE("envelope_id","position"),
	CONSTRAINT "measures_not_own_parent" CHECK ("measures"."parent_id" <> "measures"."id"),
	CONSTRAINT "measures_instrument_known" CHECK ("measures"."instrument" in ('grant', 'loan', 'guarantee', 'service'))
);
--> statement-breakpoint
CREATE TABLE "operations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"envelope_id" uuid NOT NULL,
	"name" text NOT NULL,
	"landlord_id" uuid NOT NULL,
	"commune_code" text NOT NULL,
	"district_id" uuid,
	"confirmed_at" timestamp with time zone,
	"fictitious" boolean DEFAULT false NOT NULL,
	CONSTRAINT "operations_id_envelope_key" UNIQUE("id","envelope_id"),
	CONSTRAINT "operations_name_key" UNIQUE("envelope_id","name")
);
--> statement-breakpoint
CREATE TABLE "indicators" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"programme_id" uuid NOT NULL,
	"envelope_id" uuid,
	"measure_id" uuid,
	"position" integer NOT NULL,
	"label" text NOT NULL,
	"unit" text NOT NULL,
	"included" boolean DEFAULT false NOT NULL,
	CONSTRAINT "indicators_position_key" UNIQUE("programme_id","position"),
	CONSTRAINT "indicators_unit_known" CHECK ("indicators"."unit" in ('euros', 'aids', 'households', 'dwellings', 'percent'))
);
--> statement-breakpoint
CREATE TABLE "observations" (
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "observations_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"indicator_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"period_starts_on" date NOT NULL,
	"period_ends_on" date NOT NULL,
	"amount_cents" bigint,
	"number" numeric(20, 4),
	"product" text,
	"stage" text,
	"commune_code" text,
	"district_id" uuid,
	"operation_id" uuid,
	"citation_id" uuid,
	"provisional" boolean DEFAULT false NOT NULL,
	"replaces_observation_id" bigint,
	"recorded_at" timestamp (6) with time zone DEFAULT clock_timestamp() NOT NULL,
	"recorded_by" uuid NOT NULL,
	"fictitious" boolean DEFAULT false NOT NULL,
	CONSTRAINT "observations_pkey" PRIMARY KEY("id"),
	CONSTRAINT "observations_replaced_once" UNIQUE("replaces_observation_id"),
	CONSTRAINT "observations_kind_known" CHECK ("observations"."kind" in ('baseline', 'target', 'actual')),
	CONSTRAINT "observations_product_known" CHECK ("observations"."product" in ('PLAI', 'PLUS', 'PLS', 'LI')),
	CONSTRAINT "observations_stage_known" CHECK ("observations"."stage" in ('programmed', 'approved', 'started', 'delivered')),
	CONSTRAINT "observations_days_in_order" CHECK ("observations"."period_ends_on" >= "observations"."period_starts_on"),
	CONSTRAINT "observations_one_value" CHECK (num_nonnulls("observations"."amount_cents", "observations"."number") = 1)
);
--> statement-breakpoint
CREATE TABLE "communes" (
	"code" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "communes_pkey" PRIMARY KEY("code"),
	CONSTRAINT "communes_code_shape" CHECK ("communes"."code" ~ '^[0-9AB]{5}$')
);
--> statement-breakpoint
CREATE TABLE "organisations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"siren" text,
	"fictitious" boolean DEFAULT false NOT NULL,
	CONSTRAINT "organisations_name_key" UNIQUE("name"),
	CONSTRAINT "organisations_kind_known" CHECK ("organisations"."kind" in ('authority', 'state', 'funder', 'landlord', 'operator', 'association')),
	CONSTRAINT "organisations_siren_shape" CHECK ("organisations"."siren" ~ '^[0-9]{9}$')
);
--> statement-breakpoint
CREATE TABLE "agreements" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"programme_id" uuid NOT NULL,
	"title" text NOT NULL,
	"rank" smallint DEFAULT 0 NOT NULL,
	"root_agreement_id" uuid,
	"root_rank" smallint GENERATED ALWAYS AS (case when root_agreement_id is null then null else 0 end) STORED,
	"deliberation_id" uuid,
	"citation_id" uuid,
	"effective_on" date NOT NULL,
	"starts_on" date,
	"ends_on" date,
	CONSTRAINT "agreements_id_rank_key" UNIQUE("id","rank"),
	CONSTRAINT "agreements_root_rank_key" UNIQUE("root_agreement_id","rank"),
	CONSTRAINT "agreements_rank_of_amendment" CHECK (("agreements"."root_agreement_id" is null) = ("agreements"."rank" = 0) and "agreements"."rank" >= 0),
	CONSTRAINT "agreements_days_in_order" CHECK ("agreements"."ends_on" >= "agreements"."starts_on")
);
--> statement-breakpoint
CREATE TABLE "districts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"commune_code" text NOT NULL,
	"code" text,
	CONSTRAINT "districts_name_key" UNIQUE("commune_code","name"),
	CONSTRAINT "districts_code_shape" CHECK ("districts"."code" ~ '^(QP[0-9]{6}|QN[0-9]{5}[A-Z])$')
);
--> statement-breakpoint
CREATE TABLE "programme_districts" (
	"programme_id" uuid NOT NULL,
	"district_id" uuid NOT NULL,
	"citation_id" uuid,
	CONSTRAINT "programme_districts_pkey" PRIMARY KEY("programme_id","district_id")
);
--> statement-breakpoint
CREATE TABLE "programmes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"summary" text,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"horizon_ends_on" date,
	"horizon_citation_id" uuid,
	"validated_at" timestamp with time zone,
	CONSTRAINT "programmes_slug_key" UNIQUE("slug"),
	CONSTRAINT "programmes_slug_shape" CHECK ("programmes"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
	CONSTRAINT "programmes_days_in_order" CHECK ("programmes"."ends_on" >= "programmes"."starts_on"),
	CONSTRAINT "programmes_horizon_after_end" CHECK ("programmes"."horizon_ends_on" >= "programmes"."ends_on")
);
--> statement-breakpoint
CREATE TABLE "undertakings" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"programme_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"text" text NOT NULL,
	"citation_id" uuid,
	"owner_id" uuid,
	"status" text,
	CONSTRAINT "undertakings_position_key" UNIQUE("programme_id","position"),
	CONSTRAINT "undertakings_status_known" CHECK ("undertakings"."status" in ('not_started', 'under_way', 'kept', 'not_kept'))
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"id" boolean DEFAULT true NOT NULL,
	"authority_name" text,
	"authority_siren" text,
	"publication_director" text,
	"host_name" text,
	"contact_email" text,
	"demonstration" boolean DEFAULT false NOT NULL,
	"opens_on" date,
	"behind_points" integer DEFAULT 10 NOT NULL,
	"ahead_points" integer DEFAULT 10 NOT NULL,
	"ending_notice_days" integer DEFAULT 365 NOT NULL,
	CONSTRAINT "settings_pkey" PRIMARY KEY("id"),
	CONSTRAINT "settings_one_row" CHECK ("settings"."id"),
	CONSTRAINT "settings_thresholds_positive" CHECK ("settings"."behind_points" > 0 and "settings"."ahead_points" > 0 and "settings"."ending_notice_days" > 0),
	CONSTRAINT "settings_siren_shape" CHECK ("settings"."authority_siren" ~ '^[0-9]{9}$')
);
--> statement-breakpoint
CREATE TABLE "api_tokens" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"digest" text NOT NULL,
	"user_id" uuid NOT NULL,
	"label" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"last_used_on" date,
	CONSTRAINT "api_tokens_digest_key" UNIQUE("digest")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sessions_pkey" PRIMARY KEY("id")
);
--> statement-breakpoint
CREATE TABLE "throttles" (
	"key" text NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"expire" bigint,
	CONSTRAINT "throttles_pkey" PRIMARY KEY("key")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"organisation_id" uuid,
	"password_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deactivated_at" timestamp with time zone,
	"fictitious" boolean DEFAULT false NOT NULL,
	CONSTRAINT "users_email_key" UNIQUE("email"),
	CONSTRAINT "users_email_lowercase" CHECK ("users"."email" = lower("users"."email")),
	CONSTRAINT "users_role_known" CHECK ("users"."role" in ('finance', 'partner', 'elected', 'admin')),
	CONSTRAINT "users_partner_has_organisation" CHECK ("users"."role" <> 'partner' or "users"."organisation_id" is not null)
);
--> statement-breakpoint
ALTER TABLE "audit_events" ADD CONSTRAINT "audit_events_actor_fk" FOREIGN KEY ("actor_id") REFERENCES "users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "command_receipts" ADD CONSTRAINT "command_receipts_actor_fk" FOREIGN KEY ("actor_id") REFERENCES "users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citations" ADD CONSTRAINT "citations_deliberation_fk" FOREIGN KEY ("deliberation_id") REFERENCES "deliberations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_deliberation_fk" FOREIGN KEY ("deliberation_id") REFERENCES "deliberations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliberations" ADD CONSTRAINT "deliberations_authority_fk" FOREIGN KEY ("authority_id") REFERENCES "organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliberations" ADD CONSTRAINT "deliberations_entered_by_fk" FOREIGN KEY ("entered_by") REFERENCES "users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_envelope_fk" FOREIGN KEY ("envelope_id") REFERENCES "envelopes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_measure_fk" FOREIGN KEY ("measure_id","envelope_id") REFERENCES "measures"("id","envelope_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_operation_fk" FOREIGN KEY ("operation_id","envelope_id") REFERENCES "operations"("id","envelope_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_recorded_by_fk" FOREIGN KEY ("recorded_by") REFERENCES "users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_counterparty_fk" FOREIGN KEY ("counterparty_id") REFERENCES "organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_deliberation_fk" FOREIGN KEY ("deliberation_id") REFERENCES "deliberations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_citation_fk" FOREIGN KEY ("citation_id") REFERENCES "citations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_reverses_fk" FOREIGN KEY ("reverses_entry_id") REFERENCES "entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "envelope_balances" ADD CONSTRAINT "envelope_balances_envelope_fk" FOREIGN KEY ("envelope_id") REFERENCES "envelopes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "envelope_counterparties" ADD CONSTRAINT "envelope_counterparties_envelope_fk" FOREIGN KEY ("envelope_id") REFERENCES "envelopes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "envelope_counterparties" ADD CONSTRAINT "envelope_counterparties_organisation_fk" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fiscal_years" ADD CONSTRAINT "fiscal_years_closed_by_fk" FOREIGN KEY ("closed_by") REFERENCES "users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "month_totals" ADD CONSTRAINT "month_totals_envelope_fk" FOREIGN KEY ("envelope_id") REFERENCES "envelopes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "month_totals" ADD CONSTRAINT "month_totals_measure_fk" FOREIGN KEY ("measure_id","envelope_id") REFERENCES "measures"("id","envelope_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "envelopes" ADD CONSTRAINT "envelopes_programme_fk" FOREIGN KEY ("programme_id") REFERENCES "programmes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "envelopes" ADD CONSTRAINT "envelopes_agreement_fk" FOREIGN KEY ("agreement_id") REFERENCES "agreements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "envelopes" ADD CONSTRAINT "envelopes_funder_fk" FOREIGN KEY ("funder_id") REFERENCES "organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "envelopes" ADD CONSTRAINT "envelopes_partner_fk" FOREIGN KEY ("partner_id") REFERENCES "organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "envelopes" ADD CONSTRAINT "envelopes_citation_fk" FOREIGN KEY ("citation_id") REFERENCES "citations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instalments" ADD CONSTRAINT "instalments_envelope_fk" FOREIGN KEY ("envelope_id") REFERENCES "envelopes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instalments" ADD CONSTRAINT "instalments_agreement_fk" FOREIGN KEY ("agreement_id") REFERENCES "agreements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instalments" ADD CONSTRAINT "instalments_citation_fk" FOREIGN KEY ("citation_id") REFERENCES "citations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "measures" ADD CONSTRAINT "measures_envelope_fk" FOREIGN KEY ("envelope_id") REFERENCES "envelopes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "measures" ADD CONSTRAINT "measures_parent_fk" FOREIGN KEY ("parent_id","envelope_id") REFERENCES "measures"("id","envelope_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "measures" ADD CONSTRAINT "measures_citation_fk" FOREIGN KEY ("citation_id") REFERENCES "citations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "operations_envelope_fk" FOREIGN KEY ("envelope_id") REFERENCES "envelopes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "operations_landlord_fk" FOREIGN KEY ("landlord_id") REFERENCES "organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "operations_commune_fk" FOREIGN KEY ("commune_code") REFERENCES "communes"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "operations_district_fk" FOREIGN KEY ("district_id") REFERENCES "districts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicators" ADD CONSTRAINT "indicators_programme_fk" FOREIGN KEY ("programme_id") REFERENCES "programmes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicators" ADD CONSTRAINT "indicators_envelope_fk" FOREIGN KEY ("envelope_id") REFERENCES "envelopes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicators" ADD CONSTRAINT "indicators_measure_fk" FOREIGN KEY ("measure_id","envelope_id") REFERENCES "measures"("id","envelope_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_indicator_fk" FOREIGN KEY ("indicator_id") REFERENCES "indicators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_commune_fk" FOREIGN KEY ("commune_code") REFERENCES "communes"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_district_fk" FOREIGN KEY ("district_id") REFERENCES "districts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_operation_fk" FOREIGN KEY ("operation_id") REFERENCES "operations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_citation_fk" FOREIGN KEY ("citation_id") REFERENCES "citations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_replaces_fk" FOREIGN KEY ("replaces_observation_id") REFERENCES "observations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_recorded_by_fk" FOREIGN KEY ("recorded_by") REFERENCES "users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_programme_fk" FOREIGN KEY ("programme_id") REFERENCES "programmes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_amends_a_root" FOREIGN KEY ("root_agreement_id","root_rank") REFERENCES "agreements"("id","rank") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_deliberation_fk" FOREIGN KEY ("deliberation_id") REFERENCES "deliberations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_citation_fk" FOREIGN KEY ("citation_id") REFERENCES "citations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "districts" ADD CONSTRAINT "districts_commune_fk" FOREIGN KEY ("commune_code") REFERENCES "communes"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programme_districts" ADD CONSTRAINT "programme_districts_programme_fk" FOREIGN KEY ("programme_id") REFERENCES "programmes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programme_districts" ADD CONSTRAINT "programme_districts_district_fk" FOREIGN KEY ("district_id") REFERENCES "districts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programme_districts" ADD CONSTRAINT "programme_districts_citation_fk" FOREIGN KEY ("citation_id") REFERENCES "citations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programmes" ADD CONSTRAINT "programmes_horizon_citation_fk" FOREIGN KEY ("horizon_citation_id") REFERENCES "citations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "undertakings" ADD CONSTRAINT "undertakings_programme_fk" FOREIGN KEY ("programme_id") REFERENCES "programmes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "undertakings" ADD CONSTRAINT "undertakings_citation_fk" FOREIGN KEY ("citation_id") REFERENCES "citations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "undertakings" ADD CONSTRAINT "undertakings_owner_fk" FOREIGN KEY ("owner_id") REFERENCES "organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_user_fk" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_fk" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_organisation_fk" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_events_at_idx" ON "audit_events" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "audit_events_subject_idx" ON "audit_events" USING btree ("subject_type","subject_id");--> statement-breakpoint
CREATE INDEX "citations_deliberation_idx" ON "citations" USING btree ("deliberation_id","start_offset");--> statement-breakpoint
CREATE INDEX "entries_envelope_effective_idx" ON "entries" USING btree ("envelope_id","effective_on","id");--> statement-breakpoint
CREATE INDEX "entries_envelope_amount_idx" ON "entries" USING btree ("envelope_id","amount_cents","id");--> statement-breakpoint
CREATE INDEX "entries_envelope_recorded_idx" ON "entries" USING btree ("envelope_id","recorded_at");--> statement-breakpoint
CREATE INDEX "entries_operation_idx" ON "entries" USING btree ("operation_id") WHERE operation_id is not null;--> statement-breakpoint
CREATE INDEX "month_totals_whole_idx" ON "month_totals" USING btree ("envelope_id","month") WHERE measure_id is null;--> statement-breakpoint
CREATE INDEX "envelopes_partner_idx" ON "envelopes" USING btree ("partner_id");--> statement-breakpoint
CREATE INDEX "observations_indicator_idx" ON "observations" USING btree ("indicator_id","period_ends_on");--> statement-breakpoint
CREATE INDEX "agreements_programme_idx" ON "agreements" USING btree ("programme_id");--> statement-breakpoint
CREATE INDEX "sessions_user_idx" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_expires_idx" ON "sessions" USING btree ("expires_at");