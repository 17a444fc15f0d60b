CREATE TABLE "deliberation_publications" (
	"deliberation_id" uuid PRIMARY KEY NOT NULL,
	"number" text,
	"matter_code" text,
	"matter_name" text,
	"prefecture_id" text,
	"prefecture_on" date,
	"budget_year" integer,
	"budget_name" text,
	"url" text,
	"updated_by" uuid NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "deliberation_publications_matter_shape" CHECK ("deliberation_publications"."matter_code" ~ '^[0-9][.][0-9]{1,2}$' and ("deliberation_publications"."matter_code" is null) = ("deliberation_publications"."matter_name" is null)),
	CONSTRAINT "deliberation_publications_prefecture_shape" CHECK ("deliberation_publications"."prefecture_id" ~ '^PREF[0-9]{2}[0-9AB]$'),
	CONSTRAINT "deliberation_publications_budget_whole" CHECK (("deliberation_publications"."budget_year" is null) = ("deliberation_publications"."budget_name" is null) and "deliberation_publications"."budget_year" between 1900 and 2200),
	CONSTRAINT "deliberation_publications_url_shape" CHECK ("deliberation_publications"."url" ~ '^https?://[^[:space:]]+$')
);
--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "siret" text;--> statement-breakpoint
ALTER TABLE "deliberation_publications" ADD CONSTRAINT "deliberation_publications_deliberation_fk" FOREIGN KEY ("deliberation_id") REFERENCES "deliberations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliberation_publications" ADD CONSTRAINT "deliberation_publications_updated_by_fk" FOREIGN KEY ("updated_by") REFERENCES "users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deliberations_sitting_idx" ON "deliberations" USING btree ("sitting_on" DESC NULLS LAST,"slug");--> statement-breakpoint
CREATE INDEX "deliberations_words_idx" ON "deliberations" USING gin (to_tsvector('pg_catalog.french'::regconfig, replace(translate(normalize(left("title" || ' ' || "text", 300000), NFC), 'ÀÂÄÁÃÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝàâäáãåçèéêëìíîïñòóôõöùúûüýÿ’', 'AAAAAACEEEEIIIINOOOOOUUUUYaaaaaaceeeeiiiinooooouuuuyy '), 'œ', 'oe')));--> statement-breakpoint
ALTER TABLE "organisations" ADD CONSTRAINT "organisations_siret_shape" CHECK ("organisations"."siret" ~ '^[0-9]{14}$');--> statement-breakpoint
ALTER TABLE "organisations" ADD CONSTRAINT "organisations_siret_of_siren" CHECK ("organisations"."siren" is null or left("organisations"."siret", 9) = "organisations"."siren");