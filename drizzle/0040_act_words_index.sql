DROP INDEX "deliberations_words_idx";--> statement-breakpoint
CREATE INDEX "deliberations_words_idx" ON "deliberations" USING gin (act_words("title", "text"));