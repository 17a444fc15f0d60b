CREATE TABLE "last_day_moves" (
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "last_day_moves_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"programme_id" uuid,
	"envelope_id" uuid,
	"ends_on_before" date NOT NULL,
	"ends_on_after" date NOT NULL,
	"horizon_ends_on_before" date,
	"horizon_citation_id_before" uuid,
	"horizon_ends_on_after" date,
	"horizon_citation_id_after" uuid,
	"deliberation_id" uuid NOT NULL,
	"effective_on" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"recorded_by" uuid NOT NULL,
	CONSTRAINT "last_day_moves_pkey" PRIMARY KEY("id"),
	CONSTRAINT "last_day_moves_of_one" CHECK (("last_day_moves"."programme_id" is null) <> ("last_day_moves"."envelope_id" is null)),
	CONSTRAINT "last_day_moves_later" CHECK ("last_day_moves"."ends_on_after" >= "last_day_moves"."ends_on_before"),
	CONSTRAINT "last_day_moves_horizon_of_programme" CHECK ("last_day_moves"."programme_id" is not null or coalesce("last_day_moves"."horizon_ends_on_before", "last_day_moves"."horizon_ends_on_after") is null)
);
--> statement-breakpoint
ALTER TABLE "last_day_moves" ADD CONSTRAINT "last_day_moves_programme_fk" FOREIGN KEY ("programme_id") REFERENCES "programmes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "last_day_moves" ADD CONSTRAINT "last_day_moves_envelope_fk" FOREIGN KEY ("envelope_id") REFERENCES "envelopes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "last_day_moves" ADD CONSTRAINT "last_day_moves_citation_before_fk" FOREIGN KEY ("horizon_citation_id_before") REFERENCES "citations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "last_day_moves" ADD CONSTRAINT "last_day_moves_citation_after_fk" FOREIGN KEY ("horizon_citation_id_after") REFERENCES "citations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "last_day_moves" ADD CONSTRAINT "last_day_moves_deliberation_fk" FOREIGN KEY ("deliberation_id") REFERENCES "deliberations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "last_day_moves" ADD CONSTRAINT "last_day_moves_recorded_by_fk" FOREIGN KEY ("recorded_by") REFERENCES "users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "last_day_moves_programme_idx" ON "last_day_moves" USING btree ("programme_id");--> statement-breakpoint
CREATE INDEX "last_day_moves_envelope_idx" ON "last_day_moves" USING btree ("envelope_id");