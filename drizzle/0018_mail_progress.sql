CREATE TABLE "mail_progress" (
	"id" integer DEFAULT 1 NOT NULL,
	"events_through" bigint NOT NULL,
	CONSTRAINT "mail_progress_pkey" PRIMARY KEY("id"),
	CONSTRAINT "mail_progress_one_row" CHECK ("mail_progress"."id" = 1)
);
--> statement-breakpoint
CREATE INDEX "mails_written_idx" ON "mails" USING btree ("cause");